"""What other apps say here: something happened (`tell`), a mail is to be sent (`post`)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from programmes.accounts.managers import normalise_email
from programmes.accounts.models import Person, User
from programmes.common import clock

from . import waking
from .models import Happening, Mail

SETTLES_WITHIN = timedelta(hours=1)


@transaction.atomic
def tell(
    key: str, subject_id: int, *, by: User | None, settles: bool = False, identity: str = "", **data: Any
) -> Happening | None:
    """Note what happened, in the transaction of the change; who is told is decided later, by the event of this key.

    `data` holds ids and short codes, never words of a conversation. `settles`: what changes again within an hour is
    told once, as it stands then. The same `identity` is told once for ever; None where it was."""
    person = by if by is not None and by.is_authenticated else None
    row = Happening(key=key, subject_id=subject_id, by=person, data=data, settles=settles, identity=identity)
    if settles:
        row.due_at = clock.now() + SETTLES_WITHIN
        open_row = Happening.objects.filter(key=key, subject_id=subject_id, settles=True, handled_at=None)
        if open_row.update(data=data, by=person):
            return open_row.first()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Another request was faster with the same: what settles is told as it stands later anyway.
        return None
    if not settles:
        waking.wake(waking.HANDLE)
    return row


@transaction.atomic
def tell_many(key: str, subjects: Mapping[int, Mapping[str, Any]], *, by: User | None) -> None:
    """What settles, of many rows (their ids, each with the `data` of its telling), in as many queries for thousands
    as for one."""
    person = by if by is not None and by.is_authenticated else None
    open_rows = Happening.objects.filter(key=key, subject_id__in=subjects, settles=True, handled_at=None)
    open_rows.update(by=person)
    known = set(open_rows.values_list("subject_id", flat=True))
    due_at = clock.now() + SETTLES_WITHIN
    rows = [
        Happening(key=key, subject_id=pk, by=person, data=dict(data), settles=True, due_at=due_at)
        for pk, data in subjects.items()
        if pk not in known
    ]
    # Another request may be faster with one of them: then it is told as it stands later anyway.
    Happening.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def post(
    kind: str,
    *,
    address: str,
    identity: str,
    language: str,
    person: Person | None = None,
    subject_id: int | None = None,
    **data: Any,
) -> Mail:
    """A mail to be sent by a worker as soon as this is committed; posted twice with one `identity` it is one mail. What
    it says is asked of its kind when it is sent; `data` holds ids, and `site` where a request knows it."""
    values: dict[str, Any] = {"kind": kind, "person": person, "address": normalise_email(address), "language": language}
    values |= {"subject_id": subject_id, "data": data}
    row, made = Mail.objects.get_or_create(identity=identity, defaults=values)
    if made:
        waking.wake(waking.SEND)
    return row


@transaction.atomic
def post_many(kind: str, people: Iterable[Person], *, subject_id: int, identity: str) -> int:
    """The same mail to each of these people, who have accounts; a mail of their own, of which the others know nothing.
    Safe to call twice."""
    mails = [
        Mail(
            kind=kind,
            person=person,
            address=person.user.email,
            language=person.user.language,
            subject_id=subject_id,
            identity=f"{identity}:{person.pk}",
        )
        for person in people
        if person.user is not None
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=1000)
    waking.wake(waking.SEND)
    return len(mails)
