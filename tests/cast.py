"""The cast: one person for each way of standing towards a partnership, and a programme in which all did something.

Who they are and where they sit is on the stage (tests/stage.py); here is what they write.

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
from programmes.benchmarks.models import BenchmarkVersion, KeyFactor
from programmes.benchmarks.services.structure import add_context, add_factor
from programmes.benchmarks.services.versions import begin as begin_benchmark
from programmes.common.access import Access
from programmes.conversations.models import Conversation
from programmes.partnerships.models import (
    Invitation,
    Partnership,
    Programme,
    SupportGroup,
    SupportGroupMember,
    Team,
)
from programmes.partnerships.services.invitations import invite
from programmes.practices.enums import Audience, Decision
from programmes.practices.judging import decide, judge
from programmes.practices.judging import save_answer as save_judgement
from programmes.practices.judging import share as share_judgement
from programmes.practices.models import Judgement, JudgementText, JudgementVersion, Offer, Practice, PracticeText
from programmes.practices.services import describe, offer, save_text

from . import staging
from .stage import Stage

SITE = "https://example.org/"
SECRET = "Marigold-7431"
"""Stands in every private message of the world; whoever is outside the boundary must never meet it."""

OWN_WORDS = "Foxglove-2290"
"""Stands in an answer that was never shared."""

NOT_OFFERED = "Monkshood-5513"
"""Stands in a practice since it was offered; only the team that writes it meets it."""

JUDGED, NOT_TOLD = "Hemlock-7706", "Yarrow-1184"
"""In what the mentee judged of it: shared with the mentor, and written since."""


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
    benchmark: BenchmarkVersion
    factor: KeyFactor
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
    practice: Practice
    offer: Offer
    judgement: Judgement
    judgement_version: JudgementVersion
    invitation: Invitation


def make_world() -> World:
    """About 150 rows, in a fraction of a second."""
    return _Making(Stage()).world()


class _Making:
    def __init__(self, stage: Stage):
        self.stage = stage

    def world(self) -> World:
        self.places()
        self.partnerships()
        self.looking()
        self.writing()
        self.planning()
        self.describing()
        self.judging()
        names = {item.name for item in fields(World)}
        return World(**{name: value for name, value in vars(self).items() if name in names})

    def places(self) -> None:
        stage = self.stage
        self.cast = Cast(**{name: stage.user(name) for name in ROLES[:-1]})
        self.programme, self.other_programme = stage.programme, stage.other_programme
        self.teams = {name: stage.team(name) for name in ROLES if name in stage.teams}
        self._former_member()

    def _former_member(self) -> None:
        place = staging.join(self.cast.former_member, self.teams["mentee"])
        place.ended_on, place.ended_by = timezone.localdate() - timedelta(days=1), self.cast.mentee
        place.save()

    def partnerships(self) -> None:
        teams = self.teams
        self.partnership, self.other_partnership = self.stage.partnership, self.stage.other_partnership
        self.invitation = invite(
            team=teams["mentee"], email="new@example.org", name="New colleague", by=self.cast.mentee, site=SITE
        )
        self.group = SupportGroup.objects.create(team=teams["mentee"], city=self.stage.organisation("mentee"))
        self.seat = SupportGroupMember.objects.create(
            group=self.group,
            name="Chair of the parents’ association",
            sector="migrant_association",
            represents_migrants=True,
            person=self.cast.group_member.person,
        )

    def writing(self) -> None:
        mentee, mentor, teams = self.cast.mentee, self.cast.mentor, self.teams
        self.response = begin(team=teams["mentee"], purpose="needs", access=Access(mentee))
        self.strengths = begin(team=teams["mentor"], purpose="strengths", access=Access(mentor))
        association = self.cast.mentee_association
        self.context = begin(
            team=teams["mentee_association"], purpose="association-context", access=Access(association)
        )
        self._answer("challenge.what", "Courses end at A2 and nobody practises.")
        self.need = add_need(response=self.response, access=Access(mentee), title="Places to practise", kind="gap")
        readers = [teams["mentor"], teams["mentee_association"], teams["facilitator"], teams["coordinator"]]
        keys = ["challenge", NEEDS_SECTION]
        self.version = share(
            response=self.response, section_keys=keys, teams=readers, access=Access(mentee), name="First draft"
        )
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
        part = Part.objects.get(key=key, question__section__version=self.response.questionnaire_version)
        save_answer(
            response=self.response, part=part, base=0, value=text, access=Access(self.cast.mentee), language="en"
        )

    def describing(self) -> None:
        """A practice of the mentor's, offered to the programme; what it wrote since is its own."""
        mentor = self.cast.mentor
        harbourg = self.stage.organisation("mentor")
        self.practice = describe(
            team=self.teams["mentor"], by=mentor, title="Evening school at the quay", city=harbourg, language="en"
        )
        text = PracticeText.objects.create(practice=self.practice, point_key="context.why")
        save_text(text=text, base=0, value="Courses ended when the shift began.", by=mentor)
        self.offer = offer(practice=self.practice, audience=Audience.PROGRAMME, by=mentor, programme=self.programme)
        own = PracticeText.objects.create(practice=self.practice, point_key="risks.challenges")
        save_text(text=own, base=0, value=NOT_OFFERED, by=mentor)

    def judging(self) -> None:
        """Whether it could work in the mentee's city: shared with the mentor, and gone on writing."""
        mentee = self.cast.mentee
        self.judgement = judge(version=self.offer.version, team=self.teams["mentee"], by=mentee)
        self._judge("missing", f"Lamps at the quay. {JUDGED}")
        decide(judgement=self.judgement, decision=Decision.PART, by=mentee)
        mentor = [self.teams["mentor"]]
        self.judgement_version = share_judgement(judgement=self.judgement, teams=mentor, groups=[], by=mentee)
        self._judge("agree", NOT_TOLD)

    def _judge(self, key: str, words: str) -> None:
        text = JudgementText.objects.create(judgement=self.judgement, question_key=key)
        save_judgement(text=text, base=0, value=words, by=self.cast.mentee)

    def looking(self) -> None:
        """A benchmark that the facilitator has begun to write."""
        by = self.cast.facilitator
        self.benchmark = begin_benchmark(
            programme=self.programme, title="Finding a home", languages=["en", "es"], by=by
        )
        self.factor = add_factor(version=self.benchmark, title="One place where one can ask", by=by)
        add_context(version=self.benchmark, title="Budgets of others", by=by)

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
