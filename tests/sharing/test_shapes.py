"""What was frozen years ago is read by today's pages and documents."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from programmes.action_plans.models import PlanVersion
from programmes.assessments.models import SharedVersion
from programmes.common.access import Access
from programmes.reports.registry import BUILDERS, DocumentOptions
from programmes.sharing.shapes import Shape, UnknownShape

SHAPES = Path(__file__).parent / "shapes"


def frozen(name: str) -> dict:
    """As the first released program froze it; never edited."""
    return json.loads((SHAPES / f"{name}_1.json").read_text(encoding="utf-8"))


@pytest.fixture
def old(world):
    form = SharedVersion.objects.create(
        response=world.response, shared_by=world.teams["mentee"], number=7, schema=1, data=frozen("form")
    )
    plan = PlanVersion.objects.create(plan=world.plan, number=7, name="Old", schema=1, data=frozen("plan"))
    return {"assessments": form, "action_plans": plan}


WORDS = {"assessments": "Courses end at A2 and nobody practises.", "action_plans": "Open a language café"}


@pytest.mark.parametrize("app", WORDS)
@pytest.mark.parametrize("name", ["version", "compare"])
def test_pages_read_the_first_layout(world, old, app, name):
    client = Client()
    client.force_login(world.cast.mentee, backend="django.contrib.auth.backends.ModelBackend")
    reply = client.get(reverse(f"{app}:{name}", args=[old[app].pk]))
    assert reply.status_code == 200
    assert name == "compare" or WORDS[app] in reply.content.decode()


@pytest.mark.parametrize(("app", "kind"), [("assessments", "needs-analysis"), ("action_plans", "action-plan")])
def test_documents_read_the_first_layout(world, old, app, kind):
    subject = {"assessments": world.response, "action_plans": world.plan}[app]
    options = DocumentOptions("en", version=old[app].pk, reader=Access(world.cast.mentee))
    assert WORDS[app] in repr(BUILDERS[kind].gather(subject.pk, options))


def test_steps_lead_from_any_layout_to_the_newest():
    shape = Shape(newest=3)
    shape.step(1)(lambda data: data | {"b": data["a"] + 1})
    shape.step(2)(lambda data: data | {"c": data["b"] + 1})
    first = {"a": 1}
    assert shape.upgrade(first, 1) == {"a": 1, "b": 2, "c": 3}
    assert shape.upgrade({"b": 5}, 2) == {"b": 5, "c": 6}
    assert first == {"a": 1}


@pytest.mark.parametrize("schema", [1, 3])
def test_what_no_step_knows_is_refused(schema):
    with pytest.raises(UnknownShape):
        Shape(newest=2).upgrade({}, schema)


def test_nobody_reads_past_the_shapes():
    """Data of a version is read as `content`."""
    programmes = Path(__file__).parents[2] / "programmes"
    files = [path for path in programmes.rglob("*") if path.suffix in {".py", ".html"}]
    read = re.compile(r"version\.data\b(?! = )")
    assert [path.name for path in files if read.search(path.read_text(encoding="utf-8"))] == []
