"""The calendar: agreed dates by month and as a list, and the address for one's own."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from programmes.accounts import calendar_feeds
from programmes.accounts.models import User
from programmes.common import clock, ical
from programmes.common.access import Access
from programmes.common.views import SignedInMixin
from programmes.partnerships import selectors
from programmes.partnerships.selectors.calendar import read

from .. import calendar, home
from ..calendar import Scope

MONTH = re.compile(r"(\d{4})-(\d{2})")
FIRST_YEAR, LAST_YEAR = 1990, 2200
A_PAGE = 50


class Calendar(SignedInMixin, TemplateView):
    """Agreed dates of a month, of all that the person may see or of one programme or partnership: as a table of weeks,
    or as a list with the same content."""

    template_name = "overview/calendar.html"

    def get_context_data(self, **kwargs):
        asked, access, today = self.request.GET, self.request.access, clock.today()
        scope, day = self._scope(), _day(asked.get("day", ""))
        first = day.replace(day=1) if day else _month(asked.get("month", "")) or today.replace(day=1)
        as_list = asked.get("as") == "list" or day is not None
        shown = self._listed(scope, first, day) if as_list else self._month(scope, first)
        return super().get_context_data(
            first=first,
            day=day,
            today=today,
            as_list=as_list,
            before=_month_before(first),
            after=_month_after(first),
            scope=scope,
            programmes=home.my_programmes(access),
            coming=calendar.next_after(access, scope, today),
            **shown,
            **kwargs,
        )

    def _month(self, scope: Scope, first: date) -> dict[str, Any]:
        weeks = calendar.weeks(self.request.access, scope, first)
        any_dates = any(cell.inside and (cell.items or cell.more) for week in weeks for cell in week)
        return {"weeks": weeks, "any": any_dates, "weekdays": [cell.day for cell in weeks[0]]}

    def _listed(self, scope: Scope, first: date, day: date | None) -> dict[str, Any]:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        rows = scope.rows(self.request.access).filter(planned_on__range=(day or first, day or last))
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return {"page_obj": page, "days": read(page.object_list)}

    def _scope(self) -> Scope:
        """Of the address; what the person does not see is not there."""
        asked, access = self.request.GET, self.request.access
        partnership, programme = (_number(asked.get(name, "")) for name in ("partnership", "programme"))
        if partnership is not None:
            found = selectors.visible_partnership(access, partnership)
            if found is None:
                raise Http404
            return Scope(partnership=found)
        if programme is not None:
            return Scope(programme=get_object_or_404(selectors.programmes_visible_to(access), pk=programme))
        return Scope()


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise Http404
    return int(text)


def _month(text: str) -> date | None:
    """The first day of a month; None for what is none."""
    return _day(f"{text}-01") if MONTH.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _month_before(first: date) -> date | None:
    return _day((first - timedelta(days=1)).replace(day=1).isoformat())


def _month_after(first: date) -> date | None:
    return _day((first + timedelta(days=32)).replace(day=1).isoformat())


@method_decorator(never_cache, name="dispatch")
class CalendarAddress(SignedInMixin, TemplateView):
    """The secret address of one's own feed, how calendars are told it, and how it is renewed."""

    template_name = "overview/calendar_address.html"

    def get_context_data(self, **kwargs):
        feed = calendar_feeds.feed_of(self.request.user)
        address = self.request.build_absolute_uri(_path(feed)) if feed else ""
        return super().get_context_data(
            feed=feed,
            address=address,
            device_address=re.sub(r"^https?://", "webcal://", address),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """One button, named `do`."""
        act, said = self.ACTS.get(request.POST.get("do", ""), (None, ""))
        if act is None:
            raise Http404
        act(request.user)
        messages.success(request, str(said))
        return redirect("overview:calendar_address")

    ACTS: ClassVar[dict[str, tuple[Callable[[User], Any] | None, Any]]] = {
        "make": (
            lambda user: calendar_feeds.make_feed(user=user),
            gettext_lazy("Your calendar has an address now."),
        ),
        "renew": (
            lambda user: calendar_feeds.renew_feed(user=user),
            gettext_lazy("This is the new address. The one from before shows nothing any more."),
        ),
        "busy": (
            lambda user: calendar_feeds.show_busy_only(user=user, busy_only=True),
            gettext_lazy("Your calendar shows from now on that you are busy, not with what."),
        ),
        "details": (
            lambda user: calendar_feeds.show_busy_only(user=user, busy_only=False),
            gettext_lazy("Your calendar shows from now on what takes place."),
        ),
        "end": (
            lambda user: calendar_feeds.end_feed(user=user),
            gettext_lazy("The address is switched off and shows nothing any more."),
        ),
    }


def _path(feed: Any) -> str:
    return reverse("overview:calendar_feed", args=[calendar_feeds.token_of(feed)])


class CalendarFeed(View):
    """What a calendar programme fetches: nobody is signed in, the address says whose dates it shows. What that person
    may see is asked anew each time."""

    http_method_names: ClassVar[list[str]] = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        feed = calendar_feeds.feed_behind(token)
        if feed is None:
            raise Http404
        with translation.override(feed.user.language):
            response = self._answer(request, feed)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _answer(self, request: HttpRequest, feed: Any) -> HttpResponseBase:
        language, site = feed.user.language, request.build_absolute_uri("/").rstrip("/")
        rows, name = calendar.dates_for(Access(feed.user)), _("City mentoring")
        shown = repr((site, language, name, feed.busy_only, rows))
        etag = quote_etag(hashlib.sha256(shown.encode()).hexdigest()[:32])
        response = get_conditional_response(request, etag=etag)
        if response is None:
            entries = calendar.entries(rows, site, busy_only=feed.busy_only)
            response = ical.answer(entries, name=name, language=language)
        response["ETag"] = etag
        return response
