"""What one version says otherwise than another, and who may ask."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from programmes.action_plans import services as plans
from programmes.action_plans.models import Cell
from programmes.assessments.enums import NEEDS_SECTION
from programmes.assessments.models import Part
from programmes.assessments.services.answers import save_answer
from programmes.assessments.services.needs import add_need
from programmes.assessments.services.sharing import share
from programmes.common.access import Access
from programmes.sharing.comparison import Entry, Topic, compare
from programmes.sharing.services import recall

ADDED, REMOVED = ("<ins><span", "<del><span")


def topic(key, *entries):
    return Topic(key, f"Topic {key}", [Entry(name, name, words) for name, words in entries])


def test_only_what_differs_is_told_word_by_word():
    old = [topic("a", ("first", "Courses end at A2"), ("second", "Nobody practises"))]
    new = [topic("a", ("first", "Courses end at B1"), ("second", "Nobody practises"))]
    (found,) = compare(old, new)
    (change,) = found.changes
    assert (found.state, change.title) == ("changed", "first")
    assert change.text.startswith("Courses end at <del>")
    assert "A2</del><ins>" in change.text
    assert change.text.endswith("B1</ins>")


def test_lists_are_compared_item_by_item():
    old = [topic("a", ("list", ("one", "two", "three")))]
    new = [topic("a", ("list", ("one", "three", "four")))]
    items = compare(old, new)[0].changes[0].items
    assert [(REMOVED in item, ADDED in item) for item in items] == [
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]


def test_topics_come_and_go_in_the_order_of_the_newer_version():
    old = [topic("gone", ("x", "1")), topic("kept", ("x", "1"))]
    new = [topic("new", ("x", "")), topic("kept", ("x", "1"))]
    assert [(found.title, found.state) for found in compare(old, new)] == [
        ("Topic new", "added"),
        ("Topic gone", "removed"),
    ]


def test_a_text_that_was_not_asked_and_one_not_written_are_the_same():
    assert compare([topic("a", ("x", ""))], [topic("a")]) == []


def test_words_are_escaped():
    old = [topic("a", ("text", "<b>"), ("list", ("<b>", "same")))]
    new = [topic("a", ("text", "<i>"), ("list", ("<i>", "same")))]
    text, listed = compare(old, new)[0].changes
    for shown in (text.text, *listed.items):
        assert "<b>" not in shown
        assert "<i>" not in shown
    assert "&lt;" in text.text


@pytest.fixture
def page(world):
    """The comparison as one of the cast finds it; its status where there is none."""

    def get(role, kind, version, other=None):
        client = Client()
        client.force_login(getattr(world.cast, role), backend="django.contrib.auth.backends.ModelBackend")
        query = f"?{urlencode({'with': other})}" if other is not None else ""
        reply = client.get(reverse(f"{kind}:compare", args=[version.pk]) + query)
        return reply.content.decode() if reply.status_code == 200 else reply.status_code

    return get


@pytest.fixture
def later(world):
    """The needs analysis once more, with other words, a need more and one section more, for the mentor alone."""
    part = Part.objects.get(key="challenge.what", question__section__version=world.response.questionnaire_version)
    words = "Courses end at B1 and nobody practises."
    save_answer(
        response=world.response, part=part, base=1, value=words, access=Access(world.cast.mentee), language="en"
    )
    add_need(response=world.response, access=Access(world.cast.mentee), title="Rooms in the evening", kind="gap")
    keys, readers = ["challenge", "local", NEEDS_SECTION], [world.teams["mentor"]]
    return share(response=world.response, section_keys=keys, teams=readers, access=Access(world.cast.mentee))


def test_two_versions_of_a_form(world, later, page):
    found = page("mentor", "assessments", later)
    assert "A2</del>" in found
    assert "B1</ins>" in found
    assert "Rooms in the evening" in found
    assert "Places to practise" not in found, "a need that stayed as it was"
    assert "Not compared" in found
    assert page("mentor", "assessments", world.version, later.pk).count("B1</ins>") == 1


def test_the_version_leads_to_what_changed(world, later):
    client = Client()
    client.force_login(world.cast.mentor, backend="django.contrib.auth.backends.ModelBackend")
    found = client.get(reverse("assessments:version", args=[later.pk])).content.decode()
    assert reverse("assessments:compare", args=[later.pk]) in found


def test_nobody_compares_with_what_they_may_not_read(world, later, page):
    assert page("mentee_association", "assessments", later) == 404
    assert page("mentee_association", "assessments", world.version, later.pk) == 404
    assert "B1" not in page("mentee_association", "assessments", world.version)
    assert page("mentor", "assessments", later, "x") == 404
    recall(version=later, by=world.cast.mentee, section_key="challenge")
    found = page("mentor", "assessments", later)
    assert "B1" not in found
    assert "Rooms in the evening" in found


def test_two_versions_of_a_plan(world, page):
    Cell.objects.filter(pk=world.cell.pk).update(value="Open two language cafés")
    added = plans.add_action(plan=world.plan, by=world.cast.mentee)
    Cell.objects.create(action=added, column_key="what", value="Train volunteers")
    later = plans.freeze(plan=world.plan, name="Second list", by=world.cast.mentee)
    found = page("mentee", "action_plans", later)
    assert "two</ins> language" in found
    assert "Train volunteers</ins>" in found
    assert "Learning Latvian together</ins>" not in found
    assert page("mentor", "action_plans", world.plan_version, later.pk) == 404
    assert "no other version" in page("mentor", "action_plans", world.plan_version)
    plans.share(version=later, teams=[world.teams["mentor"]], groups=[], by=world.cast.mentee)
    assert "Train volunteers" in page("mentor", "action_plans", later)
