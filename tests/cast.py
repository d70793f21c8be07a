"""The cast: one person for each way of standing towards a partnership, and a programme in which all did something.

Tests of who may what walk over `Cast.everybody()`; add a way of standing here and every table grows by it.
"""

from dataclasses import dataclass, field, fields
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from programmes.accounts.models import User
from programmes.action_plans.models import Action, Cell, Plan, PlanVersion
from programmes.action_plans.services import add_action, ask_group, begin_plan, freeze, suggest
from programmes.action_plans.services import share as share_plan
from programmes.assessments.enums import NEEDS_SECTION
from programmes.assessments.models import Need, Part, Response, SharedVersion
from programmes.assessments.services.answers import begin, save_answer
from programmes.assessments.services.conversations import ask_about
from programmes.assessments.services.needs import add_need
from programmes.assessments.services.sharing import share
from programmes.common.access import Access
from programmes.conversations.models import Conversation
from programmes.participants.models import Membership
from programmes.partnerships.models import (
    Invitation,
    Partnership,
    Programme,
    SupportGroup,
    SupportGroupMember,
    Team,
    Theme,
)
from programmes.partnerships.services.invitations import invite
from programmes.partnerships.services.partnerships import create_partnership

from . import staging

SITE = "https://example.org/"
SECRET = "Marigold-7431"
"""Stands in every private message of the world; whoever is outside the boundary must never meet it."""

OWN_WORDS = "Foxglove-2290"
"""Stands in an answer that was never shared."""


@dataclass
class Cast:
    """Everybody, by how they stand towards the partnership Riverton – Harbourg of the first programme."""

    coordinator: User
    facilitator: User
    other_facilitator: User
    mentee: User
    mentor: User
    mentee_association: User
    mentor_association: User
    group_member: User
    other_city: User
    other_programme: User
    superior: User
    former_member: User
    administrator: User
    anonymous: AnonymousUser = field(default_factory=AnonymousUser)

    def everybody(self) -> dict[str, User | AnonymousUser]:
        return {item.name: getattr(self, item.name) for item in fields(self)}


ROLES = tuple(item.name for item in fields(Cast))


@dataclass
class World:
    """A programme in full swing. `conversation` is private between the two cities; others read more of the rest."""

    cast: Cast
    programme: Programme
    other_programme: Programme
    partnership: Partnership
    other_partnership: Partnership
    teams: dict[str, Team]
    response: Response
    strengths: Response
    context: Response
    version: SharedVersion
    need: Need
    conversation: Conversation
    group: SupportGroup
    seat: SupportGroupMember
    plan: Plan
    action: Action
    cell: Cell
    plan_version: PlanVersion
    plan_conversation: Conversation
    group_conversation: Conversation
    invitation: Invitation


def make_world() -> World:
    """About 150 rows, in a fraction of a second."""
    people = {user.name.lower().replace(" ", "_"): user for user in staging.users(*ROLES[:-1])}
    cast = Cast(**people)
    User.objects.filter(pk=cast.administrator.pk).update(is_superuser=True, is_staff=True)
    cast.administrator.refresh_from_db()
    return _Making(cast).world()


