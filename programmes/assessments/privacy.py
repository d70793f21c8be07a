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
        "needs_named": list(Need.objects.filter(created_by=user).values("created_at", "title")),
        "offers_of_help": list(HelpStatement.objects.filter(by=user).values("updated_at", "able", "words")),
    }


def _entries(user: User) -> Any:
    places = TeamMember.objects.filter(current(), person__user=user, team=OuterRef("owner__response__team"))
    rows = AnswerRevision.objects.filter(by=user).annotate(still_there=Exists(places)).order_by("at", "pk")
    return rows.select_related("owner__response__team__enrolment__organisation", "owner__response__questionnaire")


def _entry(entry: Any) -> dict[str, Any]:
    """An entry holds the whole box as it stood, others' words too: whoever left the team is told that they wrote
    there, and reads it no more."""
    row = {"form": str(entry.owner.response), "box": entry.owner.part_key, "from": entry.begun_at, "to": entry.at}
    return row | ({"text": entry.value} if entry.still_there else {})
