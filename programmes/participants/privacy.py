"""What the directory keeps of a person, as their own data and when they ask to be erased. Nothing expires by itself:
a person stands here while a team, a group or an organisation names them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from programmes.accounts.models import User
from programmes.accounts.selectors import addresses_of

from .models import Membership, Person, SupportGroupMember


def people_of(user: User) -> QuerySet[Person]:
    """The person of the account, and whoever the directory knows by one of its addresses."""
    known = Q(user=user)
    for address in addresses_of(user):
        known |= Q(email__iexact=address, user=None)
    return Person.objects.filter(known)


def own_data(user: User) -> dict[str, Any]:
    people = people_of(user)
    functions = Membership.objects.filter(person__in=people)
    seats = SupportGroupMember.objects.filter(person__in=people).select_related("group__city")
    return {
        "directory": list(people.values("name", "email")),
        "functions": list(functions.values("organisation__name", "function", "started_on", "ended_on")),
        "seats_in_support_groups": [
            {"group": str(seat.group), "seat": seat.name, "from": seat.started_on, "to": seat.ended_on}
            for seat in seats
        ],
    }


def anonymise(user: User, *, by: User) -> None:
    today, people = timezone.localdate(), people_of(user)
    ids = list(people.values_list("pk", flat=True))
    for model in (Membership, SupportGroupMember):
        for row in model.objects.filter(person__in=ids, ended_on=None):
            row.ended_on = max(today, row.started_on or today)
            row.save(update_fields=["ended_on", "updated_at"])
    Membership.objects.filter(person__in=ids).update(function="")
    SupportGroupMember.objects.filter(person__in=ids).update(name="")
    Person.objects.filter(pk__in=ids).update(name="", email="")
