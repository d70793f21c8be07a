"""What stands at the top of every page inside a partnership: the way there, its stages, and a tab per tool in use."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from programmes.action_plans.tools import ACTION_PLAN
from programmes.assessments.tools import NEEDS_ANALYSIS, STRENGTHS
from programmes.benchmarks.tools import BENCHMARK
from programmes.common.addresses import address
from programmes.conversations.tools import BETWEEN_CITIES
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership
from programmes.partnerships.selectors import placed_partnership, stage_line
from programmes.partnerships.tool_use import tools_in_use

from . import shared
from .board import names_in
from .navigation import works_in_partnerships


@dataclass(frozen=True)
class Tab:
    """`tools`: it is there while one of them is in use; always, where there are none."""

    key: str
    label: Any
    url_name: str
    tools: frozenset[str] = frozenset()


TABS = (
    Tab("overview", _("Overview"), "overview:partnership"),
    Tab("forms", _("Needs & strengths"), "overview:forms", frozenset({NEEDS_ANALYSIS.key, STRENGTHS.key})),
    Tab("benchmark", _("Benchmark"), "benchmarks:pair", frozenset({BENCHMARK.key})),
    Tab("plan", _("Action plan"), "overview:plan", frozenset({ACTION_PLAN.key})),
    Tab("conversations", _("Conversations"), "overview:conversations", frozenset({BETWEEN_CITIES.key})),
    Tab("people", _("People & settings"), "partnerships:history"),
)


def render_place(context: Any, partnership: Partnership | None, here: str) -> str:
    """Fills the slot `partnership_place`: nothing where the reader does not see the partnership. `here`: the key of
    the tab that the page belongs to."""
    if partnership is None:
        return ""
    found = placed_partnership(context["request"].access, partnership.pk)
    return render_to_string("overview/_place.html", place(found, here)) if found else ""


def render_lists(context: Any, here: str) -> str:
    """Fills the slot `partnership_lists`: the tabs of pages that list what somebody works on in all partnerships."""
    if not works_in_partnerships(context["request"].access):
        return ""
    return render_to_string("overview/_partnership_tabs.html", {"here": here})


def render_shared_by(context: Any, city: Any) -> str:
    """Fills the slot `shared_by_city` on a city's page of the directory: what the reader may see of it."""
    access = context["request"].access
    (found,) = shared.shared_by(access, [city])
    if not (found.partnerships or found.pieces):
        return ""
    return render_to_string("overview/_shared_by.html", {"item": found}, context["request"])


def is_open(key: str, partnership: Partnership) -> bool:
    """Whether the tab is there: one of its tools is in use, or it needs none."""
    tab = next(tab for tab in TABS if tab.key == key)
    return not tab.tools or bool(tab.tools & tools_in_use(partnership))


def first_tool(key: str) -> str:
    """Of the tools without one of which the tab is not there."""
    return min(next(tab for tab in TABS if tab.key == key).tools)


def place(partnership: Partnership, here: str) -> dict[str, Any]:
    """What the top of a page shows of a partnership as `placed_partnership` gives it."""
    stops = stage_line(partnership)
    now = next((number for number, stop in enumerate(stops, 1) if stop["state"] == "current"), None)
    return {
        "partnership": partnership,
        "mentee": names_in(partnership, Role.MENTEE),
        "mentor": names_in(partnership, Role.MENTOR),
        "peers": names_in(partnership, Role.PEER),
        "stops": stops,
        "now": {"number": now, "of": len(stops), "title": stops[now - 1]["title"]} if now else None,
        "tabs": [
            {"label": tab.label, "url": address(tab.url_name, partnership.pk), "current": tab.key == here}
            for tab in TABS
            if is_open(tab.key, partnership)
        ],
    }
