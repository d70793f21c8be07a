"""Drafts, copies, versions: keys stay, what is published keeps its factors, nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.benchmarks import pasting
from programmes.benchmarks.booklet import booklet_of
from programmes.benchmarks.models import BenchmarkVersion, Passage
from programmes.benchmarks.services import structure, versions, writing
from programmes.common.limits import TooManyRows

pytestmark = pytest.mark.django_db


def shipped(key: str = "language-learning") -> BenchmarkVersion:
    return BenchmarkVersion.objects.select_related("benchmark").get(benchmark__key=key, retired_at=None)


def write(version: BenchmarkVersion, key: str, value, by, language: str = "en") -> Passage:
    passage, _made = Passage.objects.get_or_create(version=version, key=key, language=language)
    writing.save_passage(passage=passage, base=passage.revision, base_value=None, value=value, by=by)
    return passage


def as_user(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_copy_says_the_same_under_the_same_keys(world):
    by = world.cast.facilitator
    copy = versions.copy(version=shipped(), programme=world.programme, by=by)
    theirs, mine = booklet_of(shipped(), "es"), booklet_of(copy, "es")
    assert [factor.key for factor in mine.factors] == [factor.key for factor in theirs.factors]
    assert [str(factor.why) for factor in mine.factors] == [str(factor.why) for factor in theirs.factors]
    assert mine.factor("volunteering").examples == theirs.factor("volunteering").examples
    assert [[factor.key for factor in context.bears_on] for context in mine.contexts] == [
        [factor.key for factor in context.bears_on] for context in theirs.contexts
    ]
    assert mine.is_of_ours
    assert not mine.is_shipped
    passage = copy.passages.get(key="volunteering.title", language="en")
    assert passage.history.get().by == by


def test_published_factors_stay_and_words_may_be_corrected(world):
    by = world.cast.facilitator
    version = versions.publish(version=world.benchmark, by=by)
    for change in (
        lambda: structure.add_factor(version=version, title="Another", by=by),
        lambda: structure.add_example(factor=world.factor, by=by),
        lambda: structure.remove(place=world.factor, version=version, by=by),
        lambda: structure.move(place=world.factor, version=version, step=1, by=by),
        lambda: structure.take_pasted(version=version, factors=pasting.read("A\tb\tc?").factors, by=by),
    ):
        with pytest.raises(versions.PublishedAlready):
            change()
    write(version, f"{world.factor.key}.title", "One door for all", by)
    assert str(booklet_of(version).factors[0].title) == "One door for all"


def test_nothing_is_published_without_a_factor(world):
    empty = versions.begin(programme=world.programme, title="Work", languages=["en"], by=world.cast.facilitator)
    with pytest.raises(versions.NothingToPublish):
        versions.publish(version=empty, by=world.cast.facilitator)


def test_a_new_version_says_what_changed_and_takes_the_place_of_the_earlier_one(world):
    by = world.cast.facilitator
    first = versions.publish(version=world.benchmark, by=by)
    draft = versions.next_version(version=first, by=by)
    assert versions.next_version(version=first, by=world.cast.coordinator) == draft
    assert [factor.key for factor in booklet_of(draft).factors] == [world.factor.key]
    with pytest.raises(versions.SayWhatChanged):
        versions.publish(version=draft, by=by)
    write(draft, versions.CHANGES, "The first factor is wider.", by)
    versions.publish(version=draft, by=by)
    first.refresh_from_db()
    assert first.retired_at
    page = as_user(world.cast.mentee).get(first.get_absolute_url()).content.decode()
    assert draft.get_absolute_url() in page
    listed = as_user(world.cast.mentee).get(reverse("benchmarks:list")).content.decode()
    assert draft.get_absolute_url() in listed
    assert first.get_absolute_url() not in listed


def test_a_key_is_never_given_twice(world):
    by = world.cast.facilitator
    again = structure.add_factor(version=world.benchmark, title="One place where one can ask", by=by)
    assert again.key != world.factor.key
    structure.remove(place=again, version=world.benchmark, by=by)
    third = structure.add_context(version=world.benchmark, title="One place where one can ask", by=by)
    assert third.key not in (again.key, world.factor.key)
    greek = structure.add_factor(version=world.benchmark, title="Στέγη", by=by)
    assert greek.key == "factor"


def test_a_factor_taken_out_keeps_what_is_typed_meanwhile(world):
    by, key = world.cast.facilitator, f"{world.factor.key}.why"
    structure.remove(place=world.factor, version=world.benchmark, by=by)
    url = reverse("benchmarks:passage", args=[world.benchmark.pk, key, "en"])
    assert as_user(world.cast.coordinator).post(url, {"base": "0", "value": "Nobody knows."}).status_code == 302
    assert booklet_of(world.benchmark).factors == ()
    world.factor.refresh_from_db()
    structure.bring_back(place=world.factor, version=world.benchmark, by=by)
    assert str(booklet_of(world.benchmark).factors[0].why) == "Nobody knows."


def test_two_people_in_one_box_are_merged_or_asked(world):
    key = f"{world.factor.key}.why"
    url = reverse("benchmarks:passage", args=[world.benchmark.pk, key, "en"])
    writer, other = as_user(world.cast.facilitator), as_user(world.cast.coordinator)
    base = write(world.benchmark, key, "One.\n\nTwo.", world.cast.facilitator).revision
    began = {"base": str(base), "base_value": "One.\n\nTwo."}
    writer.post(url, began | {"value": "One, changed.\n\nTwo."})
    other.post(url, began | {"value": "One.\n\nTwo, changed."})
    passage = Passage.objects.get(version=world.benchmark, key=key)
    assert passage.value == "One, changed.\n\nTwo, changed."
    conflict = other.post(url, began | {"value": "One, otherwise.\n\nTwo."})
    assert conflict.status_code == 409
    assert "One, otherwise." in conflict.content.decode()


def test_a_pasted_table_becomes_factors_once(world):
    url = reverse("benchmarks:paste", args=[world.benchmark.pk])
    client = as_user(world.cast.facilitator)
    table = "1 Rents\tRents rise.\tHow high?\nExamples:\nA fund https://fund.example"
    shown = client.post(url, {"table": table, "once": "7c1d9a52-6b7e-4d7c-9d31-0f7f2c1f6a11"})
    assert shown.status_code == 200
    assert "Rents rise." in shown.content.decode()
    assert world.benchmark.factors.count() == 1
    sent = {"table": table, "take": "1", "once": "7c1d9a52-6b7e-4d7c-9d31-0f7f2c1f6a11"}
    for _time in range(2):
        client.post(url, sent)
    factors = booklet_of(world.benchmark).factors
    assert [str(factor.title) for factor in factors] == ["One place where one can ask", "Rents"]
    assert factors[1].questions.items == ("How high?",)
    assert [(example.summary.text, example.link) for example in factors[1].examples] == [
        ("A fund", "https://fund.example")
    ]


def test_a_refused_table_comes_back_as_it_was_pasted(world):
    table = "a\tb\tc\td"
    answer = as_user(world.cast.facilitator).post(
        reverse("benchmarks:paste", args=[world.benchmark.pk]), {"table": table, "take": "1"}
    )
    assert answer.status_code == 422
    assert table in answer.content.decode()
    assert world.benchmark.factors.count() == 1


def test_there_is_an_end_to_factors(world, monkeypatch):
    monkeypatch.setattr(structure, "MOST_FACTORS", 2)
    by = world.cast.facilitator
    with pytest.raises(TooManyRows):
        structure.take_pasted(version=world.benchmark, factors=pasting.read("A\tb\tc?\nD\te\tf?").factors, by=by)
    structure.add_factor(version=world.benchmark, title="Second", by=by)
    with pytest.raises(TooManyRows):
        structure.add_factor(version=world.benchmark, title="Third", by=by)


def test_the_second_language_stands_beside_the_first_and_reads_where_it_is_there(world):
    key = f"{world.factor.key}.why"
    write(world.benchmark, key, "Nobody knows where.", world.cast.facilitator)
    page = as_user(world.cast.facilitator).get(
        reverse("benchmarks:place", args=[world.benchmark.pk, world.factor.key]) + "?in=es"
    )
    assert "Nobody knows where." in page.content.decode()
    assert (
        str(booklet_of(world.benchmark, "es").factors[0].why),
        booklet_of(world.benchmark, "es").factors[0].why.language,
    ) == (
        "Nobody knows where.",
        "en",
    )
    write(world.benchmark, key, "Nadie sabe dónde.", world.cast.facilitator, "es")
    assert str(booklet_of(world.benchmark, "es").factors[0].why) == "Nadie sabe dónde."


@pytest.mark.parametrize("link", ["javascript:alert(1)", "nonsense", "ftp://x.example"])
def test_a_link_is_an_address_of_the_web(world, link: str):
    example = structure.add_example(factor=world.factor, by=world.cast.facilitator)
    box = f"{world.factor.key}.{example.key}.link"
    url = reverse("benchmarks:passage", args=[world.benchmark.pk, box, "all"])
    answer = as_user(world.cast.facilitator).post(url, {"base": "0", "value": link})
    assert answer.status_code == 422
    assert link in answer.content.decode()


@pytest.mark.parametrize(
    ("box", "language"),
    [("about.title", "lv"), ("about.nothing", "en"), ("nowhere.title", "en"), ("about.title", "all"), ("about", "en")],
)
def test_boxes_that_are_not_there_are_not_found(world, box: str, language: str):
    url = reverse("benchmarks:passage", args=[world.benchmark.pk, box, language])
    assert as_user(world.cast.facilitator).post(url, {"base": "0", "value": "x"}).status_code == 404


def test_what_came_with_the_site_is_written_by_nobody(world):
    url = reverse("benchmarks:passage", args=[shipped().pk, "about.title", "en"])
    assert as_user(world.cast.coordinator).post(url, {"base": "1", "value": "Ours"}).status_code == 403
