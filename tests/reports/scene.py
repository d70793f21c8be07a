"""A pair of cities with a needs analysis and a plan, as few rows as documents need."""

from dataclasses import dataclass

from django.utils import timezone

from programmes.accounts.models import User
from programmes.action_plans import snapshots as plan_snapshots
from programmes.action_plans.columns import columns_of
from programmes.action_plans.models import Action, Cell, Plan, PlanGrant, PlanVersion
from programmes.assessments import snapshots
from programmes.assessments.models import Answer, Need, Response, SharedVersion, ShareGrant
from programmes.assessments.structure import newest_for
from programmes.participants.models import Organisation
from programmes.partnerships.models import Enrolment, Team
from tests.stage import Stage

NAMES = {"association": "mentee_association", "other": "other_city"}


@dataclass
class Side:
    """An enrolled organisation with its team of one person."""

    organisation: Organisation
    enrolment: Enrolment
    team: Team
    user: User


class Scene(Stage):
    """`scene["mentee"].user`, `scene["other"].team`…"""

    def __init__(self) -> None:
        super().__init__(
            absent=("mentor_association", "facilitator"),
            policy_field={"en": "the integration of migrants", "es": "la integración de migrantes"},
            working_language="en",
            funding_line={"en": "Co-funded by the European Union", "es": "Cofinanciado por la Unión Europea"},
            disclaimer={"en": "The views are those of the authors only."},
        )
        sides = {name: NAMES.get(name, name) for name in ("mentee", "mentor", "association", "other")}
        self.sides = {
            side: Side(self.organisation(name), self.enrolment(name), self.team(name), self.user(name))
            for side, name in sides.items()
        }
        assert self.partnership

    def __getitem__(self, side: str) -> Side:
        return self.sides[side]

    def response(self, side: str = "mentee", key: str = "needs") -> Response:
        version = newest_for(self.programme, key)
        return Response.objects.create(
            team=self[side].team, questionnaire=version.questionnaire, questionnaire_version=version
        )

    def share(self, response: Response, sections: list[str], reader: str, *, by: str = "mentee") -> SharedVersion:
        version = SharedVersion.objects.create(
            response=response,
            shared_by=self[by].team,
            number=response.versions.count() + 1,
            name="First draft",
            schema=SharedVersion.shape.newest,
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
            plan=plan,
            number=plan.versions.count() + 1,
            name="First list",
            schema=PlanVersion.shape.newest,
            data=plan_snapshots.take(plan),
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
