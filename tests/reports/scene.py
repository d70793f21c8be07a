"""A pair of cities with a needs analysis and a plan, as few rows as documents need."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from programmes.accounts.models import User
from programmes.action_plans import snapshots as plan_snapshots
from programmes.action_plans.columns import columns_of
from programmes.action_plans.models import Action, Cell, Plan, PlanGrant, PlanVersion
from programmes.assessments import snapshots
from programmes.assessments.models import Answer, Need, Response, SharedVersion, ShareGrant
from programmes.assessments.structure import newest_for
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation, Person
from programmes.partnerships.enums import EnrolmentRole, Role
from programmes.partnerships.models import (
    Backing,
    Enrolment,
    Participation,
    Partnership,
    Programme,
    Team,
    TeamMember,
    Theme,
)

LONG_AGO = date(2020, 1, 1)


@dataclass
class Side:
    """An enrolled organisation with its team of one person."""

    organisation: Organisation
    enrolment: Enrolment
    team: Team
    user: User


@dataclass
class Scene:
    programme: Programme = field(init=False)
    sides: dict[str, Side] = field(default_factory=dict)

    def __post_init__(self) -> None:
        network = Organisation.objects.create(kind=OrganisationKind.NETWORK, name="CEMR")
        self.programme = Programme.objects.create(
            title="IncluCities",
            policy_field={"en": "the integration of migrants", "es": "la integración de migrantes"},
            network=network,
            working_language="en",
            funding_line="Co-funded by the European Union",
            disclaimer="The views are those of the authors only.",
        )
        self.enrol("mentee", "Jelgava", OrganisationKind.CITY, EnrolmentRole.MENTEE)
        self.enrol("mentor", "Schaerbeek", OrganisationKind.CITY, EnrolmentRole.MENTOR)
        self.enrol("association", "LPS", OrganisationKind.ASSOCIATION, EnrolmentRole.ASSOCIATION)
        self.enrol("other", "Capaci", OrganisationKind.CITY, EnrolmentRole.MENTEE)
        theme = Theme.objects.create(programme=self.programme, title={"en": "Languages"})
        self.partnership = Partnership.objects.create(programme=self.programme, theme=theme)
        for side, role in (
            ("mentee", Role.MENTEE),
            ("mentor", Role.MENTOR),
            ("association", Role.MENTEE_ASSOCIATION),
        ):
            Participation.objects.create(
                partnership=self.partnership,
                team=self[side].team,
                organisation=self[side].organisation,
                role=role,
                started_on=LONG_AGO,
            )
        Backing.objects.create(enrolment=self["mentee"].enrolment, team=self["association"].team, started_on=LONG_AGO)

    def __getitem__(self, side: str) -> Side:
        return self.sides[side]

    def enrol(self, side: str, name: str, kind: str, role: str) -> None:
        organisation = Organisation.objects.create(kind=kind, name=name)
        enrolment = Enrolment.objects.create(programme=self.programme, organisation=organisation, role=role)
        team = Team.objects.create(enrolment=enrolment)
        user = User.objects.create_user(f"{side}@example.org", name=f"Officer of {name}")
        person = Person.objects.create(name=user.name, email=user.email, user=user)
        TeamMember.objects.create(team=team, person=person, started_on=LONG_AGO)
        self.sides[side] = Side(organisation, enrolment, team, user)

    def response(self, side: str = "mentee", key: str = "needs") -> Response:
        version = newest_for(self.programme, key)
        return Response.objects.create(
            enrolment=self[side].enrolment, questionnaire=version.questionnaire, questionnaire_version=version
        )

    def share(self, response: Response, sections: list[str], reader: str, *, by: str = "mentee") -> SharedVersion:
        version = SharedVersion.objects.create(
            response=response,
            shared_by=self[by].team,
            number=response.versions.count() + 1,
            name="First draft",
            data=snapshots.take(
                response, [key for key in sections if key != "needs"], include_needs="needs" in sections
            ),
        )
        for key in sections:
            ShareGrant.objects.create(version=version, section_key=key, team=self[reader].team)
        return version

    def plan(self) -> Plan:
        plan = Plan.objects.create(
            partnership=self.partnership,
            city=self["mentee"].organisation,
            team=self["mentee"].team,
            title="Learning Latvian together",
            language="en",
            created_by=self["mentee"].user,
        )
        columns_of(self.programme)
        return plan

    def freeze(self, plan: Plan, reader: str) -> PlanVersion:
        version = PlanVersion.objects.create(
            plan=plan, number=plan.versions.count() + 1, name="First list", data=plan_snapshots.take(plan)
        )
        PlanGrant.objects.create(version=version, team=self[reader].team)
        return version


def answer(response: Response, part_key: str, value, language: str = "en", **more) -> Answer:
    return Answer.objects.create(
        response=response,
        part_key=part_key,
        value=value,
        language=language,
        revision=1,
        updated_at=timezone.now(),
        **more,
    )


def need(response: Response, title: str, by: User, number: int = 1) -> Need:
    return Need.objects.create(
        response=response, number=number, title=title, language="en", kind="gap", policy="new", created_by=by
    )


def add_action(plan: Plan, order: int = 1, **cells) -> Action:
    action = Action.objects.create(plan=plan, order=order)
    for key, value in cells.items():
        Cell.objects.create(action=action, column_key=key, value=value, language="en", revision=1)
    return action
