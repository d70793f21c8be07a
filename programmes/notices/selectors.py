"""What may be read of mails: by whoever caused them, and by the person they went to."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from programmes.accounts.models import User
from programmes.accounts.selectors import addresses_of, people_of

from .enums import NOT_ARRIVED
from .models import Mail, Notice


def last_mails_about(kind: str, subject_ids: Iterable[int]) -> dict[int, Mail]:
    """The newest mail of this kind about each row, for who may see the row."""
    rows = Mail.objects.filter(kind=kind, subject_id__in=list(subject_ids)).order_by("pk")
    return {row.subject_id: row for row in rows if row.subject_id is not None}


def mails_of(user: User) -> QuerySet[Mail]:
    """Mails to the person, whichever of their addresses they went to."""
    return Mail.objects.filter(Q(person__in=people_of(user)) | Q(address__in=addresses_of(user)))


def notices_of(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(person__in=people_of(user)).select_related("happening")


def not_delivered() -> QuerySet[Mail]:
    """Of the last year, newest first; for administrators, see the view."""
    return Mail.objects.filter(state__in=NOT_ARRIVED).order_by("-pk")
