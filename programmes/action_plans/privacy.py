"""What a person wrote in plans, as their own data. It stays with the team when they are erased: the texts are the
city's, and their history then names a former member."""

from typing import Any

from django.db.models import Exists, OuterRef

from programmes.accounts.models import User
from programmes.partnerships.boundary import current
from programmes.partnerships.models import TeamMember

from .models import CellRevision


def own_data(user: User) -> dict[str, Any]:
    places = TeamMember.objects.filter(current(), person__user=user, team=OuterRef("owner__action__plan__team"))
    rows = CellRevision.objects.filter(by=user).annotate(still_there=Exists(places)).order_by("at", "pk")
    return {"history_of_plans": [_entry(entry) for entry in rows.select_related("owner__action__plan")]}


def _entry(entry: Any) -> dict[str, Any]:
    """As in forms: the words of a whole box are the team's, and only its members read them."""
    cell = entry.owner
    row = {"plan": str(cell.action.plan), "column": cell.column_key, "from": entry.begun_at, "to": entry.at}
    return row | ({"text": entry.value} if entry.still_there else {})
