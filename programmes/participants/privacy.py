"""What the directory keeps of a person, as their own data and when they ask to be erased. Nothing expires by itself:
a person stands here while a team, a group or an organisation names them."""

from typing import Any

from django.utils import timezone

from programmes.accounts.models import User
from programmes.accounts.selectors import people_of

from .models import Membership


def own_data(user: User) -> dict[str, Any]:
    people = people_of(user)
    functions = Membership.objects.filter(person__in=people)
    return {
        "functions": list(functions.values("organisation__name", "function", "started_on", "ended_on")),
    }


def anonymise(user: User, *, by: User) -> None:
    today, functions = timezone.localdate(), Membership.objects.filter(person__in=people_of(user))
    for row in functions.filter(ended_on=None):
        row.ended_on = max(today, row.started_on or today)
        row.save(update_fields=["ended_on", "updated_at"])
    functions.update(function="")
