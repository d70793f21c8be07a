"""Links are made, sent, renewed and withdrawn; what their holders do with them besides what they were made for."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.notices.services import post, tell

from .models import ErasureRequest, OwnLinkRequest, PersonalLink, WithoutMail, new_nonce

MAIL = "links.link"
OPEN = Q(revoked_at=None, handed_back_at=None)
ERASED_AFTER = timedelta(days=7)

MOST_MADE_AN_HOUR = 200
"""Links that one account makes or sends again within an hour: a group of ten that is asked twenty times."""

MOST_REQUESTS = 5
"""Requests for a link of one's own, by one link."""

SHORTEST, USUAL, LONGEST = timedelta(days=1), timedelta(days=30), timedelta(days=366)


class TooManyLinks(Refusal):
    message = _("You have sent %(most)s links within an hour. Please go on in an hour.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_MADE_AN_HOUR})


class LinkClosed(Refusal):
    message = _("This link was withdrawn or handed back. If you still need one, ask whoever sent it.")


class AnsweredAlready(Refusal):
    message = _("They have answered by this link already, and may change their answer by it.")


class HasAccount(Refusal):
    message = _("You have an account here: sign in, and ask for it on the page “Profile and language”.")


def in_time(lasts: timedelta = USUAL) -> datetime:
    """When a link that is made now ends."""
    return clock.now() + min(lasts, LONGEST)


@transaction.atomic
def make(
    *, purpose: str, subject_id: int, person: Person, language: str, by: User, expires_at: datetime
) -> PersonalLink:
    """The person's open link for this; one that was there already stays as it is, unless it has expired or they said
    no. Raises TooManyLinks."""
    _refuse_too_many(by)
    same = {"purpose": purpose, "subject_id": subject_id, "person": person}
    values = {"language": language, "made_by": by, "expires_at": expires_at}
    row, made = PersonalLink.objects.select_for_update().filter(OPEN).get_or_create(**same, defaults=values)
    if not made and (row.is_expired or row.declined_at):
        return renew(link=row, by=by, expires_at=expires_at, language=language)
    if made:
        record(by=by, verb="made link", target=row)
    return row


@transaction.atomic
def renew(*, link: PersonalLink, by: User, expires_at: datetime, language: str = "") -> PersonalLink:
    """A new link in place of the older ones, which die. One that was answered shows what its person said: by hand it
    goes to nobody any more. Raises LinkClosed, AnsweredAlready, TooManyLinks."""
    _refuse_too_many(by)
    row = PersonalLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at or row.handed_back_at:
        raise LinkClosed
    if row.answered_at and not row.person.email:
        raise AnsweredAlready
    row.nonce, row.expires_at, row.mail, row.made_by, row.declined_at = new_nonce(), expires_at, None, by, None
    row.language = language or row.language
    row.save(update_fields=["language", "nonce", "expires_at", "mail", "made_by", "declined_at", "updated_at"])
    record(by=by, verb="renewed link", target=row)
    return row


@transaction.atomic
def send(*, link: PersonalLink, site: str) -> bool:
    """By mail, where the person has an address and takes mails; else its sender passes it on. The mail is written when
    it is sent, and stored nowhere."""
    person = link.person
    if not person.email or WithoutMail.objects.filter(person=person).exists():
        return False
    link.mail = post(
        MAIL,
        address=person.email,
        person=person,
        language=link.language,
        subject_id=link.pk,
        identity=f"{MAIL}:{link.pk}:{link.nonce}",
        site=site,
        nonce=link.nonce,
    )
    link.save(update_fields=["mail", "updated_at"])
    return True


@transaction.atomic
def revoke(*, links: QuerySet[PersonalLink], by: User | None) -> int:
    """They say so from now on."""
    found = list(links.filter(OPEN).select_for_update())
    for row in found:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at", "updated_at"])
        record(by=by, verb="withdrew link", target=row)
    return len(found)


def keep_open(links: QuerySet[PersonalLink], *, until: datetime) -> None:
    """Those that expired open again, for what has become of it; none that was closed does."""
    links.filter(OPEN, expires_at__lt=until).update(expires_at=until)


def about(purposes: Iterable[str], subjects: Iterable[int]) -> QuerySet[PersonalLink]:
    return PersonalLink.objects.filter(purpose__in=list(purposes), subject_id__in=list(subjects))


def note_answer(link: PersonalLink) -> None:
    """It was answered, for the first time or again after a no."""
    PersonalLink.objects.filter(pk=link.pk, answered_at=None).update(answered_at=clock.now(), declined_at=None)


def note_no(link: PersonalLink) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(answered_at=None, declined_at=clock.now())


@transaction.atomic
def hand_back(*, link: PersonalLink) -> None:
    """It opens nothing any more; what was written through it stays with those it was written for."""
    PersonalLink.objects.filter(OPEN, pk=link.pk).update(handed_back_at=clock.now())


@transaction.atomic
def ask_for_own_link(
    *, link: PersonalLink, name: str, email: str, words: str, told: Mapping[str, Any]
) -> OwnLinkRequest:
    """Asked twice with one address it is one request. `told`: which team is told, and the path of the page that shows
    it. Raises TooManyRows."""
    PersonalLink.objects.select_for_update().get(pk=link.pk)
    known = link.requests.filter(email__iexact=email).first()
    if known is not None:
        return known
    refuse_beyond(link.requests.all(), MOST_REQUESTS)
    row = OwnLinkRequest.objects.create(link=link, name=name, email=email.lower(), words=words)
    tell("link.requested", row.pk, by=None, **told)
    return row


def stop_mails(*, person: Person) -> None:
    WithoutMail.objects.get_or_create(person=person)


def take_mails_again(*, person: Person) -> None:
    WithoutMail.objects.filter(person=person).delete()


def ask_for_erasure(*, person: Person) -> None:
    """Raises HasAccount: an account is looked after by whoever signs in."""
    if person.user_id is not None:
        raise HasAccount
    ErasureRequest.objects.get_or_create(person=person)


def withdraw_erasure(*, person: Person) -> None:
    ErasureRequest.objects.filter(person=person).delete()


def _refuse_too_many(by: User) -> None:
    """Each one made or renewed within the hour counts."""
    since = clock.now() - timedelta(hours=1)
    if PersonalLink.objects.filter(made_by=by, updated_at__gt=since).count() >= MOST_MADE_AN_HOUR:
        raise TooManyLinks
