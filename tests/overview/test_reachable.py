"""Every page is reached by clicks: whoever signs in follows links and forms from the first page on."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

from django.test import Client, override_settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils import timezone

from programmes.accounts.services import ask_for_erasure
from programmes.action_plans.models import Cell, Plan
from programmes.action_plans.services import add_action, remove_action, save_cell
from programmes.assessments.models import Part
from programmes.assessments.services.answers import save_answer
from programmes.common.access import Access
from programmes.conversations import services as conversations
from programmes.partnerships.models import Programme, SupportGroup, SupportGroupMember
from programmes.partnerships.services.partnerships import end_partnership
from programmes.partnerships.services.support_groups import rest_group
from programmes.reports.models import Document
from programmes.reports.registry import Wish
from programmes.reports.services import request_document
from tests.cast import World

OURS = {"overview", "reports", "action_plans", "assessments", "partnerships", "participants", "accounts", "common"}
POINTERS = re.compile(r'(?:href|src|action|formaction|hx-get|hx-post|data-presence|data-order-url)="(/[^"]*)"')
ENOUGH = 12
"""Pages of one kind that one person looks at."""

NOT_BY_CLICKS = {
    "accounts:csrf": "asked for by scripts that save",
    "accounts:kept": "offered when a form came after its sign-in had ended",
    "accounts:outbox_message": "a mail of the outbox, empty in this world",
    "overview:start": "where signing in leads to",
    "partnerships:invitation": "the link in a mail",
}

READY = {"state": "ready", "content": None, "file": "plan.pdf", "ready_at": timezone.now()}
FAILED = {"state": "failed", "content": None, "error": "lost"}


def test_every_address_is_reached_by_somebody(world: World):
    prepare(world)
    people = [user for user in world.cast.everybody().values() if user.is_authenticated]
    reached = set().union(*(names_reached_by(user) for user in people))
    missing = addresses() - reached - set(NOT_BY_CLICKS)
    assert not missing, "\n".join(sorted(missing))


def test_what_is_excused_needs_the_excuse():
    assert set(NOT_BY_CLICKS) <= addresses()


def addresses() -> set[str]:
    found = set()
    for name, (_, resolver) in get_resolver().namespace_dict.items():
        if name in OURS:
            found |= {f"{name}:{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    return found


def prepare(world: World) -> None:
    """What stands on a page only once it has happened."""
    mentee, coordinator = world.cast.mentee, world.cast.coordinator
    ask_for_erasure(user=world.cast.former_member, by=world.cast.former_member)
    remove_action(action=add_action(plan=world.plan, by=mentee), by=mentee)
    written = {"base_value": "", "by": mentee, "on_behalf": False}
    cell = Cell.objects.create(action=world.action, column_key="results")
    save_cell(cell=cell, base=0, value="Neviens negaida.", **written)
    Plan.objects.filter(pk=world.plan.pk).update(language="lv")
    latvian = {"language": "lv", "value": "Kursi beidzas pārāk agri.", "by": mentee}
    part = Part.objects.get(key="challenge.impact", question__section__version=world.response.questionnaire_version)
    save_answer(response=world.response, part=part, base=0, **latvian)
    SupportGroupMember.objects.create(group=world.group, name="Head of the library")
    resting = SupportGroup.objects.create(team=world.teams["mentor"], city=world.teams["mentor"].enrolment.organisation)
    rest_group(group=resting, by=world.cast.mentor)
    conversations.resolve(conversation=world.conversation, access=Access(mentee))
    end_partnership(partnership=world.other_partnership, by=coordinator)
    Programme.objects.filter(pk=world.programme.pk).update(emblem="emblem.png", logo="logo.png")
    for language, file_format, state in (("en", "pdf", {}), ("es", "pdf", READY), ("en", "docx", FAILED)):
        about = {"kind": "action-plan", "subject_id": world.plan.pk, "file_format": file_format, "by": mentee}
        document = request_document(wish=Wish(language=language), **about)
        Document.objects.filter(pk=document.pk).update(**state)


def names_reached_by(user) -> set[str]:
    client, seen, reached, waiting = Client(), Counter(), set(), deque(["/"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    known = set(waiting)
    with override_settings(EMAIL_BACKEND="programmes.accounts.outbox.OutboxBackend"):
        while waiting:
            address = waiting.popleft()
            name = name_of(address)
            if name is None:
                continue
            reached.add(name)
            seen[name] += 1
            if seen[name] > ENOUGH:
                continue
            for pointer in pointers(client, address):
                if pointer not in known:
                    known.add(pointer)
                    waiting.append(pointer)
    return reached


def name_of(address: str) -> str | None:
    """The name of an address of ours; None for those of libraries and files."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return match.view_name if match.namespace in OURS else None


def pointers(client: Client, address: str) -> list[str]:
    answer = client.get(
        address, headers={"HX-Request": "true"} if "/mine/" in address or "/beside/" in address else None
    )
    if answer.status_code != 200 or answer.streaming or "html" not in answer.headers["Content-Type"]:
        return []
    return [unescape(found).partition("#")[0] for found in POINTERS.findall(answer.content.decode())]
