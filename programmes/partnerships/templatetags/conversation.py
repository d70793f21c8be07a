"""How a thread is shown: whose side spoke, who reads it, what this person may do."""

from django import template

from ..boundary import side_of
from ..enums import Audience, OpenedTo

register = template.Library()


@register.simple_tag(takes_context=True)
def thread_side(context, thread) -> str:
    """`mentee` or `mentor` when the reader is of that city's team, else empty."""
    return side_of(context["request"].access, thread)


@register.simple_tag(takes_context=True)
def thread_openings(context, thread) -> list[dict]:
    """For both audiences a private thread may be opened to: who agreed. Empty unless the reader is of a side."""
    side = side_of(context["request"].access, thread)
    if not side or thread.audience != Audience.CITIES:
        return []
    rows = {row.to: row for row in thread.openings.all()}
    return [_opening(value, label, rows.get(value), side) for value, label in OpenedTo.choices]


def _opening(value, label, row, side) -> dict:
    other = "mentor" if side == "mentee" else "mentee"
    mine = bool(row and getattr(row, f"{side}_at"))
    theirs = bool(row and getattr(row, f"{other}_at"))
    return {"to": value, "label": label, "mine": mine, "theirs": theirs, "open": mine and theirs}


@register.filter
def offered(openings: list[dict]) -> bool:
    """Whether the partner city agreed to one of them and waits for this side's word."""
    return any(opening["theirs"] and not opening["mine"] for opening in openings)


@register.simple_tag
def thread_readers(thread) -> list[str]:
    """Whom the thread is open to besides the two teams."""
    rows = [row for row in thread.openings.all() if row.mentee_at and row.mentor_at]
    return [row.get_to_display() for row in rows]
