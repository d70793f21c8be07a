"""What the three kinds of document say, for whom."""

import re
from datetime import date

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from programmes.accounts.models import User
from programmes.action_plans.models import PlanGrant
from programmes.assessments.models import ShareGrant
from programmes.assessments.structure import newest_for
from programmes.common.access import Access
from programmes.conversations.services import begin
from programmes.reports import blocks
from programmes.reports.engines import docx, pdf
from programmes.reports.registry import BUILDERS, DocumentOptions, SubjectMissing
from tests.once import once

from . import scene as scenes

KINDS = ("needs-analysis", "strengths", "action-plan", "support-group")
MOST_BLANK_PAGES = {"needs-analysis": 5, "strengths": 4, "action-plan": 2, "support-group": 1}


scene = once(scenes.Scene)


@pytest.fixture
def response(scene):
    response = scene.response()
    scenes.answer(response, "challenge.what", "Too few places to **practise**.\n\n- cafés\n- libraries")
    scenes.answer(response, "challenge.learn", "Kā noturēt brīvprātīgos?", "lv", translation="How to keep volunteers?")
    scenes.answer(response, "local.inhabitants", {"state": "approximate", "value": "55000", "year": 2020})
    scenes.answer(response, "local.integration_budget", {"state": "not_known"})
    scenes.answer(response, "local.nationalities", ["Ukraine", "India"])
    scenes.answer(response, "local.definition", "foreign_born")
    scenes.need(response, "Places to practise", scene["mentee"].user)
    return response


def gather(kind, subject, language="en", **options):
    with translation.override(language):
        return BUILDERS[kind].gather(getattr(subject, "pk", subject), DocumentOptions(language, **options))


def words(content) -> str:
    """Everything the document says, as its HTML says it."""
    return pdf.html_of(content)


def test_the_kinds_are_known():
    assert set(KINDS) <= set(BUILDERS)


