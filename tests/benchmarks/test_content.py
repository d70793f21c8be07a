"""The benchmarks that come with the product: complete, in both languages, and loaded as they are written."""

import pytest

from programmes.benchmarks import loader
from programmes.benchmarks.booklet import booklet_of
from programmes.benchmarks.boxes import ABOUT, OF_A_CONTEXT, OF_A_FACTOR, OF_THE_WHOLE
from programmes.benchmarks.enums import Level
from programmes.benchmarks.models import BenchmarkVersion, Passage

CONTENTS = {key: loader.read(key) for key in loader.FILES}
by_file = pytest.mark.parametrize("key", CONTENTS)


@by_file
def test_there_is_enough_to_work_with(key: str):
    content = CONTENTS[key]
    assert len(content["factors"]) >= 8
    assert len(content["contexts"]) >= 3
    for factor in content["factors"]:
        assert 3 <= len(factor["questions"]) <= 5, factor["key"]
        assert len(factor["tips"]) == 2, factor["key"]
        assert factor["how"]["en"].count("\n- ") == factor["how"]["es"].count("\n- "), factor["key"]


@by_file
def test_every_box_says_something_in_each_language(key: str):
    content, passages = CONTENTS[key], loader.passages_of(CONTENTS[key])
    places = [(ABOUT, OF_THE_WHOLE[:-1])]
    places += [(factor["key"], OF_A_FACTOR) for factor in content["factors"]]
    places += [(context["key"], OF_A_CONTEXT) for context in content["contexts"]]
    for place, boxes in places:
        for asked in boxes:
            for language in loader.LANGUAGES if asked.has_language else [""]:
                assert passages.get((f"{place}.{asked.name}", language)), (place, asked.name, language)


@by_file
def test_keys_are_unique_and_context_factors_point_at_factors(key: str):
    content = CONTENTS[key]
    keys = [entry["key"] for entry in (*content["factors"], *content["contexts"])]
    assert len(keys) == len(set(keys))
    for context in content["contexts"]:
        assert context["level"] in Level.values
        assert context["bears_on"]
        assert set(context["bears_on"]) <= {factor["key"] for factor in content["factors"]}


def test_the_eighth_of_language_learning_is_learning_through_volunteering():
    factor = CONTENTS["language-learning"]["factors"][7]
    assert factor["key"] == "volunteering"
    assert factor["examples"][0]["city"] == "Schaerbeek"


@pytest.mark.django_db
def test_they_are_there_and_read_in_both_languages():
    for key, content in CONTENTS.items():
        version = BenchmarkVersion.objects.select_related("benchmark").get(benchmark__key=key, retired_at=None)
        for language in loader.LANGUAGES:
            booklet = booklet_of(version, language)
            assert booklet.is_shipped
            assert booklet.title.text == content["title"][language]
            assert [factor.title.text for factor in booklet.factors] == [
                factor["title"][language] for factor in content["factors"]
            ]
            assert all(context.bears_on and context.level for context in booklet.contexts)


def installed(content: dict) -> loader.Loaded:
    from django.apps import apps

    return loader._Installation(apps.get_model, content).run()


@pytest.mark.django_db
def test_loaded_twice_nothing_changes_and_a_corrected_word_does():
    content = loader.read("city-for-all")
    assert installed(content) == loader.Loaded()
    content["factors"][0]["title"]["en"] = "Leaders who mean it"
    assert installed(content) == loader.Loaded(reworded=1)
    assert Passage.objects.filter(value="Leaders who mean it").count() == 1


@pytest.mark.django_db
def test_other_factors_need_a_new_version_and_the_earlier_one_is_retired():
    content = loader.read("city-for-all")
    content["factors"].pop()
    for context in content["contexts"]:
        context["bears_on"] = content["factors"][0]["key"].split()
    with pytest.raises(loader.StructureChangedError, match="version 2"):
        installed(content)
    content["version"] = 2
    content["changes"] = {"en": "One factor less.", "es": "Un factor menos."}
    installed(content)
    first, second = BenchmarkVersion.objects.filter(benchmark__key="city-for-all").order_by("number")
    assert first.retired_at
    assert second.retired_at is None
    assert booklet_of(second, "es").changes.text == "Un factor menos."
