"""What this app keeps of people: for how long, as their own data, and when they ask to be erased."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, User
from programmes.accounts.selectors import people_of
from programmes.common import clock
from programmes.common.privacy import A_MONTH, A_YEAR, Period

from .models import ErasureRequest, OwnLinkRequest, PersonalLink, WithoutMail
from .services import OPEN

PERIODS = (
    Period(
        _("That somebody was asked by a link, and answered or declined"),
        A_YEAR,
        _("the link expired"),
        lambda before: PersonalLink.objects.filter(expires_at__lt=before).delete()[0],
    ),
    Period(
        _("Names and addresses of people who would like a link of their own"),
        A_MONTH,
        _("they asked"),
        lambda before: OwnLinkRequest.objects.filter(created_at__lt=before).delete()[0],
    ),
)


def people_to_erase(before: datetime) -> list[Person]:
    """Without an account, and asked for it before."""
    requests = ErasureRequest.objects.filter(created_at__lt=before, person__user=None)
    return [request.person for request in requests.select_related("person")]


def forget_person(person: Person) -> None:
    """Their links open nothing any more."""
    PersonalLink.objects.filter(OPEN, person=person).update(revoked_at=clock.now())
    OwnLinkRequest.objects.filter(email__iexact=person.email or "-").delete()
    WithoutMail.objects.filter(person=person).delete()
    ErasureRequest.objects.filter(person=person).delete()


def own_data(user: User) -> dict[str, Any]:
    rows = PersonalLink.objects.filter(person__in=people_of(user)).order_by("pk")
    return {"links": list(rows.values("purpose", "created_at", "expires_at", "answered_at", "declined_at"))}


def anonymise(user: User, *, by: User) -> None:
    for person in people_of(user):
        forget_person(person)
