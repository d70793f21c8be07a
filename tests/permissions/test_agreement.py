"""What a list shows and what a page lets in are the same: `x_visible_to` and the rule, for every row and everybody."""

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import rules
from django.apps import apps
from django.utils import timezone
from rules.permissions import permissions

from programmes.accounts.selectors import outbox_messages_visible_to
from programmes.action_plans import boundary as plans
from programmes.action_plans.services import freeze
from programmes.assessments import boundary as forms
from programmes.assessments.services.sharing import share
from programmes.benchmarks import boundary as benchmarks
from programmes.common.access import Access
from programmes.common.prepared import prepared
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.enums import OpenedTo
from programmes.conversations.groups.boundary import answers_taken_up_by, askings_changed_by, askings_visible_to
from programmes.conversations.groups.services import answer, ask
from programmes.conversations.services import consent
from programmes.links.selectors import links_visible_to
from programmes.participants.selectors import organisations_visible_to
from programmes.partnerships import selectors
from programmes.partnerships.models import SupportGroupMember
from programmes.partnerships.selectors.dates import stage_dates_visible_to
from programmes.partnerships.selectors.letters import letters_visible_to
from programmes.partnerships.services.seat_links import invite_by_link
from programmes.partnerships.views.invitations import seats_visible_to
from programmes.partnerships.views.programmes import stages_visible_to, themes_visible_to
from programmes.practices import boundary as practices
from programmes.practices.selectors import booklets_visible_to
from programmes.practices.services import make_booklet
from programmes.reports.registry import DocumentOptions
from programmes.reports.selectors import documents_visible_to
from programmes.reports.services import request_document
from programmes.sharing.services import recall
from tests.cast import ROLES, SITE, World

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Agreement:
    """A selector, and the rules that let in exactly the rows it shows; `asked` is what the rule is asked about."""

    selector: Callable[[Any], Any]
    perms: tuple[str, ...]
    asked: Callable[[Any], Any] = lambda row: row


def _programme(part):
    return part.programme


AGREEMENTS = [
    Agreement(organisations_visible_to, ("participants.view_organisation",)),
    Agreement(selectors.programmes_visible_to, ("partnerships.view_programme", "overview.view_board")),
    Agreement(selectors.partnerships_visible_to, ("partnerships.view_partnership", "overview.view_partnership")),
    Agreement(selectors.enrolments_visible_to, ("partnerships.view_enrolment",)),
    Agreement(selectors.teams_visible_to, ("partnerships.view_team",)),
    Agreement(selectors.members_visible_to, ("partnerships.view_team",), lambda row: row.team),
    Agreement(selectors.backings_visible_to, ("partnerships.view_enrolment",), lambda row: row.enrolment),
    Agreement(selectors.participations_visible_to, ("partnerships.view_partnership",), lambda row: row.partnership),
    Agreement(stages_visible_to, ("partnerships.view_programme",), _programme),
    Agreement(themes_visible_to, ("partnerships.view_programme",), _programme),
    Agreement(selectors.support_groups_visible_to, ("partnerships.view_support_group",)),
    Agreement(seats_visible_to, ("partnerships.invite_seat",)),
    Agreement(conversations_visible_to, ("conversations.view_conversation",)),
    Agreement(askings_visible_to, ("conversations.view_asking",)),
    Agreement(askings_changed_by, ("conversations.change_asking",)),
    Agreement(answers_taken_up_by, ("conversations.take_up",)),
    Agreement(links_visible_to, ("links.manage_link",)),
    Agreement(benchmarks.versions_visible_to, ("benchmarks.view_version",)),
    Agreement(forms.responses_visible_to, ("assessments.view_response",)),
    Agreement(forms.versions_visible_to, ("assessments.view_version",)),
    Agreement(forms.needs_visible_to, ("assessments.view_need",)),
    Agreement(plans.plans_visible_to, ("action_plans.view_plan",)),
    Agreement(plans.versions_visible_to, ("action_plans.view_version",)),
    Agreement(booklets_visible_to, ("practices.view_booklet",)),
    Agreement(practices.judgement_versions_visible_to, ("practices.view_judgement_version",)),
    Agreement(documents_visible_to, ("reports.view_document", "reports.renew_document")),
]

WRITTEN = (plans.plans_written_by, plans.plans_kept_by, forms.responses_written_by, forms.grants_to, plans.grants_to)
"""Further selectors that stand in prepared queries. Of documents nothing does: theirs reads which kinds there are."""

