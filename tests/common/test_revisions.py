"""Saving: what is merged, what is asked, what the history keeps."""

import sqlite3
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from programmes.action_plans import services
from programmes.assessments.models import Answer, AnswerRevision, Part, SharedVersion
from programmes.assessments.services import answers
from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.immutability import create_statements, drop_statements
from programmes.common.models import FrozenError
from programmes.common.revisions import Conflict, NoSuchRevision


def age_history(row, minutes=11):
    row.history.update(begun_at=timezone.now() - timedelta(minutes=minutes))


def test_first_save(answer, ilze):
    saved = revisions.save(answer, base=0, value="A\r\n\x00", by=ilze, language="lv")
    assert (saved.revision, saved.merged, saved.value, saved.changed) == (1, False, "A", True)
    assert (answer.language, answer.updated_by) == ("lv", ilze)
    assert [entry.value for entry in revisions.history(answer)] == ["A"]


def test_unchanged_value_makes_no_revision(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=ilze)
    saved = revisions.save(answer, base=0, value="A ", by=janis)
    assert (saved.revision, saved.changed, answer.history.count()) == (1, False, 1)


def test_autosaves_of_one_writer_are_one_entry_for_ten_minutes(answer, ilze, janis):
    for revision, text in enumerate(["A", "A b", "A b c"]):
        revisions.save(answer, base=revision, value=text, by=ilze)
    assert [(entry.revision, entry.value) for entry in answer.history.all()] == [(3, "A b c")]
    age_history(answer)
    revisions.save(answer, base=3, value="A b c d", by=ilze)
    revisions.save(answer, base=4, value="A b c d e", by=janis)
    assert [entry.revision for entry in answer.history.all()] == [3, 4, 5]


def test_a_text_that_is_wiped_out_stays_in_the_history(answer, ilze):
    long = "A careful paragraph about housing. " * 10
    revisions.save(answer, base=0, value=long, by=ilze)
    revisions.save(answer, base=1, value="", by=ilze)
    assert [entry.value for entry in answer.history.all()] == [long.strip(), ""]


def test_different_paragraphs_merge(answer, ilze, janis):
    revisions.save(answer, base=0, value="A\n\nB", by=ilze)
    revisions.save(answer, base=1, value="A1\n\nB", by=ilze)
    saved = revisions.save(answer, base=1, value="A\n\nB1", by=janis, base_value="A\n\nB")
    assert (saved.value, saved.merged, saved.revision) == ("A1\n\nB1", True, 3)
    assert answer.updated_by == janis


def test_same_paragraph_is_a_conflict_and_changes_nothing(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=ilze)
    age_history(answer)
    revisions.save(answer, base=1, value="A1", by=ilze)
    with pytest.raises(Conflict) as caught:
        revisions.save(answer, base=1, value="A2", by=janis)
    conflict = caught.value
    assert (conflict.base_value, conflict.theirs, conflict.mine) == ("A", "A1", "A2")
    assert (conflict.theirs_by, conflict.revision) == ("Ilze", 2)
    answer.refresh_from_db()
    assert answer.value == "A1"


def test_without_the_base_text_both_are_shown(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=ilze)
    revisions.save(answer, base=1, value="A\n\nB", by=ilze)
    with pytest.raises(Conflict) as caught:
        revisions.save(answer, base=1, value="C\n\nA", by=janis)
    assert caught.value.base_value is None


def test_a_base_from_the_future_is_no_licence_to_overwrite(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=ilze)
    with pytest.raises(Conflict):
        revisions.save(answer, base=99, value="B", by=janis)


def test_lists_merge_and_figures_do_not(answer, ilze, janis):
    revisions.save(answer, base=0, value=["a", "b"], by=ilze)
    age_history(answer)
    revisions.save(answer, base=1, value=["a1", "b"], by=ilze)
    assert revisions.save(answer, base=1, value=["a", "b", "c"], by=janis).value == ["a1", "b", "c"]
    revisions.save(answer, base=3, value={"value": "10", "year": 2020}, by=ilze)
    with pytest.raises(Conflict):
        revisions.save(answer, base=3, value={"value": "11", "year": 2021}, by=janis)


