"""Folded templates say what Django's own say, in each language, with fewer nodes."""

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.utils import translation

from programmes.common.folding import Loader

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "ui": "programmes.common.templatetags.ui",
}
TEMPLATES = {
    "base": '{% load i18n %}<h1>{% translate "Save" %}</h1>{% block inner %}{% translate "Number" %}{% endblock %}',
    "page": """{% extends "base" %}{% load i18n static ui %}{% block inner %}
        {% for n in numbers %}
            <td title="{% translate 'Save' %}">{% if n %}{% icon "pencil" %} {{ n }}{% else %}{% translate "Number" %}
            {% endif %}{% url "overview:board" n %} {% url "overview:my_work" %}
            {% url "overview:board" 3 as there %}{{ there }}{% csrf_token %}
        {% endfor %}
        {% translate "Save" as word %}{{ word }} {% translate word %} {% static "css/app.css" %}{% icon name %}
        {% blocktranslate %}Save{% endblocktranslate %} {% include "part" %}
        {% wrap "p" "soft" %}{% translate "Save" %}{% endwrap %}
    {% endblock %}""",
    "part": '{% load i18n %}{% with a=1 %}{% translate "Save" %}{{ a }}{% csrf_token %}{% endwith %}',
    "words": '{% load i18n ui %}{# hidden #}<b>{% translate "Save" %}</b>{% icon "pencil" %}{% icon "list" "Number" %}',
}
PLAIN, FOLDING = "django.template.loaders.cached.Loader", "programmes.common.folding.Loader"


def engine(loader: str) -> Engine:
    texts = ("django.template.loaders.locmem.Loader", TEMPLATES)
    return Engine(loaders=[(loader, [texts])], libraries=LIBRARIES)


@pytest.fixture
def rendered():
    """Of both loaders; each engine is used for all languages, as in a server."""
    engines = {loader: engine(loader) for loader in (PLAIN, FOLDING)}

    def render(loader: str, name: str, language: str) -> str:
        values = {"numbers": [0, 5], "name": "trash3", "csrf_token": "<token>"}
        with translation.override(language):
            return engines[loader].get_template(name).render(Context(values))

    return render


def test_a_page_is_the_same_in_each_language(rendered):
    pages = {language: rendered(FOLDING, "page", language) for language in ("en", "es", "en")}
    assert pages == {language: rendered(PLAIN, "page", language) for language in ("en", "es")}
    assert "Guardar" in pages["es"]
    assert "Guardar" not in pages["en"]


def test_what_never_changes_is_one_text():
    with translation.override("es"):
        nodes = engine(FOLDING).get_template("words").nodelist
    texts = [node for node in nodes if isinstance(node, TextNode)]
    assert len(texts) == 1
    assert texts[0].render(Context()).startswith("<b>Guardar</b><svg")


def test_it_is_the_loader_of_our_pages():
    from django.template import engines

    assert [type(loader) for loader in engines["django"].engine.template_loaders] == [Loader]
