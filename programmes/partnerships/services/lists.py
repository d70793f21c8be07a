"""A list of who takes part, confirmed: organisations, enrolments, backings and invitations to be sent later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.common.errors import Refusal
from programmes.common.tables import Rows
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.participants.names import normalise
from programmes.participants.selectors import associations_of
from programmes.participants.services import save_organisation

from ..enums import TEAM_OF, EnrolmentRole
from ..lists.checking import check
from ..lists.results import Body, Checked
from ..models import Enrolment, Programme, Theme
from .backings import back
from .enrolments import enrol, team_in
from .prepared import prepare
from .programmes import add_theme
from .saving import ConstraintBroken, locked


class ListNotReady(Refusal):
    message = _("Some cells have to be mended, or a question answered. Nothing is stored yet.")


class ListChanged(Refusal):
    message = _("The programme or the directory changed since you looked at this list. Please look at it again.")


@dataclass
class TakenIn:
    enrolled: int
    prepared: int


@transaction.atomic
def take_in(
    *, programme: Programme, rows: Rows, answers: Mapping[str, str], shown: str, language: str, by: User
) -> TakenIn:
    """Stores what the preview with the fingerprint `shown` told, all or nothing; what is here already stays as it is,
    so that the same list sent twice makes nothing new. `language`: of the mails that are prepared.

    Raises ListNotReady, ListChanged, ConstraintBroken and what enrolling and backing raise."""
    locked(programme)
    checked = check(programme, rows, answers)
    if not checked.is_ready:
        raise ListNotReady
    if _is_done(checked):
        return TakenIn(0, 0)
    if checked.shown != shown:
        raise ListChanged
    new = checked.enrolled
    taken = TakenIn(len(new), checked.addressees)
    themes = _themes(programme, checked.new_themes, language, by)
    for body in checked.bodies:
        _enrol(programme, body, themes, by)
    for body in checked.bodies:
        _back(body, body in new, by)
        _prepare(body, language, by)
    return taken


def _is_done(checked: Checked) -> bool:
    """Nothing in it is new: sent a second time, or known from before."""
    unbacked = any(body.unbacked for body in checked.bodies)
    return not (checked.enrolled or checked.addressees or checked.new_themes or unbacked)


def _themes(programme: Programme, titles: Iterable[str], language: str, by: User) -> dict[str, Theme]:
    """Theme by its title in any language, with the new ones."""
    for title in titles:
        add_theme(programme=programme, title={language: title}, by=by)
    rows = programme.themes.filter(retired=False)
    return {normalise(title): theme for theme in rows for title in theme.title.values()}


def _enrol(programme: Programme, body: Body, themes: Mapping[str, Theme], by: User) -> None:
    """What takes part already stays as it is. A city that named no association gets those of the directory."""
    body.organisation = body.organisation or _organisation(body, by)
    if body.enrolment is None:
        chosen = [themes[key] for key in body.themes]
        row = enrol(programme=programme, organisation=body.organisation, role=body.role, themes=chosen, by=by)
        body.enrolment = row


def _organisation(body: Body, by: User) -> Organisation:
    row = Organisation(kind=body.kind, name=body.name, country=body.country)
    try:
        with transaction.atomic():
            return save_organisation(organisation=row, by=by)
    except IntegrityError as error:
        sentence = _("The directory already has an organisation of this name in this place.")
        raise ConstraintBroken(f"{body.name}: {sentence}") from error


def _back(body: Body, is_new: bool, by: User) -> None:
    if body.kind != OrganisationKind.CITY:
        return
    named = [other.organisation for other in body.unbacked]
    if is_new and not body.associations:
        named = list(associations_of(cast("Organisation", body.organisation)))
    for association in named:
        back(enrolment=cast("Enrolment", body.enrolment), association=cast("Organisation", association), by=by)


def _prepare(body: Body, language: str, by: User) -> None:
    people = [person for person in body.people if not person.known]
    if not people:
        return
    row = cast("Enrolment", body.enrolment)
    team = team_in(row, TEAM_OF[EnrolmentRole(row.role)])
    for person in people:
        prepare(team=team, name=person.name, email=person.email, function=person.function, language=language, by=by)