def test_restoring_is_a_new_revision(answer, ilze, janis):
    revisions.save(answer, base=0, value="old", by=ilze, language="lv")
    revisions.save(answer, base=1, value="new", by=janis)
    saved = revisions.restore(answer, revision=1, by=janis)
    assert (saved.revision, answer.value, answer.language) == (3, "old", "lv")
    assert answer.history.last().restored_from == 1
    assert revisions.restore(answer, revision=1, by=janis).changed is False
    with pytest.raises(NoSuchRevision):
        revisions.restore(answer, revision=77, by=janis)


def test_translation_is_marked_when_the_original_changed(answer, ilze, janis):
    revisions.save(answer, base=0, value="Teksts", by=ilze, language="lv")
    revisions.translate(answer, text="A text", by=janis)
    assert not answer.translation_is_stale
    revisions.save(answer, base=1, value="Cits teksts", by=ilze)
    assert answer.translation_is_stale
    assert answer.history.count() == 2, "the wording that was translated stays in the history"
    with pytest.raises(Conflict):
        revisions.translate(answer, text="Mine", by=ilze, base_text="")
    revisions.translate(answer, text="", by=ilze)
    assert answer.translation_of is None


def test_on_behalf_is_marked_in_row_and_history(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=janis, on_behalf=True)
    assert answer.on_behalf
    revisions.save(answer, base=1, value="A b", by=janis)
    assert not answer.on_behalf
    assert [entry.on_behalf for entry in answer.history.all()] == [True, False]


def eight_at_once(answer, people, word):
    """Each of eight saves puts the word behind another paragraph of what all of them saw."""
    seen, base = answer.value, answer.revision
    ready = threading.Barrier(8)

    def write(number: int) -> None:
        row = Answer.objects.get(pk=answer.pk)
        paragraphs = seen.split("\n\n")
        paragraphs[number] = f"p{number} {word}"
        ready.wait()
        revisions.save(row, base=base, value="\n\n".join(paragraphs), by=people[number % 2], base_value=seen)
        connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.refresh_from_db()
    assert answer.value == "\n\n".join(f"p{n} {word}" for n in range(8))
    assert answer.revision == base + 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", [1, pytest.param(150, marks=pytest.mark.slow)])
def test_people_at_the_same_moment(answer, ilze, janis, rounds):
    """None is lost, none is doubled."""
    revisions.save(answer, base=0, value="\n\n".join(f"p{n}" for n in range(8)), by=ilze)
    for number in range(rounds):
        eight_at_once(answer, [ilze, janis], f"changed {number}")


def test_history_has_one_entry_per_revision(answer, ilze):
    AnswerRevision.objects.create(owner=answer, revision=1, by=ilze)
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerRevision.objects.create(owner=answer, revision=1, by=ilze)


@pytest.fixture
def version(answer, ilze):
    return SharedVersion.objects.create(
        response=answer.response, number=1, data={"a": 1}, created_by=ilze, shared_by=answer.response.team
    )


def test_snapshots_are_frozen_by_python(version):
    version.data = {}
    with pytest.raises(FrozenError):
        version.save()
    with pytest.raises(FrozenError):
        version.delete()


