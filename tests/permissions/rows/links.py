"""Personal links. Whoever has the secret is let in, whoever they are; the address without it is for the browser that
opened the link (see `test_by_link`) and for the account that it is meant for."""

from django.utils.translation import get_language

from programmes.conversations.groups.services import ask, links_of
from programmes.conversations.models import Asking
from programmes.links.models import PersonalLink
from programmes.links.tokens import token_of
from programmes.partnerships.services.seat_links import invite_by_link
from tests.cast import SITE

from ..roles import EVERYBODY, MENTEE_TEAM
from ..row import Row

MEMBER = frozenset({"group_member"})


def asking_of(world) -> Asking:
    return ask(group=world.group, questions=["What is missing?"], days=14, by=world.cast.mentee, site=SITE)


def asked_link(world) -> PersonalLink:
    """Of the member of the group who has an account."""
    return links_of(asking_of(world)).get(person=world.cast.group_member.person)


def seat_link(world) -> PersonalLink:
    seat = world.group.members.create(name="Tenants’ union", sector="residents")
    (link,) = invite_by_link(
        group=world.group,
        seats={seat.pk: ""},
        language=get_language() or "en",
        days=30,
        by=world.cast.mentee,
        site=SITE,
    )
    return link


def _asked(world):
    return (asked_link(world).pk,)


def _seat(world):
    return (seat_link(world).pk,)


def _token(world):
    return (token_of(seat_link(world)),)


def _answer(world):
    link = PersonalLink.objects.filter(purpose="answer").order_by("-pk").first()
    question = Asking.objects.get(pk=link.subject_id).questions.get() if link else None
    return {f"answer-{question.pk if question else 0}": "Courses in the evening"}


ROWS = [
    Row("links:link", _token, get=EVERYBODY, post=EVERYBODY),
    Row(
        "links:own",
        _token,
        get=EVERYBODY,
        post=EVERYBODY,
        data=lambda w: {"name": "Second chair", "email": "second@example.org", "words": "Tenants"},
        needs=("name", "email"),
        done=200,
    ),
    Row("links:stop", _token, get=EVERYBODY, post=EVERYBODY, done=200),
    Row("links:work", _asked, get=MEMBER, post=MEMBER, data=_answer, signs_in=False),
    Row("links:decline", _asked, post=MEMBER, signs_in=False),
    Row("links:hand_back", _asked, post=MEMBER, done=200, signs_in=False),
    Row("links:mails", _asked, post=MEMBER, data=lambda w: {"mails": "no"}, signs_in=False),
    Row("links:erase", _asked, post=MEMBER, data=lambda w: {"erase": "no"}, signs_in=False),
    Row("links:again", _seat, post=MENTEE_TEAM),
    Row("links:withdraw", _seat, post=MENTEE_TEAM),
]
