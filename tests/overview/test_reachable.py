"""Every page is reached by clicks: whoever signs in follows links and forms from the first page on."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

from django.test import Client, override_settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils import timezone

from programmes.accounts.models import Person
from programmes.accounts.services import ask_for_erasure
from programmes.action_plans.models import Cell, Plan
from programmes.action_plans.services import add_action, freeze, remove_action, save_cell
from programmes.assessments.models import Part, QuestionnaireVersion
from programmes.assessments.services.answers import save_answer
from programmes.assessments.services.sharing import share
from programmes.benchmarks.services import structure
from programmes.benchmarks.services import versions as benchmarks
from programmes.benchmarks.tools import BENCHMARK
from programmes.common.access import Access
from programmes.conversations import services as conversations
from programmes.partnerships.models import Programme, SupportGroup, SupportGroupMember, Team, TeamOffice
from programmes.partnerships.services.backings import back
from programmes.partnerships.services.partnerships import choose_tools, create_partnership, end_partnership
from programmes.partnerships.services.stages import add_own_stage
from programmes.partnerships.services.succession import ask_to_reopen
from programmes.partnerships.services.support_groups import rest_group
from programmes.partnerships.services.teams import end_member
from programmes.reports.models import Document
from programmes.reports.registry import DocumentOptions
from programmes.reports.services import request_document
from tests import staging
from tests.cast import World

OURS = {
    "overview",
    "reports",
    "action_plans",
    "assessments",
    "benchmarks",
    "partnerships",
    "participants",
    "accounts",
    "common",
}
FOLLOWED = OURS | {"practices"}
"""The library leads on to benchmarks; its own pages need more than this world has done."""

POINTERS = re.compile(r'(?:href|src|action|formaction|hx-get|hx-post|data-presence|data-order-url)="(/[^"]*)"')
ENOUGH = 12
"""Pages of one kind that one person looks at."""

NOT_BY_CLICKS = {
    "accounts:csrf": "asked for by scripts that save",
    "accounts:kept": "offered when a form came after its sign-in had ended",
    "accounts:outbox_message": "a mail of the outbox, empty in this world",
    "accounts:outbox_picture": "a mail of the outbox, empty in this world",
    "assessments:conversation": "in My work, while an answer is waited for",
    "overview:demo_digests": "in the outbox of the demo alone",
    "overview:left_reader": "in My work, when somebody with whom one shared has left",
    "overview:start": "where signing in leads to",
    "overview:waiting_number": "fetched by a page that does not know the number; My work, seen first, remembers it",
    "partnerships:prepared": "after a list of organisations was confirmed",
    "partnerships:prepared_all": "after a list of organisations was confirmed",
    "partnerships:prepared_discard": "after a list of organisations was confirmed",
    "partnerships:prepared_invite": "after a list of organisations was confirmed",
    "overview:calendar_feed": "asked for by calendars, at the address of whoever made one",
    "partnerships:date_file": "beside an agreed day to come, of which there is none in this world",
    "partnerships:invitation": "the link in a mail",
    "partnerships:letter": "in the history of a partnership, once somebody wrote a letter",
    "partnerships:office_confirm": "the link in a mail",
    "partnerships:office_open": "the link in a mail",
    "partnerships:stage_restore": "beside a stage that is out of use",
    "partnerships:reopening_object": "the link in a mail, and in My work of a former member",
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
    written = {"base_value": "", "access": Access(mentee)}
    cell = Cell.objects.create(action=world.action, column_key="results")
    save_cell(cell=cell, base=0, value="Neviens negaida.", **written)
    Plan.objects.filter(pk=world.plan.pk).update(language="lv")
    latvian = {"language": "lv", "value": "Kursi beidzas pārāk agri.", "access": Access(mentee)}
    part = Part.objects.get(key="challenge.impact", question__section__version=world.response.questionnaire_version)
    save_answer(response=world.response, part=part, base=0, **latvian)
    SupportGroupMember.objects.create(group=world.group, name="Head of the library")
    by_link = Person.objects.create(name="Anna Liepa")
    SupportGroupMember.objects.create(group=world.group, name="Anna Liepa", person=by_link)
    share(
        response=world.response,
        section_keys=["challenge"],
        teams=[],
        groups=[world.group],
        access=Access(mentee),
    )
    resting = SupportGroup.objects.create(team=world.teams["mentor"], city=world.teams["mentor"].enrolment.organisation)
    rest_group(group=resting, by=world.cast.mentor)
    empty_teams(world)
    versions_to_compare(world)
    benchmark_in_the_making(world)
    add_own_stage(partnership=world.partnership, title={"en": "Evaluation"}, by=mentee)
    back(
        enrolment=world.teams["mentee"].enrolment,
        association=world.teams["mentor_association"].enrolment.organisation,
        by=coordinator,
    )
    staging.enrolled(world.other_programme, world.group.city, "mentee", by=world.cast.administrator)
    strengths = world.strengths.questionnaire_version
    QuestionnaireVersion.objects.create(
        questionnaire=strengths.questionnaire, number=strengths.number + 1, published_at=timezone.now()
    )
    conversations.resolve(conversation=world.conversation, access=Access(mentee))
    end_partnership(partnership=world.other_partnership, by=coordinator)
    Programme.objects.filter(pk=world.programme.pk).update(emblem="emblem.png", logo="logo.png")
    for language, file_format, state in (("en", "pdf", {}), ("es", "pdf", READY), ("en", "docx", FAILED)):
        about = {
            "kind": "action-plan",
            "subject_id": world.plan.pk,
            "file_format": file_format,
            "access": Access(mentee),
        }
        document = request_document(options=DocumentOptions(language=language), **about)
        Document.objects.filter(pk=document.pk).update(**state)


def benchmark_in_the_making(world: World) -> None:
    """Examples and factors that are there and that were taken out, and another benchmark that is published."""
    by, draft = world.cast.facilitator, world.benchmark
    examples = [structure.add_example(factor=world.factor, by=by) for _time in range(2)]
    structure.remove(place=examples[0], version=draft, by=by)
    gone = structure.add_factor(version=draft, title="Too much", by=by)
    structure.remove(place=gone, version=draft, by=by)
    other = benchmarks.begin(programme=world.programme, title="Work", languages=["en"], by=by)
    structure.add_factor(version=other, title="Time to learn", by=by)
    benchmarks.publish(version=other, by=by)
    tools = {*world.partnership.tools_used.split(), BENCHMARK.key}
    choose_tools(partnership=world.partnership, tools=tools, by=world.cast.mentee)


def empty_teams(world: World) -> None:
    """One that a partner may open again and that has an office, one that nobody can open."""
    coordinator, by = world.cast.coordinator, world.cast.administrator
    paired, alone = (
        staging.enrolled(world.programme, staging.city(name), "mentee", by=by) for name in ("Pairtown", "Lonetown")
    )
    cities = {"mentee": [paired], "mentor": [world.teams["mentor"]]}
    theme = world.partnership.theme
    create_partnership(programme=world.programme, theme=theme, cities=cities, facilitator=None, by=coordinator)
    for number, team in enumerate((paired, alone)):
        (last,) = staging.users(f"last_{number}")
        end_member(member=staging.join(last, team), by=last)
    office = {"post": "Town clerk", "email": "clerk@example.org", "confirmed_at": timezone.now(), "named_by": last}
    TeamOffice.objects.create(team=paired, **office)
    named = {"name": "Newcomer", "email": "newcomer@example.org", "language": "en"}
    ask_to_reopen(team=Team.objects.get(pk=paired.pk), by=coordinator, **named)


def versions_to_compare(world: World) -> None:
    freeze(plan=world.plan, name="Second list", by=world.cast.mentee)
    readers = [world.teams["mentor"]]
    share(response=world.response, section_keys=["challenge"], teams=readers, access=Access(world.cast.mentee))


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
    return match.view_name if match.namespace in FOLLOWED else None


def pointers(client: Client, address: str) -> list[str]:
    answer = client.get(
        address, headers={"HX-Request": "true"} if address == "/partnerships/" or "/beside/" in address else None
    )
    if answer.status_code != 200 or answer.streaming or "html" not in answer.headers["Content-Type"]:
        return []
    return [unescape(found).partition("#")[0] for found in POINTERS.findall(answer.content.decode())]