def test_snapshots_are_frozen_by_the_database(version):
    mine = SharedVersion.objects.filter(pk=version.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(data={"a": 2})
    with pytest.raises(DatabaseError), transaction.atomic():
        mine._raw_delete("default")
    assert mine.update(data={"a": 1}) == 1, "writing the same again is no change"


def test_triggers_for_sqlite(tmp_path):
    database = sqlite3.connect(tmp_path / "db.sqlite3")
    database.execute("create table t (id integer primary key, data text, number integer)")
    database.execute("insert into t values (1, '{}', 1)")
    for statement in [*create_statements("t", ["data"], "sqlite"), *create_statements("t", ["data"], "sqlite")]:
        database.execute(statement)
    database.execute("update t set number = 2, data = '{}'")
    for statement in ("update t set data = null", "delete from t"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            database.execute(statement)
    for statement in drop_statements("t", "sqlite"):
        database.execute(statement)
    database.execute("delete from t")


def merging_hook(monkeypatch, hook):
    """Calls `hook` each time before two texts are merged."""
    merge = revisions.merge_texts

    def hooked(*texts):
        hook()
        return merge(*texts)

    monkeypatch.setattr(revisions, "merge_texts", hooked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("through", ["revisions", "translation", "form", "plan"])
def test_nobody_waits_for_a_lock_while_texts_are_merged(answer, ilze, janis, monkeypatch, through):
    seen = []
    merging_hook(monkeypatch, lambda: seen.append(connection.in_atomic_block))
    write = {
        "revisions": lambda: revisions.save(answer, base=1, value="A\n\nB2", by=janis, base_value="A\n\nB"),
        "translation": lambda: revisions.translate(answer, text="A\n\nB2", by=janis, base_text="A\n\nB"),
        "form": lambda: save_through_the_form(answer, janis, monkeypatch),
        "plan": lambda: services.save_cell(
            cell=answer, base=1, base_value="A\n\nB", value="A\n\nB2", access=Access(janis)
        ),
    }[through]
    monkeypatch.setattr(Answer, "action", SimpleNamespace(plan=SimpleNamespace(team_id=None)), raising=False)
    revisions.save(answer, base=0, value="A\n\nB", by=ilze, language="lv")
    revisions.save(answer, base=1, value="A1\n\nB", by=ilze)
    revisions.translate(answer, text="A1\n\nB", by=ilze)
    saved = write()
    assert saved.value == "A1\n\nB2"
    assert seen == [False]


def save_through_the_form(answer, by, monkeypatch):
    """Who may write is another test's matter."""
    monkeypatch.setattr(answers, "_writing", lambda *_: SimpleNamespace(on_behalf=False))
    monkeypatch.setattr(answers, "asked", lambda part: {})
    part = Part(key=answer.part_key, kind="text")
    mine = {"base": 1, "base_value": "A\n\nB", "value": "A\n\nB2"}
    return answers.save_answer(response=answer.response, part=part, access=Access(by), **mine)[1]


def test_a_text_that_changes_during_the_merge_is_merged_again(answer, ilze, janis, monkeypatch):
    revisions.save(answer, base=0, value="A\n\nB\n\nC", by=ilze)
    revisions.save(answer, base=1, value="A1\n\nB\n\nC", by=ilze)
    others = iter([Answer.objects.get(pk=answer.pk)])

    def somebody_is_quicker():
        for row in others:
            revisions.save(row, base=2, value="A1\n\nB\n\nC1", by=ilze)

    merging_hook(monkeypatch, somebody_is_quicker)
    saved = revisions.save(answer, base=1, value="A\n\nB1\n\nC", by=janis, base_value="A\n\nB\n\nC")
    assert saved.value == "A1\n\nB1\n\nC1"


def test_a_text_that_changes_at_every_try_is_merged_behind_the_lock(answer, ilze, janis, monkeypatch):
    revisions.save(answer, base=0, value="A\n\nB", by=ilze)
    revisions.save(answer, base=1, value="A0\n\nB", by=ilze)
    tries = []

    def somebody_is_quicker():
        row = Answer.objects.get(pk=answer.pk)
        tries.append(row.revision)
        if len(tries) <= revisions.MOST_TRIES:
            revisions.save(row, base=row.revision, value=f"A{len(tries)}\n\nB", by=ilze)

    merging_hook(monkeypatch, somebody_is_quicker)
    saved = revisions.save(answer, base=1, value="A\n\nB1", by=janis, base_value="A\n\nB")
    assert (saved.value, len(tries)) == (f"A{revisions.MOST_TRIES}\n\nB1", revisions.MOST_TRIES + 1)


def test_a_conflict_shows_the_text_as_it_is_now(answer, ilze, janis):
    revisions.save(answer, base=0, value="A", by=ilze)
    stale = Answer.objects.get(pk=answer.pk)
    revisions.save(answer, base=1, value="A1", by=ilze)
    with pytest.raises(Conflict) as caught:
        revisions.save(stale, base=0, value="A2", by=janis, base_value="")
    assert (caught.value.theirs, caught.value.revision) == ("A1", 2)