class _Making:
    def __init__(self, cast: Cast):
        self.cast = cast

    def world(self) -> World:
        self.programmes()
        self.places()
        self.partnerships()
        self.writing()
        self.planning()
        names = {item.name for item in fields(World)}
        return World(**{name: value for name, value in vars(self).items() if name in names})

    def programmes(self) -> None:
        by, make = self.cast.administrator, staging.organisation
        network, abroad = make("network", "City Network"), make("network", "Another Network")
        self.programme = staging.programme("Learning together", network=network, by=by)
        self.other_programme = staging.programme("Elsewhere", network=abroad, by=by)
        self.theme = Theme.objects.create(programme=self.programme, title={"en": "Languages", "es": "Idiomas"})
        self.cities = {name: staging.city(name) for name in ("Riverton", "Harbourg", "Milltown", "Faraway")}
        self.associations = {name: make("association", name, "LV") for name in ("Union of Cities", "League of Towns")}
        self.facilitators = make("facilitator", "Method Lab")

    def places(self) -> None:
        by, cities, enrolled = self.cast.administrator, self.cities, staging.enrolled
        associations = self.associations
        programme = self.programme
        backed, backing = [associations["Union of Cities"]], [associations["League of Towns"]]
        self.teams = {
            "coordinator": staging.coordinator_team(programme),
            "facilitator": enrolled(programme, self.facilitators, "facilitator", by=by),
            "mentee_association": enrolled(programme, backed[0], "association", by=by),
            "mentor_association": enrolled(programme, backing[0], "association", by=by),
            "mentee": enrolled(programme, cities["Riverton"], "mentee", by=by, associations=backed),
            "mentor": enrolled(programme, cities["Harbourg"], "mentor", by=by, associations=backing),
            "other_city": enrolled(programme, cities["Milltown"], "mentee", by=by),
            "other_programme": enrolled(self.other_programme, cities["Faraway"], "mentee", by=by),
        }
        second = Team.objects.create(enrolment=self.teams["facilitator"].enrolment, name="Second")
        self.teams["other_facilitator"] = second
        for name, team in self.teams.items():
            staging.join(getattr(self.cast, name), team, "Officer")
        Membership.objects.create(person=self.cast.superior.person, organisation=cities["Riverton"], function="Head")
        self._former_member()

    def _former_member(self) -> None:
        place = staging.join(self.cast.former_member, self.teams["mentee"])
        place.ended_on, place.ended_by = timezone.localdate() - timedelta(days=1), self.cast.mentee
        place.save()

    def partnerships(self) -> None:
        by, teams = self.cast.coordinator, self.teams
        common = {"programme": self.programme, "theme": self.theme, "by": by}
        self.partnership = create_partnership(
            mentee=teams["mentee"], mentors=[teams["mentor"]], facilitator=teams["facilitator"], **common
        )
        self.other_partnership = create_partnership(
            mentee=teams["other_city"], mentors=[teams["mentor"]], facilitator=teams["other_facilitator"], **common
        )
        self.invitation = invite(
            team=teams["mentee"], email="new@example.org", name="New colleague", by=self.cast.mentee, site=SITE
        )
        self.group = SupportGroup.objects.create(team=teams["mentee"], city=self.cities["Riverton"])
        self.seat = SupportGroupMember.objects.create(
            group=self.group,
            name="Chair of the parents’ association",
            sector="migrant_association",
            represents_migrants=True,
            person=self.cast.group_member.person,
        )

    def writing(self) -> None:
        mentee, mentor, teams = self.cast.mentee, self.cast.mentor, self.teams
        self.response = begin(enrolment=teams["mentee"].enrolment, key="needs", by=mentee)
        self.strengths = begin(enrolment=teams["mentor"].enrolment, key="strengths", by=mentor)
        association = self.cast.mentee_association
        self.context = begin(enrolment=teams["mentee_association"].enrolment, key="association-context", by=association)
        self._answer("challenge.what", "Courses end at A2 and nobody practises.")
        self.need = add_need(response=self.response, by=mentee, title="Places to practise", kind="gap")
        readers = [teams["mentor"], teams["mentee_association"], teams["facilitator"], teams["coordinator"]]
        keys = ["challenge", NEEDS_SECTION]
        self.version = share(response=self.response, section_keys=keys, teams=readers, by=mentee, name="First draft")
        self._answer("challenge.why", OWN_WORDS)
        asked = ask_about(
            response=self.response,
            sides=self.partnership.current_cities(),
            text=f"Did I understand you well? {SECRET}",
            access=Access(mentor),
            part_key="challenge.what",
        )
        self.conversation = asked.conversation

    def _answer(self, key: str, text: str) -> None:
        part = Part.objects.get(key=key, question__section__questionnaire=self.response.questionnaire)
        save_answer(response=self.response, part=part, base=0, value=text, by=self.cast.mentee, language="en")

    def planning(self) -> None:
        mentee, teams = self.cast.mentee, self.teams
        self.plan = begin_plan(
            partnership=self.partnership, title="Learning Latvian together", by=mentee, language="en"
        )
        self.action = add_action(plan=self.plan, by=mentee)
        self.cell = Cell.objects.create(action=self.action, column_key="what", value="Open a language café")
        self.plan_version = freeze(plan=self.plan, name="First list", by=mentee)
        readers = [teams["mentor"], teams["mentee_association"]]
        share_plan(version=self.plan_version, teams=readers, groups=[self.group], by=mentee)
        self.plan_conversation = suggest(
            plan=self.plan,
            action=self.action,
            text="Libraries would be glad to host it.",
            access=Access(self.cast.mentor),
        )
        self.group_conversation = ask_group(
            version=self.plan_version, text="Would evenings suit you?", access=Access(mentee)
        )
