"""What a page says at its top after a form was refused: every mistake once, each leading to its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template import Context
from django.utils.translation import gettext as _

DEEP = 3
"""A page may hold its forms in a list of pairs, such as stages with their forms."""


@dataclass(frozen=True)
class Fault:
    words: str
    label: str = ""
    target: str = ""


def faults_in(context: Context) -> list[Fault]:
    """Of all refused forms that the page was given, whatever they are called there; nothing where nothing was sent."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return []
    found: dict[int, list[Fault]] = {}
    for form, of in _forms(list(context.flatten().values()), DEEP):
        found.setdefault(id(form), list(_faults(form, of)))
    return [fault for faults in found.values() for fault in faults]


def _forms(values: Any, deep: int, of: str = "") -> Iterator[tuple[Any, str]]:
    """Each form with the words for whose it is: its line in a formset, or what it stands beside."""
    for value in values:
        if isinstance(value, forms.BaseForm):
            yield value, of
        elif isinstance(value, forms.BaseFormSet):
            yield value, of
            yield from ((form, _("line %(n)s") % {"n": n}) for n, form in enumerate(value.forms, start=1))
        elif deep and isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], forms.BaseForm):
            yield value[1], str(value[0])
        elif deep and isinstance(value, list | tuple | dict):
            yield from _forms(list(value.values()) if isinstance(value, dict) else value, deep - 1)


def _faults(form: Any, of: str) -> Iterator[Fault]:
    if not form.is_bound:
        return
    if isinstance(form, forms.BaseFormSet):
        yield from (Fault(str(words)) for words in form.non_form_errors())
        return
    yield from (Fault(str(words), of) for words in form.non_field_errors())
    for field in form:
        label = "" if field.is_hidden else ", ".join(filter(None, (of, str(field.label))))
        target = "" if field.is_hidden else field.id_for_label or field.auto_id
        yield from (Fault(str(words), label, target) for words in field.errors)
