"""What changes a practice: its head, its texts, to whom it is offered."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock, revisions
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once
from programmes.notices.services import tell
from programmes.partnerships.models import Partnership, Programme, Team, Theme

from . import snapshots
from .beginnings import Beginning
from .enums import Audience
from .few import figures_of_few
from .models import Booklet, Offer, Practice, PracticePicture, PracticeText, PracticeVersion
from .selectors import size_of, words_of
from .shapes import PRACTICE, PracticeData

MOST_PRACTICES = 200
"""Of one team."""
MOST_PICTURES = 12
"""Of one practice."""
MOST_BOOKLETS = 50
"""Of one person."""
FIRST_POINT = "description.activities"
"""Where the words stand with which a practice begins."""


class NothingToldYet(Refusal):
    message = _("Tell at least one point, a summary or an address first: there is nothing to read yet.")


class NotYourPartnership(Refusal):
    message = _("Your team does not take part in this partnership.")


class TooFewToTell(Refusal):
    """Of people: the names of `found` go into the sentence."""

    message = _(
        "This reads like a figure of fewer than ten people, behind whom somebody may be recognised: %(found)s. "
        "Write “fewer than ten”, or say below that nobody can be recognised."
    )

    def __init__(self, found: list[str]):
        super().__init__(str(self.message) % {"found": " · ".join(found)})
        self.found = found


@transaction.atomic
def describe(
    *, team: Team, by: User, themes: Iterable[Theme] = (), form_key: UUID | None = None, **values: Any
) -> Practice:
    """Begin a practice; `values` are its head. The same form makes it once. Raises TooManyRows."""
    rows = Practice.objects.filter(team=team)

    def make(key: UUID | None) -> Practice:
        refuse_beyond(rows, MOST_PRACTICES)
        practice = Practice.objects.create(team=team, created_by=by, form_key=key, **values)
        practice.themes.set(themes)
        record(by=by, verb="began", target=practice)
        return practice

    return made_once(rows, form_key, make)


def begin_from(*, beginning: Beginning, by: User) -> Practice:
    """A practice that begins with a paragraph about the team's strengths; the one that began with it already is given
    back. Raises TooManyRows."""
    answer, team = beginning.answer, beginning.answer.response.team
    known = Practice.objects.filter(team=team, begun_from=answer, title=beginning.title).first()
    if known is not None:
        return known
    practice = describe(
        team=team,
        by=by,
        title=beginning.title,
        city=team.enrolment.organisation,
        language=answer.language,
        begun_from=answer,
    )
    text = revisions.get_row(PracticeText, practice=practice, point_key=FIRST_POINT)
    text.practice = practice
    save_text(text=text, base=0, base_value="", value=beginning.text, by=by)
    return practice


@transaction.atomic
def add_picture(
    *, practice: Practice, file: File, caption: str, by: User, form_key: UUID | None = None
) -> PracticePicture:
    """`file` was written anew by its field. Raises TooManyRows."""

    def make(key: UUID | None) -> PracticePicture:
        refuse_beyond(practice.pictures.all(), MOST_PICTURES)
        picture = PracticePicture.objects.create(
            practice=practice, file=file, caption=caption, added_by=by, form_key=key
        )
        record(by=by, verb="added picture", target=practice)
        return picture

    return made_once(practice.pictures.all(), form_key, make)


@transaction.atomic
def take_away(*, picture: PracticePicture, by: User) -> None:
    """For everybody, also in what was offered before."""
    storage, name = picture.file.storage, str(picture.file.name)
    record(by=by, verb="took away picture", target=picture.practice)
    picture.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def change_head(*, practice: Practice, by: User, themes: Iterable[Theme] | None = None, **values: Any) -> Practice:
    """Texts that were in the practice's language are in its new one; exceptions stay."""
    if values.get("language", practice.language) != practice.language:
        practice.texts.filter(language=practice.language).update(language=values["language"])
    for name, value in values.items():
        setattr(practice, name, value)
    practice.save(update_fields=[*values, "updated_at"])
    if themes is not None:
        practice.themes.set(themes)
    record(by=by, verb="changed", target=practice)
    return practice


