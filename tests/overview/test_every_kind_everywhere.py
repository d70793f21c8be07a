"""Every kind of value works in an answer and in a cell of a plan: saved, shown, frozen, compared and printed. The
registry is asked, so that a further kind is tried here without a word."""

from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx

from programmes.action_plans import snapshots as plan_snapshots
from programmes.action_plans.models import Action, PlanColumn
from programmes.action_plans.services import add_action, freeze
from programmes.assessments import snapshots
from programmes.assessments.boxes import box_of
from programmes.assessments.loader import install_for
from programmes.assessments.services.answers import begin
from programmes.assessments.structure import parts_of
from programmes.common.access import Access
from programmes.common.kinds import ALL, KINDS, Box
from programmes.reports.engines import docx, pdf
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests.cast import make_world
from tests.documents.test_engines import text_of_pdf

DAY = date(2027, 1, 31)
OPTIONS = [{"key": "born", "label": {"en": "Born abroad", "es": "Nacidas fuera"}}]


def form() -> dict:
    """A needs analysis with one box of each kind."""
    parts = [
        {"key": f"all.{kind.key}", "kind": kind.key, "letter": letter, "label": {"en": f"Box {kind.key}"}}
        for letter, kind in zip("abcdefghij", ALL, strict=False)
    ]
    for part in parts:
        part["options"] = OPTIONS if part["kind"] == "choice" else []
    question = {"key": "all.all", "number": 1, "title": {"en": "Everything"}, "parts": parts}
    section = {"key": "all", "title": {"en": "All"}, "questions": [question]}
    return {"key": "all", "purpose": "needs", "version": 1, "title": {"en": "All kinds"}, "sections": [section]}


def example(kind, box: Box):
    return kind.example("One morning a week", DAY, box)


def posted(kind, value) -> dict:
    return {name: str(typed) for name, typed in kind.initial(value).items() if typed not in (None, "")} | {"base": 0}


def printed(content) -> tuple[str, str]:
    """All words of the PDF and of the DOCX."""
    read = Docx(BytesIO(docx.render(content)))
    words = [node.text for node in read.element.body.iter() if node.tag.endswith("}t") and node.text]
    return text_of_pdf(pdf.render(content)), " ".join(" ".join(words).split())


def words_of(kind, box: Box) -> str:
    """What a reader must find, as far as no line break can tear it apart."""
    value = example(kind, box)
    return kind.row(value).number.split()[-1] if kind.is_tabular else kind.markup(value, box).split()[0]


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.cast.mentee)
    return client


def test_in_a_form(world, client):
    install_for(world.programme, form(), apps.get_model)
    client.force_login(world.cast.other_city)
    response = begin(team=world.teams["other_city"], purpose="needs", access=Access(world.cast.other_city))
    boxes = {kind: box_of(parts_of(response.questionnaire_version)[f"all.{kind.key}"]) for kind in ALL}
    for kind, box in boxes.items():
        url = reverse("assessments:answer", args=[response.pk, box.key])
        reply = client.post(url, posted(kind, example(kind, box)), headers={"accept": "application/json"})
        assert reply.status_code == 200, (kind.key, reply.content)
    data = snapshots.take(response, ["all"])
    stored = {part["kind"]: part["answer"]["value"] for part in snapshots.parts_of(data)}
    assert stored == {kind.key: example(kind, box) for kind, box in boxes.items()}
    page = client.get(response.get_absolute_url())
    assert page.status_code == 200
    content = BUILDERS["needs-analysis"].gather(response.pk, DocumentOptions("en")).content
    blank = BUILDERS["needs-analysis"].gather(response.pk, DocumentOptions("en", blank=True)).content
    for text in printed(content):
        for kind, box in boxes.items():
            assert words_of(kind, box) in text, kind.key
    assert all(f"Box {kind.key}" in text for text in printed(blank) for kind in ALL)


def test_in_a_plan(world, client):
    PlanColumn.objects.filter(programme=world.programme).delete()
    columns = [
        PlanColumn.objects.create(
            programme=world.programme,
            key=kind.key,
            order=order,
            kind=kind.key,
            options=OPTIONS if kind.key == "choice" else [],
            title={"en": f"Box {kind.key}"},
        )
        for order, kind in enumerate(ALL)
    ]
    Action.objects.filter(plan=world.plan).update(removed_at=timezone.now(), removed_by=world.cast.mentee)
    action = add_action(plan=world.plan, by=world.cast.mentee)
    boxes = {KINDS[column.kind]: Box(column.key, column.kind, tuple(column.options)) for column in columns}
    for kind, box in boxes.items():
        url = reverse("action_plans:cell", args=[action.pk, box.key])
        reply = client.post(url, posted(kind, example(kind, box)), headers={"accept": "application/json"})
        assert reply.status_code == 200, (kind.key, reply.content)
    data = plan_snapshots.take(world.plan)
    assert {key: cell["value"] for key, cell in data["actions"][0]["cells"].items()} == {
        kind.key: example(kind, box) for kind, box in boxes.items()
    }
    version = freeze(plan=world.plan, name="All kinds", by=world.cast.mentee)
    assert client.get(world.plan.get_absolute_url()).status_code == 200
    page = client.get(reverse("action_plans:version", args=[version.pk])).content.decode()
    content = BUILDERS["action-plan"].gather(world.plan.pk, DocumentOptions("en")).content
    for text in (page, *printed(content)):
        for kind, box in boxes.items():
            assert words_of(kind, box) in text, kind.key
