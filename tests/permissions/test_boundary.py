"""The trust boundary (P7): what the cities tell each other, and what a city has not shared, reaches nobody else.

`SECRET` stands in a private conversation, `OWN_WORDS` in an answer that was never shared. The table looks for both in
every answer to everybody; here are the places that are no addresses, and what happens when people come and go.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.conversations.services import reply
from programmes.overview import waiting
from programmes.partnerships.services.invitations import send_again
from programmes.partnerships.services.partnerships import replace_participation
from programmes.partnerships.services.support_groups import rest_group
from programmes.partnerships.services.teams import allow_facilitator, end_member
from programmes.reports.registry import BUILDERS, DocumentOptions
from programmes.sharing.services import recall
from tests import staging
from tests.cast import OWN_WORDS, ROLES, SECRET, SITE, World

from .table import ROWS
from .test_table import INSIDE

pytestmark = pytest.mark.django_db
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Browser:
    """Somebody who stays signed in while the world changes."""

    client: Client
    addresses: list[str]

    def status(self, name: str, *args: int) -> int:
        return self.client.get(reverse(name, args=args)).status_code

    def pages_with(self, mark: str) -> list[str]:
        return [address for address in self.addresses if mark in _text(self.client.get(address))]


@pytest.fixture
def addresses(world: World) -> list[str]:
    """Every page of the table, as it is before anything changes."""
    return [row.url(world) for row in ROWS if row.get and not row.case and not row.settings]


@pytest.fixture
def browser(addresses: list[str]):
    def sign_in(user: User) -> Browser:
        client = Client()
        client.force_login(user, backend=MODEL_BACKEND)
        return Browser(client, addresses)

    return sign_in


def _text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


def test_insiders_meet_their_words(world: World, browser):
    assert browser(world.cast.mentee).pages_with(SECRET)
    assert browser(world.cast.mentor).pages_with(SECRET)
    assert browser(world.cast.mentee).pages_with(OWN_WORDS)


@pytest.mark.parametrize("role", ROLES)
def test_documents_hold_no_conversation_and_only_what_is_shared(world: World, role: str):
    user = world.cast.everybody()[role]
    for builder in BUILDERS.values():
        for subject in builder.visible_to(Access(user)).values_list("pk", flat=True):
            with translation.override("en"):
                said = repr(builder.gather(subject, DocumentOptions("en", reader=Access(user))))
            assert SECRET not in said, builder.kind
            assert OWN_WORDS not in said or role in INSIDE[OWN_WORDS], builder.kind


def test_a_document_of_the_team_holds_its_own_words(world: World):
    with translation.override("en"):
        said = repr(
            BUILDERS["needs-analysis"].gather(
                world.response.pk, DocumentOptions("en", reader=Access(world.cast.mentee))
            )
        )
    assert OWN_WORDS in said


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_what_waits_names_no_conversation_to_outsiders(world: World, role: str):
    """Who reads the conversation finds its words quoted on their own page."""
    person = world.cast.everybody()[role]
    items = [*waiting.waiting_for_one(Access(person)), *waiting.awaited_by(Access(person))]
    pages = ("conversations:conversation", "assessments:conversation")
    private = {reverse(page, args=[world.conversation.pk]) for page in pages}
    assert role in INSIDE[SECRET] or not any(SECRET in repr(item) + item.quote for item in items)
    assert role in INSIDE[SECRET] or not private & {item.url for item in items}


def test_mails_hold_neither(world: World, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reply(conversation=world.conversation, text=f"{SECRET}, again.", access=Access(world.cast.mentee))
        send_again(invitation=world.invitation, by=world.cast.mentee, site=SITE)
    written = "".join(message.message().as_string() for message in mail.outbox)
    assert "new@example.org" in "".join(to for message in mail.outbox for to in message.to)
    assert SECRET not in written
    assert OWN_WORDS not in written


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program writes to its log, in its own format."""
    root, lines = logging.getLogger(), StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(next(known.formatter for known in root.handlers if type(known) is logging.StreamHandler))
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def test_log_lines_hold_neither_contents_nor_addresses(world: World, browser, log: StringIO):
    for user in (world.cast.mentee, world.cast.superior):
        visitor = browser(user)
        for address in visitor.addresses:
            visitor.client.get(address)
            visitor.client.post(address, {"text": SECRET, "value": OWN_WORDS, "email": "anna@example.org"})
    lines = log.getvalue()
    assert '"status": 404' in lines
    for word in (SECRET, OWN_WORDS, "@example.org", world.invitation.name):
        assert word not in lines
    # No worker beats in these tests, so /healthz says 503; nothing else may be an error.
    assert not [line for line in lines.splitlines() if '"level": "error"' in line and '"status": 503' not in line]


