"""What a list would do, told before it does: each cell read, each organisation recognised or asked about."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.accounts.managers import normalise_email
from programmes.common import clock
from programmes.common.countries import COUNTRIES
from programmes.common.errors import Refusal
from programmes.common.tables import Rows
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.participants.names import normalise

from ..enums import EnrolmentRole
from ..models import Backing, Enrolment, Invitation, PreparedInvitation, Programme
from ..services.enrolments import KINDS
from . import words
from .directory import Directory, alike
from .results import Addressee, Body, Cell, Checked, Question

NEW = "new"
LONGEST_NAME = 200
LONGEST_ADDRESS = 254
MOST_THEMES = 20
MOST_LISTED = 200
"""Rows of one list: each costs some forty queries once it is confirmed, in one transaction."""


class UnknownHeading(Refusal):
    message = gettext_lazy("The first row has to name the columns, at least “Organisation”.")


def check(programme: Programme, rows: Rows, answers: Mapping[str, str]) -> Checked:
    """Reads the rows, heading first. `answers`: the questions of an earlier look. Raises UnknownHeading."""
    places = words.columns_of(rows[0]) if rows else {}
    if "organisation" not in places:
        raise UnknownHeading
    return _Checking(programme, rows, places, answers).done()


class _Checking:
    """The state of one look at a list."""

    def __init__(self, programme: Programme, rows: Rows, places: dict[str, int], answers: Mapping[str, str]):
        self.programme, self.places, self.answers = programme, places, answers
        self.heading = rows[0]
        self.columns = [column for column in words.HEADINGS if column in places]
        self.lines = [self._cells(number, row) for number, row in enumerate(rows[1 : MOST_LISTED + 1], start=1)]
        self.directory = Directory()
        self.themes = _themes_of(programme)
        self.new_themes: dict[str, str] = {}
        self.bodies: dict[tuple, Body] = {}
        self.questions: dict[str, Question] = {}
        self.of_line: dict[int, Body] = {}
        vocabularies = {"country": words.countries(), "role": words.roles(), "kind": words.kinds()}
        self.said = {column: self._said_elsewhere(column, known) for column, known in vocabularies.items()}

    def done(self) -> Checked:
        for line in self.lines:
            self._read(line)
        for line in self.lines:
            self._read_associations(line)
        self._recognise_enrolments()
        for line in self.lines:
            self._read_person(line)
        self._mark_known_people()
        left_out = [cell for place, cell in enumerate(self.heading) if cell and place not in self.places.values()]
        lines = [list(line.values()) for line in self.lines]
        bodies, questions = self._merged(), list(self.questions.values())
        used = {key for body in bodies if body.enrolment is None for key in body.themes}
        new_themes = [title for key, title in self.new_themes.items() if key in used]
        return Checked(self.columns, left_out, lines, bodies, questions, new_themes)

    def _cells(self, number: int, row: list[str]) -> dict[str, Cell]:
        told = {column: row[place] if place < len(row) else "" for column, place in self.places.items()}
        return {column: Cell(column, told[column], line=number) for column in self.columns}

    def _said_elsewhere(self, column: str, known: dict[str, str]) -> dict[str, str]:
        """Name → what one of its rows says, for those that leave it empty; nothing where two differ."""
        said: dict[str, set[str]] = {}
        for line in self.lines:
            found = known.get(normalise(_text(line, column)))
            if found:
                said.setdefault(_text(line, "organisation").casefold(), set()).add(found)
        return {name: values.pop() for name, values in said.items() if len(values) == 1}

    # Organisations

    def _read(self, line: dict[str, Cell]) -> None:
        cell = line["organisation"]
        if not cell.text:
            cell.fault = _("Which organisation?")
        elif len(cell.text) > LONGEST_NAME:
            cell.fault = _("At most %(most)s characters.") % {"most": LONGEST_NAME}
        country = self._word(line, "country", words.countries())
        role, kind = self._word(line, "role", words.roles()), self._word(line, "kind", words.kinds())
        kind = kind or self._kind_known(cell.text, country, role)
        if not kind and role:
            kind = words.KIND_OF_ROLE[EnrolmentRole(role)]
        if kind in words.ROLE_OF_KIND:
            role = role or words.ROLE_OF_KIND[OrganisationKind(kind)]
        if any(part.fault for part in line.values()):
            return
        body = self._body(cell, cell.text, kind, country)
        if body is not None:
            self.of_line[cell.line] = body
            self._take_role(line, body, role)
            self._take_themes(line, body)

    def _word(self, line: dict[str, Cell], column: str, known: dict[str, str]) -> str:
        """What a cell says in our own words; an unknown one is a fault."""
        text = _text(line, column)
        found = known.get(normalise(text), "")
        if text and not found:
            line[column].fault = {
                "country": _("This country is not known. Write its name in English or Spanish, or its two letters."),
                "role": _("Write mentee, mentor, both, association, facilitator or coordinator."),
                "kind": _("Write city, association, facilitator or network."),
            }[column]
        return found or self.said[column].get(_text(line, "organisation").casefold(), "")

    def _kind_known(self, name: str, country: str, role: str) -> str:
        """Of the organisations of this name that may take this part; nothing where they are of several kinds."""
        fitting = KINDS[EnrolmentRole(role)] if role else tuple(words.KIND_OF_ROLE.values())
        kinds = {row.kind for row in self.directory.called(name, "", country) if row.kind in fitting}
        return kinds.pop() if len(kinds) == 1 else ""

    def _body(self, cell: Cell, name: str, kind: str, country: str) -> Body | None:
        if not kind:
            cell.fault = _("City, association, facilitator or network? Say so in its kind or its role.")
            return None
        key = (kind, country, name.casefold())
        if key not in self.bodies:
            self.bodies[key] = Body(name, kind, country, line=cell.line)
            self._recognise(self.bodies[key])
        body = self.bodies[key]
        if body.organisation is not None:
            known = body.organisation.name
            cell.note = _("in the directory: %(name)s") % {"name": known} if known != name else _("in the directory")
        else:
            question = self.questions.get(body.key)
            cell.note = (
                _("new in the directory") if question is None or question.answer == NEW else _("see the question above")
            )
        return body

    def _recognise(self, body: Body) -> None:
        """Known by its name, asked about, or new."""
        exact = self.directory.called(body.name, body.kind, body.country)
        if len(exact) == 1:
            body.organisation = exact[0]
            return
        proposed = exact or self.directory.like(body.name, body.kind, body.country)
        choices = [(str(row.pk), _place(row)) for row in proposed]
        choices += [
            (f"line-{other.key}", _("the same as “%(name)s” in row %(row)s") % {"name": other.name, "row": other.line})
            for other in self._alike(body)
        ]
        if choices:
            self._ask(Question(body, [*choices, (NEW, _("another one, which is new"))]))

    def _alike(self, body: Body) -> list[Body]:
        others = [row for row in self.bodies.values() if row is not body and row.is_new and row.kind == body.kind]
        return [row for row in others if alike(row.name) == alike(body.name)][:1]

    def _ask(self, question: Question) -> None:
        answer = self.answers.get(question.field, "")
        if answer in dict(question.choices):
            question.answer = answer
            question.body.organisation = self.directory.organisations.get(int(answer)) if answer.isdecimal() else None
        self.questions[question.body.key] = question

    def _take_role(self, line: dict[str, Cell], body: Body, role: str) -> None:
        cell = line.get("role") or line["organisation"]
        if not role:
            if not body.role and body.kind != OrganisationKind.CITY:
                cell.fault = _("Facilitator or coordinator?")
            return
        if body.kind not in KINDS[EnrolmentRole(role)]:
            cell.fault = _("An organisation of this kind cannot take this part in a programme.")
        elif body.role and body.role != role:
            said = {"role": EnrolmentRole(body.role).label, "row": body.line}
            cell.fault = _("Row %(row)s says %(role)s.") % said
        body.role = body.role or role

    def _take_themes(self, line: dict[str, Cell], body: Body) -> None:
        cell = line.get("theme")
        if cell is None or not cell.text:
            return
        if body.kind != OrganisationKind.CITY:
            cell.note = _("not kept: themes are for cities")
            return
        for title in _parts(cell.text):
            key = normalise(title)
            if key in self.themes and self.themes[key] is None:
                cell.fault = _("This theme is no longer in use.")
            elif key not in self.themes:
                if len(title) > LONGEST_NAME or (len(self.new_themes) >= MOST_THEMES and key not in self.new_themes):
                    cell.fault = _("A list adds at most %(most)s themes, with short titles.") % {"most": MOST_THEMES}
                self.new_themes.setdefault(key, title)
                cell.note = _("new theme")
            if key not in body.themes:
                body.themes.append(key)

    # Associations behind cities

    def _read_associations(self, line: dict[str, Cell]) -> None:
        cell, city = line.get("association"), self._body_of(line)
        if cell is None or not cell.text or city is None:
            return
        if city.kind != OrganisationKind.CITY:
            cell.fault = _("Only cities are backed by associations.")
            return
        for name in _parts(cell.text):
            body = self._association(cell, name, city)
            if body is not None and body not in city.associations:
                city.associations.append(body)

    def _association(self, cell: Cell, name: str, city: Body) -> Body | None:
        """Said in a row of its own, else of the city's country."""
        if len(name) > LONGEST_NAME:
            cell.fault = _("At most %(most)s characters.") % {"most": LONGEST_NAME}
            return None
        kind = OrganisationKind.ASSOCIATION
        said = [body for body in self.bodies.values() if body.kind == kind and body.name.casefold() == name.casefold()]
        country = city.country or (city.organisation.country if city.organisation else "")
        known = self.directory.called(name, kind, country) or self.directory.called(name, kind, "")
        if len(said) == 1:
            country = said[0].country
        elif len(known) == 1:
            country = known[0].country
        body = self._body(cell, name, kind, country)
        if body is not None:
            body.role = body.role or EnrolmentRole.ASSOCIATION
        return body

    def _body_of(self, line: dict[str, Cell]) -> Body | None:
        """The organisation of a row that was read without a fault."""
        return self.of_line.get(line["organisation"].line)

    # Those that are in the programme already

    def _recognise_enrolments(self) -> None:
        known = [body.organisation for body in self.bodies.values() if body.organisation]
        rows = Enrolment.objects.filter(programme=self.programme, organisation__in=known, ended_on=None)
        backings = Prefetch("backings", Backing.objects.filter(ended_on=None).select_related("team__enrolment"))
        here = {row.organisation_id: row for row in rows.prefetch_related("teams", backings)}
        for body in self.bodies.values():
            body.enrolment = here.get(body.organisation.pk) if body.organisation else None
            if body.enrolment is not None:
                body.backed_by = {row.team.enrolment.organisation_id for row in body.enrolment.backings.all()}
        for line in self.lines:
            self._say_enrolment(line)

    def _say_enrolment(self, line: dict[str, Cell]) -> None:
        body, cell = self._body_of(line), line.get("role") or line["organisation"]
        if body is None:
            return
        if body.enrolment is not None:
            cell.note = _("takes part already as: %(role)s") % {"role": body.enrolment.get_role_display()}
        elif not body.role and not cell.fault:
            cell.fault = _("Mentee, mentor or both?")
        if body.is_new and body.kind == OrganisationKind.CITY and not body.country and not self._is_asked(body):
            (line.get("country") or line["organisation"]).fault = _("In which country is this city?")

    def _is_asked(self, body: Body) -> bool:
        """Whether it may turn out to be one that is known."""
        question = self.questions.get(body.key)
        return question is not None and question.answer != NEW

    # People

    def _read_person(self, line: dict[str, Cell]) -> None:
        body, address = self._body_of(line), normalise_email(_text(line, "email"))
        for column in ("name", "function"):
            if len(_text(line, column)) > LONGEST_NAME:
                line[column].fault = _("At most %(most)s characters.") % {"most": LONGEST_NAME}
        if not address:
            if _text(line, "name"):
                line["name"].note = _("is not invited: no address")
            return
        if not _is_address(address):
            line["email"].fault = _("This is not an e-mail address.")
            return
        name = _text(line, "name")
        if not name:
            (line.get("name") or line["email"]).fault = _("Whose address is this? Write a name.")
        if body is None:
            return
        if any(person.email == address for person in body.people):
            line["email"].fault = _("This address stands in the list already.")
            return
        body.people.append(Addressee(name, address, _text(line, "function")))

    def _mark_known_people(self) -> None:
        """Who was prepared or invited into the same team before."""
        teams = {
            team.pk: body for body in self.bodies.values() if body.enrolment for team in body.enrolment.teams.all()
        }
        open_now = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
        for rows in (PreparedInvitation.objects.all(), open_now):
            for team, email in rows.filter(team__in=teams).values_list("team", "email"):
                for person in teams[team].people:
                    person.known = person.known or person.email == email

    def _meant(self, body: Body) -> Body:
        """Itself, or the one of an earlier row that an answer says it is."""
        question = self.questions.get(body.key)
        same_as = question.answer.removeprefix("line-") if question else ""
        return next((row for row in self.bodies.values() if row.key == same_as), body)

    def _merged(self) -> list[Body]:
        """One for each organisation: two names may mean the same one, by the directory or by an answer."""
        kept: dict[Any, Body] = {}
        for body in self.bodies.values():
            first = kept.setdefault(_identity(self._meant(body)), body)
            if first is not body:
                _take_over(first, body)
        for body in kept.values():
            meant = {_identity(self._meant(other)) for other in body.associations}
            body.associations = [other for key, other in kept.items() if key in meant]
        return list(kept.values())


def _identity(body: Body) -> Any:
    return body.organisation.pk if body.organisation else body.key


def _take_over(first: Body, other: Body) -> None:
    first.role = first.role or other.role
    first.themes += [theme for theme in other.themes if theme not in first.themes]
    first.associations += [body for body in other.associations if body not in first.associations]
    known = {person.email for person in first.people}
    first.people += [person for person in other.people if person.email not in known]


def _themes_of(programme: Programme) -> dict[str, Any]:
    """Title in any language → the theme; None for one that is no longer in use."""
    found: dict[str, Any] = {}
    for theme in programme.themes.all():
        for title in theme.title.values():
            found.setdefault(normalise(title), None if theme.retired else theme)
    return found


def _text(line: dict[str, Cell], column: str) -> str:
    return line[column].text if column in line else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _place(row: Organisation) -> str:
    return " · ".join(filter(None, [row.name, row.acronym, str(COUNTRIES.get(row.country, ""))]))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS
