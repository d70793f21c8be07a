"""My work: what waits for me, my dates, what was shared with me, my forms and partnerships."""

from django.utils import timezone
from django.views.generic import TemplateView

from programmes.accounts.models import User
from programmes.common.views import SignedInMixin
from programmes.partnerships import selectors as partnerships

from .. import home, waiting

SHOWN = 30


class MyWork(SignedInMixin, TemplateView):
    """The first page after signing in. Looking at it moves the mark "since you were here"."""

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
