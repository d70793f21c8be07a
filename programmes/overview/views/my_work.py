"""Where one arrives: the board for whoever steers a programme, My work for everybody else."""

from datetime import datetime, timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import RedirectView, TemplateView

from programmes.accounts.models import User
from programmes.common.views import SignedInMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import WRITING_TEAMS, TeamRole

from .. import home, waiting

SHOWN = 20
A_VISIT = timedelta(minutes=30)
VISIT = "since-my-work"


STEERING = {TeamRole.COORDINATOR, TeamRole.FACILITATOR}


class Start(SignedInMixin, RedirectView):
    """The first page after signing in."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args, **kwargs):
        places = places_of(self.request.access)
        if len(places.programmes) == 1 and places.roles & STEERING:
            return reverse("overview:board", args=list(places.programmes))
        return reverse("overview:my_work")


class MyWork(SignedInMixin, TemplateView):
    """What waits for me, my dates, what was shared with me, my partnerships.

    Looking at it moves the mark "since you were here"."""

    template_name = "overview/my_work.html"

    def get_context_data(self, **kwargs):
        access = self.request.access
        seen = self._last_visit()
        return super().get_context_data(
            waiting=waiting.waiting_for_one(access, limit=SHOWN),
            waiting_limit=SHOWN,
            dates=partnerships.next_dates(access, 8),
            shared=waiting.shared_since(access, seen, limit=10),
            seen=seen,
            arrivals=partnerships.arrivals_seen_by(access),
            has_teams=bool(places_of(access).teams),
            has_forms=bool(places_of(access).roles & set(WRITING_TEAMS)),
            group_plans=home.plans_for_groups(access),
            **kwargs,
        )

    def _last_visit(self) -> datetime | None:
        """The end of the visit before this one: whoever comes back within half an hour is still on the same visit, and
        what was new at its beginning stays in the list."""
        access, now = self.request.access, timezone.now()
        seen = access.user.seen_work_at
        if seen is not None and now - seen < A_VISIT and VISIT in self.request.session:
            kept = self.request.session[VISIT]
            return datetime.fromisoformat(kept) if kept else None
        User.objects.filter(pk=access.user.pk).update(seen_work_at=now)
        self.request.session[VISIT] = seen.isoformat() if seen else ""
        return seen


class FragmentMixin(SignedInMixin):
    """A part of a page that its page fetches once it is there; opened by itself it leads to the page."""

    def get(self, request, *args, **kwargs):
        if not request.htmx:
            return redirect(self.page_url())
        return super().get(request, *args, **kwargs)

    def page_url(self) -> str:
        return reverse("overview:my_work")


class MyPartnerships(SignedInMixin, TemplateView):
    """What the person waits for, their partnerships as rows of a board, and the boards they stand on: a part of *My
    work*, and a page of its own for browsers without scripts."""

    def get_template_names(self):
        return ["overview/_my_partnerships.html" if self.request.htmx else "overview/my_partnerships.html"]

    def get_context_data(self, **kwargs):
        access = self.request.access
        return super().get_context_data(
            awaited=waiting.awaited_by(access),
            partnerships=home.my_partnerships(access),
            programmes=home.my_programmes(access),
            **kwargs,
        )


class Beside(FragmentMixin, TemplateView):
    """What waits and the next dates, beside a board."""

    template_name = "overview/_beside.html"

    def get_context_data(self, **kwargs):
        access = self.request.access
        return super().get_context_data(
            waiting=waiting.waiting_for_one(access, limit=6), dates=partnerships.next_dates(access, 6), **kwargs
        )
