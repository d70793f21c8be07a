"""How a conversation is shown: who reads it, what this person may do. It comes from `selectors.with_messages`."""

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programmes.partnerships.boundary import places_of, support_groups_of
from programmes.partnerships.enums import CITY_ROLES

from ..enums import OpenedTo

register = template.Library()


@register.simple_tag(takes_context=True)
def own_side(context, conversation):
    """The row of the reader's own side, else None."""
    access = context["request"].access
    teams, groups = places_of(access).teams, support_groups_of(access)
    for row in conversation.now_reading:
        own_team = row.participation and _lasts(row) and row.participation.team_id in teams
        if row.is_side and (own_team or row.support_group_id in groups):
            return row
    return None


@register.simple_tag(takes_context=True)
def may_answer(context, conversation) -> bool:
    """Of one that the person reads: as `boundary.writings` has it, from the rows at hand."""
    access = context["request"].access
    teams, groups = places_of(access).teams, support_groups_of(access)
    rows = conversation.now_reading
    lasting = {row.participation.team_id for row in rows if row.participation and _lasts(row)}
    people = {row.person for row in rows if row.person}
    return bool(lasting & teams or access.person in people or groups & {row.support_group_id for row in rows})


@register.simple_tag
def openings(conversation, side) -> list[dict]:
    """For both to whom the cities may open it: who agreed. Empty unless `side` is a city's in a private one that both
    still take part in."""
    cities = [row for row in conversation.now_reading if row.is_side]
    if (
        side is None
        or _gone(conversation.now_reading)
        or not all(_is_city(row) for row in conversation.now_reading if row.opening_id is None)
    ):
        return []
    others = [row for row in cities if row.pk != side.pk]
    return [_opening(value, label, side, others) for value, label in OpenedTo.choices]


def _gone(rows) -> list[str]:
    """Names of the sides that no longer take part."""
    return [
        row.participation.organisation.name for row in rows if row.is_side and row.participation and not _lasts(row)
    ]


def _is_city(row) -> bool:
    return bool(row.participation and row.participation.role in CITY_ROLES and not row.keeps)


def _lasts(row) -> bool:
    return row.keeps or row.participation.ended_on is None


def _opening(value, label, side, others) -> dict:
    mine = getattr(side, f"agreed_{value}")
    answers = [getattr(row, f"agreed_{value}") for row in others]
    return {"to": value, "label": label, "mine": mine, "theirs": any(answers), "open": mine and all(answers)}


@register.filter
def offered(openings: list[dict]) -> bool:
    """Whether the partner city agreed to one of them and waits for this side's word."""
    return any(opening["theirs"] and not opening["mine"] for opening in openings)


@register.simple_tag
def begun_by(conversation) -> str:
    """`mentee`, `mentor` or `other`: whose ring or dot stands beside it."""
    first = next(iter(conversation.messages.all()), None)
    return (first.reader.participation.side if first and first.reader.participation else "") or "other"


@register.simple_tag
def who_reads(conversation) -> str:
    """One sentence: whose teams, which group, and to whom it was opened."""
    rows = conversation.now_reading
    lasting = [row for row in rows if row.participation and _lasts(row)]
    teams = [row.participation.organisation.name for row in lasting if row.opening_id is None]
    opened = [row.participation.organisation.name for row in lasting if row.opening_id]
    names = {"teams": get_text_list(teams, _("and")), "names": get_text_list(opened, _("and"))}
    gone = _gone(rows)
    if not teams:
        return _("Read by the team of %(teams)s only.") % {"teams": get_text_list(gone, _("and"))}
    if any(row.support_group_id for row in rows):
        return _("Read by the team of %(teams)s and its local support group.") % names
    if gone and len(teams) == 1:
        names["gone"] = get_text_list(gone, _("and"))
        return _("Read by the team of %(teams)s only: %(gone)s no longer takes part.") % names
    if len(teams) == 1:
        return _("Read by the team of %(teams)s only.") % names
    if opened and not gone:
        return _("Read by the teams of %(teams)s. They opened it to %(names)s.") % names
    return _("Read by the teams of %(teams)s only.") % names