WITHOUT_RULE = {
    stage_dates_visible_to: "a support group sees dates of partnerships that it does not see; the table has its file",
    selectors.invitations_visible_to: "one sees some that one may not manage; the table has both",
    selectors.prepared_visible_to: "the coordinator sees whom only the team may invite; the table has both",
    selectors.reopenings_visible_to: "the coordinator sees what only another organisation confirms; the table has both",
    forms.help_visible_to: "stands beside needs, has no page; the would-be mentor's word is tested with the needs",
    practices.versions_visible_to: "its page is the library's, for whoever an offer lets read; the table has it",
    letters_visible_to: "whoever got or wrote one sees it and can do no more; the table has its page",
    outbox_messages_visible_to: "its rule is about the outbox as a whole",
}
WITHOUT_SELECTOR = {
    "partnerships.view_team_history": "asked about a team, which more people see than its history; the table has it",
    "accounts.view_outbox": "asked about no row; the table has both settings",
}


@pytest.fixture
def busy_world(world: World) -> World:
    """More rows of the kinds that are dear: opened, recalled, ended, asked for."""
    cast = world.cast
    for user in (cast.mentee, cast.mentor):
        consent(conversation=world.conversation, to=OpenedTo.FACILITATOR, agree=True, access=Access(user))
    readers = [world.teams["mentor"], world.teams["coordinator"]]
    later = share(response=world.response, section_keys=["challenge"], teams=readers, access=Access(cast.mentee))
    recall(version=later, by=cast.mentee, team=world.teams["mentor"])
    freeze(plan=world.plan, name="Only ours", by=cast.mentee)
    make_booklet(title="For the council", practices=[world.practice], by=cast.mentee)
    for by in (cast.mentee, cast.mentor):
        request_document(
            kind="action-plan",
            subject_id=world.plan.pk,
            file_format="pdf",
            options=DocumentOptions("en"),
            access=Access(by),
        )
    other = world.other_partnership
    other.participations.filter(role="facilitator").update(ended_on=timezone.localdate(), ended_by=cast.coordinator)
    seat = SupportGroupMember.objects.create(group=world.group, name="Tenants’ union", sector="residents")
    invite_by_link(group=world.group, seats={seat.pk: ""}, language="en", days=30, by=cast.mentee, site=SITE)
    asking = ask(group=world.group, questions=["What is missing?"], days=14, by=cast.mentee, site=SITE)
    texts, person = {asking.questions.get().pk: "Courses"}, cast.group_member.person
    answer(asking=asking, seat=world.seat, person=person, texts=texts, as_group=False, by_link=True)
    return world


@pytest.mark.parametrize("role", ROLES)
def test_selector_and_rule_agree(busy_world: World, role: str):
    user = busy_world.cast.everybody()[role]
    wrong = [line for agreement in AGREEMENTS for line in _disagreements(agreement, user)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "selector", [*(row.selector for row in AGREEMENTS if row.selector != documents_visible_to), *WRITTEN]
)
def test_what_is_prepared_for_a_sort_of_people_shows_each_of_them_the_same(busy_world: World, selector):
    """`prepared` sees no person, only of which sort they are: nobody gets the rows of whoever came first."""
    asked = prepared(selector)
    for role, user in busy_world.cast.everybody().items():
        shown = {row.pk for row in asked(Access(user))}
        assert shown == set(selector(Access(user)).values_list("pk", flat=True)), role


def _disagreements(agreement: Agreement, user) -> Iterator[str]:
    rows = agreement.selector(Access(user))
    shown = set(rows.values_list("pk", flat=True))
    for row in rows.model._default_manager.all():
        for perm in agreement.perms:
            let_in = rules.has_perm(perm, Access(user), agreement.asked(row))
            if let_in != (row.pk in shown):
                yield f"{perm} of {row!r}: {'let in, though not shown' if let_in else 'shown'}"


def test_each_of_these_rules_keeps_somebody_out(busy_world: World):
    """A rule that says yes to everybody would disagree with its selector, so that taking it away fails a test."""
    for agreement in AGREEMENTS:
        rows = agreement.selector(Access(busy_world.cast.mentee)).model._default_manager.count()
        shown = [agreement.selector(Access(user)).count() for user in busy_world.cast.everybody().values()]
        assert max(shown) > 0, agreement
        assert min(shown) < rows, agreement


def test_every_selector_and_every_rule_about_seeing_has_its_counterpart():
    known = {agreement.selector for agreement in AGREEMENTS} | set(WITHOUT_RULE)
    named = {function for name, function in _functions() if name.endswith("_visible_to") and name[0] != "_"}
    assert {f"{function.__module__}.{function.__name__}" for function in named - known} == set()
    asked = {perm for agreement in AGREEMENTS for perm in agreement.perms} | set(WITHOUT_SELECTOR)
    assert {perm for perm in permissions if perm.partition(".")[2].startswith("view_")} <= asked


def _functions():
    labels = [config.name for config in apps.get_app_configs() if config.name.startswith("programmes.")]
    for name, module in list(sys.modules.items()):
        if name.startswith(tuple(f"{label}." for label in labels)):
            yield from inspect.getmembers(module, inspect.isfunction)