def save_text(*, text: PracticeText, by: User, language: str = "", **how: Any) -> revisions.Saved:
    """See `revisions.save`; a text is in its practice's language until somebody says otherwise."""
    return revisions.save(text, by=by, language=language or text.language or text.practice.language, **how)


@transaction.atomic
def offer(
    *,
    practice: Practice,
    audience: Audience,
    by: User,
    partnership: Partnership | None = None,
    programme: Programme | None = None,
    few_may_be_told: bool = False,
    form_key: UUID | None = None,
) -> Offer:
    """Let others read the practice as it stands now; what these read of it before is replaced. What is the same as in
    the newest version makes no new one; those who came into a partnership since read it from then on.
    `few_may_be_told`: somebody looked at the figures of few people.
    Raises NothingToldYet, NotYourPartnership, TooFewToTell."""
    rows = Practice.objects.select_related("city", "team__enrolment__organisation")
    row = rows.select_for_update(of=("self",)).get(pk=practice.pk)
    if partnership is not None and row.team_id not in {part.team_id for part in partnership.current()}:
        raise NotYourPartnership
    data = _worth_reading(row, few_may_be_told=few_may_be_told)
    version = _frozen(row, data, by, form_key)
    to = {"audience": audience, "partnership": partnership, "programme": programme}
    made = version.offers.filter(withdrawn_at=None, **to).first()
    if made is None:
        earlier = Offer.objects.filter(version__practice=row, withdrawn_at=None, **to)
        is_new = not earlier.update(withdrawn_at=clock.now(), withdrawn_by=by, updated_at=clock.now())
        made = version.offers.create(**to)
        record(by=by, verb="offered", target=row)
        if is_new:
            tell("practices.offered", made.pk, by=by, partnership=partnership.pk if partnership else None)
    else:
        made.save(update_fields=["updated_at"])  # who came since reads it, too
    return made


def _worth_reading(practice: Practice, *, few_may_be_told: bool) -> PracticeData:
    data = snapshots.take(practice)
    if not (data["points"] or data["summary"] or data["link"]):
        raise NothingToldYet
    if not few_may_be_told and (found := figures_of_few(data)):
        raise TooFewToTell(found)
    return data


def _frozen(practice: Practice, data: PracticeData, by: User, form_key: UUID | None) -> PracticeVersion:
    newest = practice.versions.first()
    if newest is not None and newest.content == data:
        return newest
    number = (practice.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = practice.versions.create(
        number=number,
        data=data,
        schema=PRACTICE.newest,
        language=practice.language,
        words=words_of(data, _other_names(practice)),
        kind=data["kind"],
        country=data["country"],
        size=size_of(practice),
        created_by=by,
        form_key=form_key,
    )
    version.themes.set(practice.themes.all())
    return version


def _other_names(practice: Practice) -> tuple[str, ...]:
    """A city is found by its name in any language."""
    return tuple(practice.city.other_names.values_list("name", flat=True)) if practice.city else ()


@transaction.atomic
def withdraw(*, offer: Offer, by: User) -> Offer:
    """Nobody of those reads it from now on; what was read stays read."""
    if offer.withdrawn_at is None:
        offer.withdrawn_at, offer.withdrawn_by = clock.now(), by
        offer.save(update_fields=["withdrawn_at", "withdrawn_by", "updated_at"])
        record(by=by, verb="withdrew", target=offer.version.practice)
    return offer


@transaction.atomic
def make_booklet(*, title: str, practices: Iterable[Practice], by: User, form_key: UUID | None = None) -> Booklet:
    """Practices that the person chose in the library. Raises TooManyRows."""
    rows = Booklet.objects.filter(owner=by)

    def make(key: UUID | None) -> Booklet:
        refuse_beyond(rows, MOST_BOOKLETS)
        booklet = Booklet.objects.create(owner=by, title=title, form_key=key)
        booklet.practices.set(practices)
        return booklet

    return made_once(rows, form_key, make)
