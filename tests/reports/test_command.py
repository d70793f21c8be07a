"""export_document, as operators and checks call it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from programmes.reports.models import Document

from . import scene as scenes


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("export_document", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_list_is_one_json_line_per_kind(db):
    scene = scenes.Scene()
    response, plan = scene.response(), scene.plan()
    lines = {line["kind"]: line for line in map(json.loads, run("--list").splitlines())}
    forms = {"needs-analysis", "strengths", "action-plan", "support-group", "benchmark", "practice"}
    assert set(lines) == forms | {"practice-booklet"}
    for line in lines.values():
        assert line["formats"] == ["pdf", "docx"]
        assert line["languages"] == ["en", "es"]
        assert line["blank"] is (line["kind"] in forms)
    assert lines["needs-analysis"]["example"] == response.pk
    assert lines["action-plan"]["example"] == plan.pk
    assert lines["strengths"]["example"] is None


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_file_is_written(db, tmp_path, form, magic):
    plan, file = scenes.Scene().plan(), tmp_path / f"plan.{form}"
    run("action-plan", plan.pk, "--language", "es", "--format", form, "--output", file)
    assert file.read_bytes().startswith(magic)
    assert not Document.objects.exists()


@pytest.mark.parametrize("arguments", [("strengths", 0), ("strengths", 4711), ("strengths",)])
def test_a_blank_form_needs_no_subject(db, tmp_path, arguments):
    run(*arguments, "--blank", "--output", tmp_path / "blank.pdf")
    assert (tmp_path / "blank.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("needs-analysis", 1, "--language", "lv", "--output", "x.pdf"), "Latviešu"),
        (("needs-analysis", 1, "--format", "odt", "--output", "x.odt"), "format"),
        (("nothing", 1, "--output", "x.pdf"), "no document of this kind"),
        (("needs-analysis", 4711, "--output", "x.pdf"), "with the id 4711"),
        (("needs-analysis", 10**30, "--output", "x.pdf"), "with the id 1000"),
        (("needs-analysis", 1), "--output FILE"),
        (("needs-analysis", "--output", "x.pdf"), "Give KIND, ID"),
        ((), "Give KIND"),
        (("strengths", "--blank", "--output", "/nowhere/at/all/x.pdf"), "cannot be written"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(db, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)