def test_the_administrators_pages_show_no_contents(world: World, browser):
    administrator = browser(world.cast.administrator)
    for model in admin.site._registry:
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages = [reverse(f"{place}_changelist")]
        pages += [reverse(f"{place}_change", args=[pk]) for pk in model._default_manager.values_list("pk", flat=True)]
        for page in pages:
            shown = administrator.client.get(page)
            assert shown.status_code == 200, page
            assert SECRET not in _text(shown)
            assert OWN_WORDS not in _text(shown)


def test_a_replaced_city_loses_access_with_that_request(world: World, browser):
    before, mentor = browser(world.cast.mentee), browser(world.cast.mentor)
    assert before.status("conversations:conversation", world.conversation.pk) == 200
    successor = _replace_mentee(world)

    assert before.status("overview:partnership", world.partnership.pk) == 404
    assert before.status("conversations:conversation", world.conversation.pk) == 404
    assert before.pages_with(SECRET) == []
    assert mentor.status("conversations:conversation", world.conversation.pk) == 200
    after = browser(successor)
    assert after.status("overview:partnership", world.partnership.pk) == 200
    assert after.pages_with(SECRET) == []
    assert after.pages_with(OWN_WORDS) == []


def test_what_a_replaced_city_wrote_stays_its_own(world: World, browser):
    before = browser(world.cast.mentee)
    successor = browser(_replace_mentee(world))
    assert before.status("assessments:form", world.response.pk) == 200
    for name, pk in (
        ("assessments:form", world.response.pk),
        ("action_plans:plan", world.plan.pk),
        ("action_plans:version", world.plan_version.pk),
        ("conversations:conversation", world.plan_conversation.pk),
        ("conversations:conversation", world.group_conversation.pk),
    ):
        assert successor.status(name, pk) == 404, name
    assert world.plan_version.__class__.objects.get(pk=world.plan_version.pk).plan.city.name == "Riverton"


def test_what_was_recalled_is_closed(world: World, browser):
    mentor, association = browser(world.cast.mentor), browser(world.cast.mentee_association)
    assert mentor.status("assessments:version", world.version.pk) == 200
    recall(version=world.version, by=world.cast.mentee)
    recall(version=world.plan_version, team=world.teams["mentor"], by=world.cast.mentee)
    for name, pk in (
        ("assessments:version", world.version.pk),
        ("assessments:read", world.response.pk),
        ("action_plans:plan", world.plan.pk),
        ("action_plans:version", world.plan_version.pk),
    ):
        assert mentor.status(name, pk) == 404, name
    # What the cities said to each other about it stays theirs.
    assert mentor.status("conversations:conversation", world.conversation.pk) == 200
    assert association.status("action_plans:version", world.plan_version.pk) == 200


def test_a_resting_group_reads_nothing(world: World, browser):
    member = browser(world.cast.group_member)
    places = (
        ("action_plans:plan", world.plan.pk),
        ("action_plans:version", world.plan_version.pk),
        ("conversations:conversation", world.group_conversation.pk),
    )
    assert [member.status(*place) for place in places] == [200, 200, 200]
    rest_group(group=world.group, by=world.cast.mentee)
    assert [member.status(*place) for place in places] == [404, 404, 404]


def test_who_left_the_team_reads_nothing(world: World, browser):
    left = browser(world.cast.mentee)
    member = world.teams["mentee"].members.get(ended_on=None)
    end_member(member=member, by=world.cast.coordinator)
    assert left.pages_with(SECRET) == []
    assert left.pages_with(OWN_WORDS) == []
    assert left.status("partnerships:people", world.programme.pk) == 404


def test_a_facilitator_who_may_write_still_reads_no_conversation(world: World, browser):
    facilitator = browser(world.cast.facilitator)
    assert facilitator.pages_with(OWN_WORDS) == []
    allow_facilitator(team=world.teams["mentee"], allowed=True, by=world.cast.mentee)
    assert facilitator.pages_with(OWN_WORDS)
    assert facilitator.pages_with(SECRET) == []
    allow_facilitator(team=world.teams["mentee"], allowed=False, by=world.cast.mentee)
    assert facilitator.pages_with(OWN_WORDS) == []


def _replace_mentee(world: World) -> User:
    """Newtown takes Riverton's part; the answer is its officer."""
    user = next(iter(staging.users("successor")))
    team = staging.enrolled(world.programme, staging.city("Newtown"), "mentee", by=world.cast.coordinator)
    staging.join(user, team)
    old = world.partnership.current_in("mentee")[0]
    replace_participation(old=old, team=team, reason="Elections.", by=world.cast.coordinator)
    return user
