"""Words that lie where only some may read them, who these are, and every way to ask whether somebody does.

A new kind of text (notes of one team, visits, …) is one more `Canary` here: where it stands, who reads it at first,
and what its selector says. `test_canaries.py` holds that its readers meet it, so that no probe goes blind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import rules
from django.test import Client
from django.utils import translation

from programmes.accounts.models import User
from programmes.action_plans.boundary import plans_written_by
from programmes.action_plans.boundary import versions_visible_to as plan_versions_visible_to
from programmes.action_plans.models import Cell
from programmes.assessments.boundary import readable_sections
from programmes.assessments.boundary import versions_visible_to as shared_versions_visible_to
from programmes.assessments.models import Answer, Part, Response, Section
from programmes.assessments.rules import SectionOf
from programmes.assessments.services.answers import save_answer
from programmes.common.access import Access
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.groups.boundary import askings_visible_to
from programmes.conversations.groups.services import ask
from programmes.conversations.models import Conversation
from programmes.conversations.services import begin, note
from programmes.notices.letters import text_of
from programmes.notices.models import Mail
from programmes.overview import digests, notices
from programmes.overview.calendar import dates_for
from programmes.participants.models import Figure, Organisation
from programmes.partnerships.enums import Addressees
from programmes.partnerships.selectors.letters import letters_visible_to
from programmes.partnerships.services.letters import write
from programmes.practices.boundary import judgement_versions_visible_to, judgements_kept_by, practices_kept_by
from programmes.practices.boundary import versions_visible_to as practice_versions_visible_to
from programmes.practices.enums import Audience
from programmes.practices.models import Practice
from programmes.practices.services import describe, offer
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests.cast import JUDGED, NOT_OFFERED, NOT_TOLD, OWN_WORDS, SECRET, World

from .acting import address, look, reading

GROUP = "group"
"""Stands for the local support group among the readers, beside the names of `World.teams`."""


@dataclass
class Canary:
    """`readers` are names of `World.teams`, or GROUP; the machine adds whom these let read."""

    mark: str
    readers: set[str]
    met: Callable[[Access], bool]
    pages: list[str] = field(default_factory=list)


def lay(world: World) -> dict[str, Canary]:
    """Put words where the world has none yet, and tell of all of them."""
    told = _in_practices(world) | _in_a_letter(world)
    return _in_forms(world) | _in_plan(world) | _in_conversations(world) | told


def _in_forms(world: World) -> dict[str, Canary]:
    needs, context = world.response, world.context
    alike = Part.objects.get(key="typicality.alike", question__section__version=needs.questionnaire_version)
    words = {"value": "Larkspur-5512", "language": "en"}  # with its history, as whoever comes later is asked about
    save_answer(response=needs, part=alike, base=0, access=Access(world.cast.mentee_association), **words)
    Answer.objects.create(response=context, part_key="national.powers", value="Columbine-8820", revision=1)
    riverton = world.teams["mentee"].enrolment.organisation
    _unpublished_figure(needs, riverton)
    given = {"mentee", "mentor", "mentee_association", "facilitator", "coordinator"}
    return {
        "draft": _draft(needs, "challenge", "challenge.why", OWN_WORDS, "mentee"),
        "the association's draft": _draft(
            needs, "typicality", "typicality.alike", "Larkspur-5512", "mentee_association"
        ),
        "context": _draft(context, "national", "national.powers", "Columbine-8820", "mentee_association"),
        "figure": Canary(
            "Meadowsweet register",
            {"mentee"},
            _writers(needs, "local"),
            [f"{address('assessments:form', [needs.pk])}?section=local", riverton.get_absolute_url()],
        ),
        "shared version": Canary(
            "Courses end at A2",
            given,
            lambda access: (
                shared_versions_visible_to(access).filter(pk=world.version.pk).exists()
                and bool(readable_sections(access, world.version))
            ),
            [address("assessments:version", [world.version.pk]), address("assessments:read", [needs.pk])],
        ),
    }


def _unpublished_figure(response: Response, city: Organisation) -> None:
    """Typed in a form that was not shared, and waiting for that in the directory."""
    typed = {"year": 2024, "source": "Meadowsweet register"}
    value = {"state": "known", "value": "48151"} | typed
    Answer.objects.create(response=response, part_key="local.inhabitants", value=value, revision=1)
    Figure.objects.create(city=city, indicator="inhabitants", value=48151, published=False, **typed)


def _draft(response: Response, section: str, part: str, mark: str, owner: str) -> Canary:
    form = address("assessments:form", [response.pk])
    pages = [f"{form}?section={section}", address("assessments:history", [response.pk, part])]
    return Canary(mark, {owner}, _writers(response, section), pages)


def _writers(response: Response, section: str) -> Callable[[Access], bool]:
    """Drafts are read by those who write them."""
    row = Section.objects.get(version=response.questionnaire_version, key=section)
    return lambda access: rules.has_perm("assessments.write_section", access, SectionOf(response, row))


def _in_plan(world: World) -> dict[str, Canary]:
    Cell.objects.create(action=world.action, column_key="results", value="Delphinium-3071", revision=1)
    plan, version = address("action_plans:plan", [world.plan.pk]), world.plan_version
    return {
        "cell": Canary(
            "Delphinium-3071",
            {"mentee"},
            lambda access: plans_written_by(access).filter(pk=world.plan.pk).exists(),
            [plan, address("action_plans:history", [world.action.pk, "results"])],
        ),
        "plan version": Canary(
            "Open a language café",
            {"mentee", "mentor", "mentee_association", GROUP},
            lambda access: plan_versions_visible_to(access).filter(pk=version.pk).exists(),
            [address("action_plans:version", [version.pk]), plan],
        ),
    }


def _in_practices(world: World) -> dict[str, Canary]:
    partners = world.teams["mentor"]
    plain = describe(team=partners, by=world.cast.mentor, title="Betony-2917", place="The quay", language="en")
    near = describe(
        team=partners, by=world.cast.mentor, title="Lunch", place="The quay", summary="Campion-6635", language="en"
    )
    offer(practice=near, audience=Audience.PARTNERSHIP, by=world.cast.mentor, partnership=world.partnership)
    practice, judgement = world.practice, world.judgement
    page, library = address("practices:practice", [practice.pk]), address("practices:library")
    judged, shared = judgement.get_absolute_url(), address("practices:judgement_version", [world.judgement_version.pk])
    together = {"mentee", "mentor", "mentee_association", "mentor_association", "facilitator"}
    return {
        "draft practice": Canary(
            "Betony-2917", {"mentor"}, _keeps_practice(plain), [plain.get_absolute_url(), address("practices:own")]
        ),
        "practice gone on writing": Canary(NOT_OFFERED, {"mentor"}, _keeps_practice(practice), [page]),
        "practice for a partnership": Canary(
            "Campion-6635",
            together,
            lambda access: practice_versions_visible_to(access).filter(practice=near).exists(),
            [near.address_for_reading, library],
        ),
        "judgement": Canary(
            NOT_TOLD,
            {"mentee"},
            lambda access: judgements_kept_by(access).filter(pk=judgement.pk).exists(),
            [judged, address("practices:answer_history", [judgement.pk, "agree"])],
        ),
        "shared judgement": Canary(
            JUDGED,
            {"mentee", "mentor"},
            lambda access: judgement_versions_visible_to(access).filter(pk=world.judgement_version.pk).exists(),
            [shared, judged, world.practice.address_for_reading],
        ),
    }


def _keeps_practice(practice: Practice) -> Callable[[Access], bool]:
    return lambda access: practices_kept_by(access).filter(pk=practice.pk).exists()


def _in_conversations(world: World) -> dict[str, Canary]:
    other = begin(
        sides=world.other_partnership.current_in("mentee", "mentor"),
        text="Has Speedwell-6140 a waiting list?",
        access=Access(world.cast.other_city),
    )
    own = note(
        side=world.partnership.current_in("mentor")[0],
        text="Gentian-4408: ask less.",
        access=Access(world.cast.mentor),
    )
    return {
        "conversation": _conversation(world.conversation, SECRET, {"mentee", "mentor"}),
        "another pair's": _conversation(other, "Speedwell-6140", {"other_city", "mentor"}),
        "suggestion": _conversation(
            world.plan_conversation, "Libraries would be glad", {"mentee", "mentor", "mentee_association"}
        ),
        "conversation with the group": _conversation(
            world.group_conversation, "Would evenings suit you", {"mentee", GROUP}
        ),
        "notes of one team": _conversation(own, "Gentian-4408", {"mentor"}),
        "asked of the group's members": _asked(world),
    }


def _in_a_letter(world: World) -> dict[str, Canary]:
    letter = write(
        programme=world.programme,
        partnership=world.partnership,
        to=Addressees.PAIR,
        subject="The academies",
        text="Bring what Saxifrage-2215 told you.",
        access=Access(world.cast.facilitator),
    )
    return {
        "letter": Canary(
            "Saxifrage-2215",
            {"mentee", "mentor", "facilitator"},
            lambda access: letters_visible_to(access).filter(pk=letter.pk).exists(),
            [address("partnerships:letter", [letter.pk])],
        )
    }


def _asked(world: World) -> Canary:
    """By links: with all answers it is read by the team that asked alone."""
    asking = ask(
        group=world.group, questions=["Is Snowdrop-3316 enough?"], days=14, by=world.cast.mentee, site="http://x/"
    )
    return Canary(
        "Snowdrop-3316",
        {"mentee"},
        lambda access: askings_visible_to(access).filter(pk=asking.pk).exists(),
        [address("conversations:asking", [asking.pk])],
    )


def _conversation(row: Conversation, mark: str, readers: set[str]) -> Canary:
    return Canary(
        mark,
        readers,
        lambda access: conversations_visible_to(access).filter(pk=row.pk).exists(),
        [address("conversations:conversation", [row.pk])],
    )


def pages_read_by(client: Client, canaries: dict[str, Canary], more: int) -> Iterator[tuple[str, str]]:
    """(address, text): where the canaries stand, then `more` pages that links lead to from My work on."""
    for url in {url for canary in canaries.values() for url in canary.pages if url}:
        yield url, look(client, url).text
    starts = [address("overview:my_work"), address("assessments:forms"), address("partnerships:programmes")]
    for page in reading(client, starts, more):
        yield page.url, page.text


def documents_of(user: User) -> Iterator[tuple[str, str]]:
    """(kind, text) of every document that the person could ask for."""
    for builder in BUILDERS.values():
        for subject in builder.visible_to(Access(user)).values_list("pk", flat=True):
            with translation.override("en"):
                yield builder.kind, repr(builder.gather(subject, DocumentOptions("en", reader=Access(user))))


def mails_of(user: User) -> Iterator[tuple[str, str]]:
    """(kind, text) of every mail to this person whose words are not written yet, and of a digest sent now."""
    mails = [*Mail.objects.filter(person=user.person), digests.digest_for(user.person, "now")]
    for kind in notices.MAILS:
        for letter in kind.letters([mail for mail in mails if mail.kind == kind.key]).values():
            yield f"mail {kind.key}", text_of(letter)


def met_by(user: User, client: Client, canaries: dict[str, Canary], more: int = 15) -> dict[str, str]:
    """Which canaries this account meets, and where first: in the selectors' answers, a page, a document or a mail."""
    access = Access(user)
    found = {name: "selector" for name, canary in canaries.items() if canary.met(access)}
    feed = ("calendar feed", repr(dates_for(access)))
    for place, text in [*pages_read_by(client, canaries, more), *documents_of(user), *mails_of(user), feed]:
        for name, canary in canaries.items():
            if canary.mark in text:
                found.setdefault(name, place)
    return found
