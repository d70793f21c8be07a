"""Made-up data in any amount, for measuring. Same seed, same data; nothing in it is of a real city."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from programmes.accounts.models import Person, User
from programmes.action_plans.columns import box_of, columns_of
from programmes.action_plans.models import Action, Cell, Plan
from programmes.assessments.enums import Purpose
from programmes.assessments.models import Answer, Response
from programmes.assessments.structure import newest_for
from programmes.common.kinds import Box, kind_of
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.participants.names import normalise
from programmes.partnerships.enums import TEAM_OF, EnrolmentRole, Role, TeamRole
from programmes.partnerships.models import (
    Enrolment,
    Participation,
    Partnership,
    PartnershipCountry,
    Programme,
    Stage,
    StageDate,
    Team,
    TeamMember,
    Theme,
)
from programmes.partnerships.services.programmes import create_programme
from programmes.partnerships.services.summary import tools_text

Row = TypeVar("Row", bound=Model)

BATCH = 2000
COUNTRIES = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
THEMES = ("Language learning", "Housing", "One-stop shops", "Employment", "Participation", "Schools")
SYLLABLES = [
    "bar",
    "lin",
    "vo",
    "ka",
    "ri",
    "sten",
    "mo",
    "dal",
    "te",
    "ru",
    "sa",
    "pol",
    "ne",
    "mar",
    "gau",
    "ti",
    "lo",
    "ver",
    "an",
    "he",
]
PARTS = ("challenge.what", "challenge.why", "challenge.impact", "challenge.obstacles", "local.migration_trends")
ACTIONS_A_PLAN = 4
PARTNERSHIPS_A_FACILITATOR = 100


@dataclass(frozen=True)
class Sample:
    """What was made: the programme, who coordinates it, and one facilitator."""

    programme: Programme
    coordinator: User
    facilitator: User


class MadeAlready(Exception):
    """This database holds the sample of this seed."""


@transaction.atomic
def create(*, partnerships: int, seed: int = 1) -> Sample:
    """One programme of `partnerships` pairs, a mentor to four mentees, answers and plans in proportion. Raises
    MadeAlready: the same seed makes the same names."""
    maker = _Maker(random.Random(seed), partnerships)  # noqa: S311 (no secret)
    if Organisation.objects.filter(name=f"Network {maker.tag}").exists():
        raise MadeAlready
    maker.programme_and_offices()
    maker.cities()
    maker.pairs()
    maker.writing()
    return Sample(maker.programme, maker.coordinator, maker.facilitators[0])


def lengthen(plan: Plan, actions: int) -> None:
    """Adds rows to a plan until it has so many."""
    orders = range(plan.actions.count() + 1, actions + 1)
    _Maker(random.Random(plan.pk), 0).actions([plan], plan.partnership.programme, orders)  # noqa: S311 (no secret)


def officer(team: Team) -> User:
    """Somebody of this team; made at the first call."""
    user, made = User.objects.get_or_create(
        email=f"officer{team.pk}@sample.example", defaults={"name": "Officer", "is_demo": True}
    )
    if made:
        person = Person.objects.create(name=user.name, email=user.email, user=user, is_demo=True)
        TeamMember.objects.create(team=team, person=person, started_on=timezone.localdate() - timedelta(days=2))
    return user


class _Maker:
    """Makes rows table by table, thousands at a time."""

    def __init__(self, chance: random.Random, count: int):
        self.chance, self.count = chance, count
        self.today = timezone.localdate()
        self.tag = f"{chance.randrange(16**6):06x}"
        self.taken: set[str] = set()

    def programme_and_offices(self) -> None:
        self.coordinator = self._user("coordinator")
        network = Organisation.objects.create(kind=OrganisationKind.NETWORK, name=f"Network {self.tag}", is_demo=True)
        self.programme = create_programme(
            title=f"Sample {self.tag}",
            network=network,
            by=self.coordinator,
            policy_field={"en": "integration", "es": "integración"},
            started_on=self.today - timedelta(days=400),
        )
        self.stages: Sequence[Stage] = list(self.programme.stages.all())
        self.themes = [Theme.objects.create(programme=self.programme, title={"en": title}) for title in THEMES]
        self._join(self.coordinator, Team.objects.get(enrolment__programme=self.programme))
        self._facilitators()

    def _facilitators(self) -> None:
        company = Organisation.objects.create(
            kind=OrganisationKind.FACILITATOR, name=f"Facilitators {self.tag}", is_demo=True
        )
        enrolment = Enrolment.objects.create(
            programme=self.programme, organisation=company, role=EnrolmentRole.FACILITATOR, started_on=self.today
        )
        self.facilitators, self.facilitating = [], []
        for number in range(1 + self.count // PARTNERSHIPS_A_FACILITATOR):
            team = Team.objects.create(enrolment=enrolment, role=TeamRole.FACILITATOR, name=str(number + 1))
            self.facilitators.append(self._user(f"facilitator{number}"))
            self._join(self.facilitators[-1], team)
            self.facilitating.append(team)

    def _user(self, name: str) -> User:
        user = User.objects.create(email=f"{name}.{self.tag}@sample.example", name=name.title(), is_demo=True)
        Person.objects.create(name=user.name, email=user.email, user=user, is_demo=True)
        return user

    def _join(self, user: User, team: Team) -> None:
        TeamMember.objects.create(team=team, person=user.person, started_on=self.today - timedelta(days=300))

    def cities(self) -> None:
        self.mentees = self._teams(self.count, EnrolmentRole.MENTEE)
        self.mentors = self._teams(max(1, self.count // 4), EnrolmentRole.MENTOR)

    def _teams(self, count: int, role: str) -> list[Team]:
        cities = _bulk([self._city() for _ in range(count)])
        enrolments = _bulk(
            [
                Enrolment(programme=self.programme, organisation=city, role=role, started_on=self.today)
                for city in cities
            ]
        )
        return _bulk([Team(enrolment=enrolment, role=TEAM_OF[EnrolmentRole(role)]) for enrolment in enrolments])

    def _city(self) -> Organisation:
        while (name := self._name()) in self.taken:
            pass
        self.taken.add(name)
        return Organisation(
            kind=OrganisationKind.CITY,
            name=name,
            country=self.chance.choice(COUNTRIES),
            region=self.tag,
            normalised=normalise(name),
            is_demo=True,
        )

    def _name(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(3, 5))).title()

    def pairs(self) -> None:
        couples = list(zip(self.mentees, cycle(self.mentors), strict=False))
        self.partnerships = _bulk([self._partnership(mentee, mentor) for mentee, mentor in couples])
        rows = []
        for place, (partnership, (mentee, mentor)) in enumerate(zip(self.partnerships, couples, strict=True)):
            rows += [self._part(partnership, mentee, Role.MENTEE), self._part(partnership, mentor, Role.MENTOR)]
            if place % 50 != 49:  # one in fifty has no facilitator: its dates wait for the coordinator
                team = self.facilitating[place // PARTNERSHIPS_A_FACILITATOR]
                rows.append(self._part(partnership, team, Role.FACILITATOR))
        _bulk(rows)
        _bulk([row for pair in zip(self.partnerships, couples, strict=True) for row in self._countries(*pair)])
        _bulk([row for partnership in self.partnerships for row in self._dates(partnership)])

    def _partnership(self, mentee: Team, mentor: Team) -> Partnership:
        one, other = mentee.enrolment.organisation, mentor.enrolment.organisation
        place = self.chance.randrange(len(self.stages))
        return Partnership(
            tools_used=tools_text(self.programme.tools_proposed),
            programme=self.programme,
            theme=self.chance.choice(self.themes),
            current_stage=self.stages[place],
            sort_name=f"{one.normalised}|{other.normalised}",
            next_due=self._due(),
        )

    @staticmethod
    def _countries(partnership: Partnership, couple: tuple[Team, Team]) -> list[PartnershipCountry]:
        codes = {team.enrolment.organisation.country for team in couple}
        return [PartnershipCountry(partnership=partnership, country=code) for code in sorted(codes)]

    def _due(self) -> date | None:
        if self.chance.random() < 0.1:
            return None
        return self.today + timedelta(days=self.chance.randint(-3, 180))

    def _part(self, partnership: Partnership, team: Team, role: str) -> Participation:
        return Participation(
            partnership=partnership,
            team=team,
            organisation=team.enrolment.organisation,
            role=role,
            started_on=self.today - timedelta(days=200),
        )

    def _dates(self, partnership: Partnership) -> list[StageDate]:
        place = self.stages.index(partnership.current_stage)
        past = [
            StageDate(
                partnership=partnership,
                stage=stage,
                planned_on=self.today - timedelta(days=300 - 30 * order),
                finished_on=self.today - timedelta(days=295 - 30 * order),
            )
            for order, stage in enumerate(self.stages[:place])
        ]
        due = partnership.next_due
        return past + ([StageDate(partnership=partnership, stage=self.stages[place], planned_on=due)] if due else [])

    def writing(self) -> None:
        self._answers()
        self._plans()

    def _answers(self) -> None:
        form = newest_for(self.programme, Purpose.NEEDS)
        if form is None:
            raise LookupError("there is no needs analysis to answer")
        place = {"questionnaire": form.questionnaire, "questionnaire_version": form}
        responses = _bulk([Response(team=team, **place) for team in self.mentees])
        _bulk(
            [
                Answer(response=response, part_key=key, value=self._text(40), language="en", revision=1)
                for response in responses
                for key in PARTS
            ]
        )

    def _plans(self) -> None:
        plans = _bulk([self._plan(*pair) for pair in zip(self.partnerships, self.mentees, strict=True)][::2])
        self.actions(plans, self.programme, range(1, ACTIONS_A_PLAN + 1))

    def actions(self, plans: Sequence[Plan], programme: Programme, orders: Sequence[int]) -> None:
        """Rows with every cell written."""
        boxes = [box_of(column.key, column.kind, column.options) for column in columns_of(programme)]
        actions = _bulk([Action(plan=plan, order=n) for plan in plans for n in orders])
        _bulk(
            [
                Cell(action=action, column_key=box.key, value=self._cell(box), language="en", revision=1)
                for action in actions
                for box in boxes
            ]
        )

    def _plan(self, partnership: Partnership, team: Team) -> Plan:
        return Plan(
            partnership=partnership,
            city=team.enrolment.organisation,
            team=team,
            title=f"Plan of {team.enrolment.organisation}",
            language="en",
            created_by=self.coordinator,
        )

    def _cell(self, box: Box) -> Any:
        start = self.today + timedelta(days=self.chance.randint(0, 300))
        return kind_of(box).example(self._text(12), start, box)

    def _text(self, words: int) -> str:
        return " ".join(self.chance.choices(SYLLABLES, k=words)).capitalize() + "."


def _bulk(rows: Sequence[Row]) -> list[Row]:
    """Rows of one table, stored; all with their keys."""
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH) if rows else []
