"""What a city asks its support group: the team that keeps the group asks, and it alone reads the answers."""

from programmes.assessments.services.sharing import share
from programmes.common.access import Access
from programmes.conversations.groups.services import answer
from tests.cast import World

from ..roles import FORM_READERS, MENTEE_TEAM, PLAN_READERS
from ..row import Row
from .links import asking_of

FACILITATOR = frozenset({"facilitator"})
QUESTIONS = {"question_1": "What do people miss most?", "question_2": "Who helps?", "days": "14"}


def _group(world):
    return (world.group.pk,)


def _asking(world):
    return (asking_of(world).pk,)


def _answered(world: World):
    asking = asking_of(world)
    question = asking.questions.get()
    person = world.cast.group_member.person
    texts = {question.pk: "Courses in the evening"}
    answer(asking=asking, seat=world.seat, person=person, texts=texts, as_group=False, by_link=True)
    return (question.answers.get().pk,)


def _shared_with_group(world):
    """A version of the form that the group reads."""
    version = share(
        response=world.response,
        section_keys=["challenge"],
        teams=[],
        groups=[world.group],
        access=Access(world.cast.mentee),
    )
    return (version.pk,)


def _lines(world):
    return {"half_page_en": "What we do together", "costs": "A room and soup", "known_to_partners": "on"}


def _seat_links(world):
    world.group.members.create(name="Tenants’ union", sector="residents")
    return (world.group.pk,)


def _ticked(world):
    seat = world.group.members.filter(person=None).first()
    pk = seat.pk if seat else 0
    return {f"seat-{pk}": "on", f"email-{pk}": "anna@example.org", "language": "en", "days": "14"}


ROWS = [
    Row(
        "conversations:ask_group",
        _group,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FACILITATOR,
        data=lambda w: QUESTIONS,
        needs=("question_1", "days"),
    ),
    Row("conversations:asking", _asking, get=MENTEE_TEAM),
    Row("conversations:asking_close", _asking, post=MENTEE_TEAM),
    Row("conversations:asking_links", _asking, post=MENTEE_TEAM),
    Row("conversations:taken_up", _answered, post=MENTEE_TEAM, data=lambda w: {"where": "Question 4"}),
    Row(
        "assessments:ask_group",
        lambda world: (world.response.pk,),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FORM_READERS - MENTEE_TEAM,
        data=lambda w: QUESTIONS | {"part": ["challenge.what"]},
        query="?part=challenge.what",
        needs=("question_1", "days"),
    ),
    Row(
        "assessments:ask_members",
        _shared_with_group,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=frozenset({"group_member"}),
        data=lambda w: QUESTIONS,
        needs=("question_1", "days"),
    ),
    Row(
        "action_plans:ask_members",
        lambda world: (world.plan_version.pk,),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=PLAN_READERS - MENTEE_TEAM,
        data=lambda w: QUESTIONS,
        needs=("question_1", "days"),
    ),
    Row(
        "partnerships:seat_links",
        _seat_links,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FACILITATOR,
        data=_ticked,
        needs=("language", "days"),
    ),
    Row(
        "partnerships:support_group_about",
        _group,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FACILITATOR,
        data=_lines,
    ),
]
