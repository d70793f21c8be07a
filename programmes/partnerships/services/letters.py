"""Writing once to many: each gets a mail of their own."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices.services import post_many

from ..enums import Addressees
from ..models import Letter, LetterCopy, Partnership, Programme
from ..selectors.letters import addressed, looked_after

MOST_AN_HOUR = 5
LETTER = "letter"


class NobodyThere(Refusal):
    message = _("Nobody is in the teams that you chose, so there is nobody to write to.")


class EnoughLetters(Refusal):
    message = _("You have written several letters within an hour. Please go on in an hour.")


@transaction.atomic
def write(
    *,
    programme: Programme,
    to: str,
    subject: str,
    text: str,
    access: Access,
    partnership: Partnership | None = None,
    form_key: UUID | None = None,
) -> Letter:
    """To those in the partnerships that the writer looks after; the same form writes once. Raises NobodyThere,
    EnoughLetters."""
    mine = Letter.objects.filter(written_by=access.user)

    def make(key: UUID | None) -> Letter:
        if mine.filter(created_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            raise EnoughLetters
        partnerships = looked_after(access, programme)
        if partnership is not None:
            partnerships = partnerships.filter(pk=partnership.pk)
        people = addressed(partnerships, to)
        if not any(people.values()):
            raise NobodyThere
        letter = Letter.objects.create(
            programme=programme,
            partnership=partnership if to == Addressees.PAIR else None,
            to=to,
            subject=subject,
            text=text,
            language=access.user.language,
            written_by=access.user,
            form_key=key,
        )
        LetterCopy.objects.bulk_create(
            [
                LetterCopy(letter=letter, person_id=one, partnership_id=pk)
                for pk, some in people.items()
                for one in some
            ],
            batch_size=1000,
        )
        _post(letter, {one for some in people.values() for one in some})
        record(by=access.user, verb="wrote to many", target=letter)
        return letter

    return made_once(mine, form_key, make)


def _post(letter: Letter, people: set[int]) -> None:
    rows = Person.objects.filter(pk__in=people, user__is_active=True).select_related("user").order_by("pk")
    post_many(LETTER, rows, subject_id=letter.pk, identity=f"{LETTER}:{letter.pk}")
