"""What a person wrote in forms, as their own data. It stays with the team when they are erased: the texts are the
city's, and their history then names a former member."""

from typing import Any

from django.db.models import Exists, OuterRef

from programmes.accounts.models import User
from programmes.partnerships.boundary import current
from programmes.partnerships.models import TeamMember

from .models import AnswerRevision, HelpStatement, Need


def own_data(user: User) -> dict[str, Any]:
    return {
        "history_of_forms": [_entry(entry) for entry in _entries(user)],
        "needs_named": [_need(row) for row in _needs(user)],
        "offers_of_help": list(HelpStatement.objects.filter(by=user).values("updated_at", "able", "words")),
    }


def _entries(user: User) -> Any:
    there = _still_there(user, "owner__response__team")
    rows = AnswerRevision.objects.filter(by=user).annotate(still_there=there).order_by("at", "pk")
    return rows.select_related("owner__response__team__enrolment__organisation", "owner__response__questionnaire")


def _needs(user: User) -> Any:
    rows = Need.objects.filter(created_by=user).annotate(still_there=_still_there(user, "response__team"))
    return rows.order_by("created_at", "pk")


def _still_there(user: User, team: str) -> Exists:
    return Exists(TeamMember.objects.filter(current(), person__user=user, team=OuterRef(team)))


def _need(need: Any) -> dict[str, Any]:
    """Colleagues may have worded it anew."""
    return {"created_at": need.created_at} | ({"title": need.title} if need.still_there else {})


def _entry(entry: Any) -> dict[str, Any]:
    """An entry holds the whole box as it stood, others' words too: whoever left the team is told that they wrote
    there, and reads it no more."""
    row = {"form": str(entry.owner.response), "box": entry.owner.part_key, "from": entry.begun_at, "to": entry.at}
    return row | ({"text": entry.value} if entry.still_there else {})
