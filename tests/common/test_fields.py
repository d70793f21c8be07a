"""Multilingual texts, languages, countries."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils import translation

from programmes.common.countries import country_choices
from programmes.common.fields import CountryField, LanguageField, in_language
from programmes.common.languages import CONTENT_LANGUAGES, complete_languages, direction, endonym
from programmes.participants.models import Organisation
from programmes.partnerships.models import Theme


def test_a_text_in_the_best_language_there_is():
    texts = {"en": "Housing", "es": "Vivienda", "lv": "Mājoklis"}
    assert in_language(texts, "lv") == "Mājoklis"
    assert in_language(texts, "fr") == "Housing"
    assert in_language({"lv": "Mājoklis"}, "fr") == "Mājoklis"
    assert in_language({"en": "", "el": "Στέγη"}, "en", fallback="el") == "Στέγη"
    assert in_language(None) == in_language({}) == ""
    with translation.override("es"):
        assert in_language(texts) == "Vivienda"


def test_a_form_has_one_input_per_interface_language_and_keeps_the_others():
    theme = Theme(title={"en": "Old", "lv": "Vecs"})
    form_class = modelform_factory(Theme, fields=["title"])
    html = str(form_class(instance=theme))
    assert 'lang="es"' in html
    assert "Español" in html
    form = form_class({"title_en": "New", "title_es": "Nuevo"}, instance=theme)
    assert form.is_valid(), form.errors
    assert form.save(commit=False).title == {"en": "New", "es": "Nuevo", "lv": "Vecs"}
    assert "title" in form_class({"title_en": " ", "title_es": ""}).errors


@pytest.mark.parametrize("value", ["text", {"en": 3}, {"xx": "a"}, ["en"]])
def test_other_shapes_are_refused(value):
    with pytest.raises(ValidationError):
        Theme._meta.get_field("title").run_validators(value)


def test_languages_of_content_and_of_the_interface():
    codes = {code for code, _name in CONTENT_LANGUAGES}
    assert len(codes) == len(CONTENT_LANGUAGES) == 53
    assert {code for code, _name in complete_languages()} <= codes
    assert endonym("el") == "Ελληνικά"
    assert (direction("ar"), direction("lv")) == ("rtl", "ltr")


def test_countries_are_sorted_in_the_reader_s_language():
    names = [name for _code, name in country_choices()]
    assert names.index("Austria") < names.index("Türkiye") < names.index("Ukraine")
    field = modelform_factory(Organisation, fields=["country"])().fields["country"]
    assert ("LV", "Latvia") in list(field.choices)


@pytest.mark.parametrize("field", [CountryField(), LanguageField()])
def test_a_new_choice_needs_no_migration(field):
    assert "choices" not in field.deconstruct()[3]
