"""Where one arrives: the board for whoever steers a programme, My work for everybody else."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import RedirectView, TemplateView

from programmes.accounts.models import User
from programmes.common.views import SignedInMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import EnrolmentRole

from .. import home, waiting

SHOWN = 30


STEERING = {EnrolmentRole.COORDINATOR, EnrolmentRole.FACILITATOR}


class Start(SignedInMixin, RedirectView):
    """The first page after signing in."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args, **kwargs):
        places = places_of(self.request.user)
        if len(places.programmes) == 1 and places.roles & STEERING:
            return reverse("overview:board", args=list(places.programmes))
        return reverse("overview:my_work")


class MyWork(SignedInMixin, TemplateView):
    """What waits for me, my dates, what was shared with me, my partnerships.

    Looking at it moves the mark "since you were here"."""

    template_name = "overview/my_work.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        seen = user.seen_work_at
        User.objects.filter(pk=user.pk).update(seen_work_at=timezone.now())
        return super().get_context_data(
            waiting=waiting.waiting_for(user, limit=SHOWN),
            waiting_limit=SHOWN,
            dates=partnerships.next_dates(user, 8),
            shared=waiting.shared_since(user, seen, limit=10),
            seen=seen,
            partnerships=home.my_partnerships(user),
            programmes=home.my_programmes(user),
            group_plans=home.plans_for_groups(user),
            **kwargs,
        )