@pytest.mark.parametrize("kind", ["needs-analysis", "strengths"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_blank_form_asks_every_question(db, kind, language):
    content = gather(kind, 0, language, blank=True).content
    form = newest_for(None, BUILDERS[kind].purpose)
    numbers = {block.number for block in content.blocks if isinstance(block, blocks.Heading) and block.number}
    asked = {str(q.number) for section in form.sections.all() for q in section.questions.all() if q.number}
    assert numbers == asked
    assert len(asked) == (22 if kind == "needs-analysis" else 14)
    assert not re.search(r"{\w+}", words(content))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_blank_forms_print(db, kind, language):
    content = gather(kind, 0, language, blank=True).content
    made = pdf.make(content)
    assert made.data.startswith(b"%PDF")
    assert made.pages <= MOST_BLANK_PAGES[kind]
    assert docx.render(content).startswith(b"PK")


def test_blank_forms_have_lines_for_who_writes_and_say_who_answers(db):
    form = gather("needs-analysis", 0, blank=True).content
    (lines,) = (block for block in form.blocks if isinstance(block, blocks.Lines))
    assert lines.labels == ("City", "Association", "Written by", "Date")
    beside = [block.beside for block in form.blocks if isinstance(block, blocks.Heading) and block.level == 2]
    assert set(beside) == {"The city answers", "The association answers"}
    plan = gather("action-plan", 0, blank=True).content
    assert {"Title", "Mentee", "Mentor", "Association"} <= set(plan.blocks[0].labels)


def test_a_blank_form_of_a_programme_has_its_field_and_funder(scene, response):
    content = gather("needs-analysis", response, reader=Access(scene["mentee"].user), blank=True).content
    html = words(content)
    assert "the integration of migrants" in html
    assert "Co-funded by the European Union" in html
    assert "practise" not in html


def test_funding_is_told_in_the_language_of_the_document(scene, response):
    texts = words(gather("needs-analysis", response, "es").content)
    assert "Cofinanciado por la Unión Europea" in texts
    assert "Co-funded" not in texts
    assert "The views are those of the authors only." in texts  # nobody gave it in Spanish


def test_what_was_not_answered_is_one_line_per_question(scene, response):
    content = gather("needs-analysis", response, reader=Access(scene["mentee"].user)).content
    headings = {block.number: block.beside for block in content.blocks if isinstance(block, blocks.Heading)}
    assert (headings["1"], headings["3"]) == ("", "No answer yet")
    tables = [block for block in content.blocks if isinstance(block, blocks.Table) and block.style == "figures"]
    assert [len(table.rows) for table in tables] == [1, 1]
    lines = [block.text for block in content.blocks if isinstance(block, blocks.Unanswered)]
    assert any("b) Residents of migrant origin · c) Residents born abroad" in line for line in lines)
    assert not any("a) Inhabitants" in line for line in lines)
    labels = {block.text for block in content.blocks if isinstance(block, blocks.Paragraph) and block.style == "label"}
    assert not any("Main status groups" in label for label in labels)


def test_who_answers_stands_beside_each_section(scene, response):
    content = gather("needs-analysis", response, reader=Access(scene["mentee"].user)).content
    beside = [block.beside for block in content.blocks if isinstance(block, blocks.Heading) and block.level == 2]
    assert "Answered by Riverton" in beside
    assert "The association answers" in beside


def test_every_date_says_which_it_is(scene, response):
    plan = scene.plan()
    scenes.add_action(plan, what="An action")
    plan.date = date(2026, 10, 7)
    plan.save()
    version = scene.freeze(plan, "mentor")
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    frozen = gather("action-plan", plan, version=version.pk).content
    assert frozen.state == f"Version 1, First list · frozen on {today}"
    assert frozen.facts == (blocks.Fact("Date of the plan", "7 October 2026"),)
    assert gather("action-plan", plan).content.state == f"Working version · last changed on {today}"
    assert gather("needs-analysis", response).content.state == f"Working version · last changed on {today}"
    scene.share(response, ["challenge"], "mentor")
    shared = gather("needs-analysis", response, reader=Access(scene["mentor"].user)).content
    assert shared.state == f"Version 1, First draft · shared on {today}"
    scene.share(response, ["local"], "mentor")
    mixed = gather("needs-analysis", response, reader=Access(scene["mentor"].user)).content
    assert mixed.state == f"From several versions · shared on {today}"


def test_writers_get_their_texts_as_they_stand(scene, response):
    gathered = gather("needs-analysis", response, reader=Access(scene["mentee"].user))
    html = words(gathered.content)
    assert "Too few places to <strong>practise</strong>." in html
    assert '<div class="prose" lang="lv" dir="ltr"><p>Kā noturēt' in html
    assert "approximately 55,000" in html
    assert "not known" in html
    assert "No answer yet" in html
    assert "Places to practise" in html
    assert (gathered.content.mentee, gathered.content.mentor) == ("Riverton", "Harbourg")
    assert gathered.content.dated == timezone.localdate()


def test_the_working_language_is_printed_when_asked_and_says_so(scene, response):
    response.answers.filter(part_key="challenge.learn").update(
        revision=2, translation_of=1, translation_by=scene["mentee"].user
    )
    html = words(gather("needs-analysis", response, reader=Access(scene["mentee"].user), texts="working").content)
    assert "How to keep volunteers?" in html
    assert "Kā noturēt" not in html
    assert "Translated from this language: Latvian." in html
    assert "The original has changed since" in html


def test_another_city_reads_what_was_shared_and_no_more(scene, response):
    scene.share(response, ["challenge"], "mentor")
    response.answers.filter(part_key="challenge.what").update(value="Changed since, not shared")
    gathered = gather("needs-analysis", response, reader=Access(scene["mentor"].user))
    html = words(gathered.content)
    assert "Too few places" in html
    assert "Changed since" not in html
    assert "55,000" not in html
    assert "Places to practise" not in html
    assert "This part has not been shared." in html
    assert gathered.content.version == "Version 1, First draft"


def test_needs_are_printed_where_they_were_shared(scene, response):
    scene.share(response, ["needs"], "mentor")
    html = words(gather("needs-analysis", response, reader=Access(scene["mentor"].user)).content)
    assert "Places to practise" in html
    assert "Too few places" not in html


def test_whom_nothing_was_shared_with_gets_nothing(scene, response):
    for reader in (scene["mentor"].user, scene["other"].user, User.objects.create_superuser("admin@example.org", "x")):
        with pytest.raises(SubjectMissing):
            gather("needs-analysis", response, reader=Access(reader))
        assert not BUILDERS["needs-analysis"].visible_to(Access(reader)).exists()


def test_a_chosen_version_is_printed_as_it_was(scene, response):
    first = scene.share(response, ["challenge"], "mentor")
    response.answers.filter(part_key="challenge.what").update(value="The second text")
    scene.share(response, ["challenge"], "mentor")
    html = words(gather("needs-analysis", response, reader=Access(scene["mentor"].user), version=first.pk).content)
    assert "Too few places" in html
    assert "The second text" not in html
    with pytest.raises(SubjectMissing):
        gather("needs-analysis", response, reader=Access(scene["other"].user), version=first.pk)


def test_a_recalled_version_is_no_longer_handed_out(scene, response):
    builder, reader = BUILDERS["needs-analysis"], scene["mentor"].user
    scene.share(response, ["challenge"], "mentor")
    holds = gather("needs-analysis", response, reader=Access(reader)).holds
    assert builder.may_read(Access(reader), response.pk, holds)
    assert not builder.may_read(Access(scene["other"].user), response.pk, holds)
    ShareGrant.objects.update(recalled_at=timezone.now(), recalled_by=scene["mentee"].user)
    assert not builder.may_read(Access(reader), response.pk, holds)


def test_a_former_member_is_no_longer_handed_anything(scene, response):
    builder, user = BUILDERS["needs-analysis"], scene["mentee"].user
    holds = gather("needs-analysis", response, reader=Access(user)).holds
    assert builder.may_read(Access(user), response.pk, holds)
    user.person.team_places.update(ended_on=timezone.localdate(), ended_by=user)
    assert not builder.may_read(Access(user), response.pk, holds)


def test_the_associations_context_comes_from_its_own_response(scene, response):
    own = scene.response("association", "association-context")
    key = own.questionnaire_version.sections.first().questions.first().parts.first().key
    scenes.answer(own, key, "Our powers are wide")
    reader = scene["mentee"].user
    assert "Our powers are wide" not in words(gather("needs-analysis", response, reader=Access(reader)).content)
    section = own.questionnaire_version.sections.first().key
    scene.share(own, [section], "mentee", by="association")
    assert "Our powers are wide" in words(gather("needs-analysis", response, reader=Access(reader)).content)
    assert "Our powers are wide" in words(gather("needs-analysis", response).content)


def test_the_plan_has_six_columns_and_its_needs(scene, response):
    plan = scene.plan()
    action = scenes.add_action(
        plan,
        what="Appoint a coordinator",
        time={"from": "2027-01-01", "to": "", "words": "spring"},
        leads=["Social affairs", "Library"],
        partners=["LPS"],
        resources="12,000 €",
    )
    action.need_links.create(need=response.needs.get())
    content = gather("action-plan", plan, reader=Access(scene["mentee"].user)).content
    (table,) = content.blocks
    assert len(table.columns) == 7
    html = words(content)
    for expected in ("Appoint a coordinator", "spring", "Library", "12,000 €", "Need 1: Places to practise"):
        assert expected in html
    assert html.count("No answer yet") == 2
    assert (content.title, content.mentee, content.mentor) == ("Learning Latvian together", "Riverton", "Harbourg")


def test_others_read_the_frozen_plan(scene):
    plan = scene.plan()
    action = scenes.add_action(plan, what="The frozen text")
    version = scene.freeze(plan, "association")
    action.cells.update(value="Written since")
    builder, reader = BUILDERS["action-plan"], scene["association"].user
    gathered = gather("action-plan", plan, reader=Access(reader))
    assert "The frozen text" in words(gathered.content)
    assert "Written since" not in words(gathered.content)
    assert gathered.content.version == "Version 1, First list"
    assert gathered.holds == {"version": version.pk}
    assert builder.may_read(Access(reader), plan.pk, gathered.holds)
    assert not builder.may_read(Access(reader), plan.pk, {"version": 0})
    PlanGrant.objects.update(recalled_at=timezone.now(), recalled_by=scene["mentee"].user)
    assert not builder.may_read(Access(reader), plan.pk, gathered.holds)
    with pytest.raises(SubjectMissing):
        gather("action-plan", plan, reader=Access(reader))


def test_conversations_are_never_printed(scene, response):
    plan = scene.plan()
    scenes.add_action(plan, what="An action")
    cities, access = scene.partnership.current_cities(), Access(scene["mentor"].user)
    conversation = begin(sides=cities, text="marker-of-a-conversation", access=access)
    response.conversations.create(conversation=conversation, part_key="challenge.what")
    for kind, subject in (("needs-analysis", response), ("action-plan", plan)):
        assert "marker-of-a-conversation" not in words(gather(kind, subject).content)


def test_an_operator_gets_what_the_writers_read(scene, response):
    html = words(gather("needs-analysis", response).content)
    assert "Too few places" in html
    assert "Places to practise" in html


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_subject_is_missing(db, kind):
    with pytest.raises(SubjectMissing):
        gather(kind, 987654)


def test_same_texts_give_the_same_content(scene, response):
    first, second = (gather("needs-analysis", response, reader=Access(scene["mentee"].user)) for _time in range(2))
    assert blocks.fingerprint(first.content, first.holds) == blocks.fingerprint(second.content, second.holds)
