"""Where one arrives: the board for whoever steers a programme, My work for everybody else."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView, RedirectView, TemplateView, View

from programmes.accounts.models import User
from programmes.action_plans.selectors import plans_of_earlier_partnerships
from programmes.common.views import SignedInMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import STEERING_TEAMS, WRITING_TEAMS

from .. import counting, first_steps, home, shared, waiting

SHOWN = 20
A_VISIT = timedelta(minutes=30)
VISIT = "since-my-work"


class Start(SignedInMixin, RedirectView):
    """The first page after signing in."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args, **kwargs):
        places = places_of(self.request.access)
        if len(places.programmes) == 1 and not places.roles.isdisjoint(STEERING_TEAMS):
            return reverse("overview:board", args=list(places.programmes))
        return reverse("overview:my_work")


class FragmentMixin(SignedInMixin):
    """A part of a page that its page fetches once it is there; opened by itself it leads to the page."""

    def get(self, request, *args, **kwargs):
        if not request.htmx:
            return redirect(self.page_url())
        return super().get(request, *args, **kwargs)

    def page_url(self) -> str:
        return reverse("overview:my_work")


class MyWork(SignedInMixin, TemplateView):
    """What waits for me, my dates, what was shared with me, my partnerships.

    Looking at it moves the mark "since you were here"."""

    template_name = "overview/my_work.html"

    def get_context_data(self, **kwargs):
        access = self.request.access
        seen = self._last_visit()
        tasks = waiting.waiting_for_one(access)
        counting.remember(access, len(tasks))
        newest = first_steps.newest_coordinated(access) if places_of(access).coordinated else None
        return super().get_context_data(
            waiting=tasks[:SHOWN],
            waiting_more=len(tasks) - SHOWN,
            first_steps=first_steps.first_steps(newest) if newest else (),
            first_steps_of=newest,
            dates=partnerships.next_dates(access, 8),
            shared=waiting.shared_since(access, seen, limit=10),
            seen=seen,
            arrivals=partnerships.arrivals_seen_by(access),
            has_teams=bool(places_of(access).teams),
            has_forms=bool(places_of(access).roles & set(WRITING_TEAMS)),
            group_plans=home.plans_for_groups(access),
            earlier_plans=plans_of_earlier_partnerships(access) if places_of(access).own else (),
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


class Partnerships(SignedInMixin, ListView):
    """The partnerships in which the person takes part or which they coordinate, running ones first. On *My work*, which
    fetches it, the first of them, with what the person waits for."""

    paginate_by = 25
    template_name = "overview/partnerships.html"

    def get(self, request, *args, **kwargs):
        if request.htmx:
            return render(request, "overview/_my_partnerships.html", self.for_my_work())
        return super().get(request, *args, **kwargs)

    def for_my_work(self) -> dict[str, Any]:
        access = self.request.access
        rows, more = home.my_partnerships(access)
        return {"awaited": waiting.awaited_by(access), "partnerships": rows, "more": more}

    def get_queryset(self):
        rows = partnerships.partnerships_visible_to(self.request.access)
        chosen = self.request.GET.get("programme", "")
        if chosen.isdecimal() and len(chosen) < 12:
            rows = rows.filter(programme=chosen)
        return rows.order_by(F("ended_on").desc(nulls_first=True), "sort_name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": home.as_rows(partnerships.with_people(context["page_obj"].object_list)),
            "awaited": waiting.awaited_by(self.request.access),
            "programmes": home.my_programmes(self.request.access),
            "chosen": self.request.GET.get("programme", ""),
        }


class Shared(SignedInMixin, ListView):
    """City by city what the person may read of it, each with its document."""

    paginate_by = 20
    template_name = "overview/shared.html"

    def get_queryset(self):
        return shared.cities_for(self.request.access)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"cities": shared.shared_by(self.request.access, context["page_obj"].object_list)}


class MyProgramme(SignedInMixin, RedirectView):
    """To the board of the person's programme; to the list where there are several, or none."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args, **kwargs):
        programmes = home.my_programmes(self.request.access)
        return programmes[0].get_absolute_url() if len(programmes) == 1 else reverse("partnerships:programmes")


class MyGroups(SignedInMixin, TemplateView):
    """For who sits in a local support group: what the city shares with it and asks it, and who else sits there."""

    template_name = "overview/my_groups.html"

    def get_context_data(self, **kwargs):
        access = self.request.access
        return super().get_context_data(
            groups=home.my_groups(access), dates=partnerships.next_dates(access, 8), **kwargs
        )


class WaitingNumber(FragmentMixin, View):
    """The number beside *My work*, for a page that did not know it."""

    def get(self, request, *args, **kwargs):
        if not request.htmx:
            return redirect(self.page_url())
        return render(request, "components/waiting_number.html", {"number": counting.count(request.access)})
