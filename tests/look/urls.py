"""The project's addresses and one page more, on which every component stands."""

import datetime
from pathlib import Path

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from mentoring.urls import handler500
from mentoring.urls import urlpatterns as pages
from programmes.common.waiting import Kind, Waiting, WaitingText

__all__ = ["handler500", "urlpatterns"]

STOPS = [
    {"title": title, "state": state, "when": "3 May"}
    for title, state in (
        ("Needs and matching", "done"),
        ("Goals", "current"),
        ("Training", "ahead"),
        ("Visit 1", "ahead"),
    )
]
NOVEMBER = datetime.date(2030, 11, 4)


class ExampleForm(forms.Form):
    title = forms.CharField(help_text="As concrete as you can.")
    country = forms.ChoiceField(choices=[("", "—"), ("LV", "Latvia")])
    agreed = forms.BooleanField(label="Our team agrees")
    kinds = forms.MultipleChoiceField(
        choices=[("a", "City"), ("b", "Association")], widget=forms.CheckboxSelectMultiple
    )

    helper = FormHelper()
    helper.form_tag = False


def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Version 2 is shared.")
    messages.error(request, "That was not possible.")
    template = engines["django"].from_string((Path(__file__).parent / "parts.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(context(), request))


def waiting(text: str, context: str = "", due: datetime.date | None = None, **kind) -> Waiting:
    said = WaitingText(text, "/", context)
    return Waiting(Kind("example", lambda asked: (), lambda row: said, **kind), 1, due=due)


def context() -> dict:
    return {
        "stops": STOPS,
        "form": ExampleForm({"country": "XX"}),
        "items": [
            waiting("Read version 2 of Jelgava’s needs", "shared yesterday", mark="question"),
            waiting("Confirm the programme", "Capaci — Mechelen", due=NOVEMBER),
            waiting("Agree on the scope", due=datetime.date(2020, 1, 2), passed=True),
        ],
        "dates": [
            {"on": NOVEMBER, "text": "Visit 1", "url": "/", "detail": "in person"},
            {"on": NOVEMBER, "text": "Visit 2", "passed": True},
        ],
        "sections": [
            {"title": "1 The challenge", "url": "/", "note": "your team reads", "current": True},
            {"title": "2 Local context", "url": "/"},
        ],
        "page_obj": Paginator(range(90), 30).page(2),
    }


urlpatterns = [path("look/parts/", parts), *pages]
