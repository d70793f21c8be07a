"""A form that changes a row changes what its sender saw: nothing that somebody else wrote meanwhile is replaced unseen.

The form inherits `SeenForm` and carries, hidden, a fingerprint of each field as the page showed it. Changes of
different fields go together; where both changed the same one, what was typed comes back with a sentence beside it that
says what stands there now, and the form sent from that page holds. The view inherits `SeenView`, first of all, so that
nobody is between reading the row and saving it. Texts that several people write at once are `revisions` instead."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext

from programmes.common import once

FIELD = "seen"
LENGTH = 12
"""Letters of a fingerprint: it tells two states of one field apart, it guards no secret."""

LONGEST = 10_000
"""Letters of all fingerprints of a form: no form has a hundred fields."""


def is_carried(name: str) -> bool:
    """Whether forms carry this field along by themselves: nobody typed it."""
    return name.rpartition("-")[2] in (FIELD, once.FIELD, "csrfmiddlewaretoken")


class SeenField(forms.Field):
    """What each field said: `{name: fingerprint}`. A damaged one knows of none, so that every change is shown first."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> dict[str, str]:
        try:
            found = json.loads((value or "{}")[:LONGEST])
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never: a line of which nothing else was filled in stays empty."""
        return False


class SeenForm(forms.Form):
    """Mixin for a form that changes a row. Its `initial` values, or its instance, are the row as it stands now."""

    data: Any
    seen = SeenField()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == FIELD:
            return _written({name: self._stands(name) for name in self._watched()})
        return super().get_initial_for_field(field, field_name)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        seen = self.cleaned_data.pop(FIELD, {})
        if self._is_new():
            return
        shown = dict(seen)
        for name in self._watched():
            if name in self.cleaned_data and seen.get(name) != self._stands(name):
                self._reconcile(name, seen.get(name))
                shown[name] = self._stands(name)
        self._refuse_to_delete()
        if shown != seen:
            self.data = self.data.copy()
            self.data[self.add_prefix(FIELD)] = _written(shown)

    def _is_new(self) -> bool:
        """There is no row yet, so that nothing of it can be replaced."""
        instance = getattr(self, "instance", None)
        return instance is not None and instance._state.adding

    def _watched(self) -> list[str]:
        """Fields that a person sees and that show something of the row."""
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def _stands(self, name: str) -> str:
        return fingerprint(_shown(self.fields[name], self[name].initial))

    def _reconcile(self, name: str, seen: str | None) -> None:
        """Somebody else changed this field: theirs stays where the sender left it alone, else both are shown."""
        mine = fingerprint(self.cleaned_data[name])
        if mine == self._stands(name):
            return
        if mine == seen and not self.cleaned_data.get(DELETION_FIELD_NAME):
            self._take(name)
        else:
            self._show(name)

    def _take(self, name: str) -> None:
        field, now = self.fields[name], self[name].initial
        try:
            self.cleaned_data[name] = _cleaned(field, now)
        except ValidationError:
            self._show(name)
        else:
            field.bound_data = lambda data, initial: now  # type: ignore

    def _show(self, name: str) -> None:
        now = in_words(self.fields[name], self[name].initial)
        sentence = gettext(
            "Somebody else changed this meanwhile. It says now: %(now)s. Save again to put yours in its place."
        )
        self.add_error(name, ValidationError(sentence % {"now": now}, code=FIELD))

    def _refuse_to_delete(self) -> None:
        """A line that somebody else changed is deleted by whoever saw it. (The errors of a line that goes are not
        looked at.)"""
        if self.errors and self.cleaned_data.get(DELETION_FIELD_NAME):
            codes = {error.code for errors in self.errors.as_data().values() for error in errors}
            if FIELD in codes:
                self.cleaned_data[DELETION_FIELD_NAME] = False


class SeenView:
    """For a view whose form is a `SeenForm`: the row is locked before anything of it is read. `rows_changed` says
    which, where it is not the one of the address."""

    model: type[Model]
    kwargs: dict[str, Any]

    def rows_changed(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(pk=self.kwargs.get("pk"))

    def is_sent(self, request: HttpRequest) -> bool:
        """Whether somebody may be changing something: nobody who is not signed in, but by a link."""
        return request.method == "POST" and request.user.is_authenticated

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_sent(request):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        with transaction.atomic():
            self.rows_changed().order_by("pk").select_for_update().first()
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def fingerprint(value: Any) -> str:
    """The same for what a field shows and for what it cleans to."""
    return hashlib.sha256(plain(value).encode(errors="replace")).hexdigest()[:LENGTH]


def plain(value: Any) -> str:
    """One text for a value, as a row, a form or a browser has it."""
    match value:
        case None | False:
            return ""
        case str():
            return value.replace("\r\n", "\n").strip()
        case Decimal():
            return format(value.normalize(), "f")
        case Model():
            return str(value.pk)
        case UploadedFile():
            return f"\0{value.name}"  # unlike any that is stored: it shall be stored now
        case File():
            return value.name or ""
        case dict():
            return "\n".join(sorted(f"{key}: {plain(item)}" for key, item in value.items() if plain(item)))
        case list() | tuple() | set() | QuerySet():
            return "\n".join(sorted(plain(item) for item in value))
    return str(value)


def in_words(field: forms.Field, value: Any) -> str:
    """What a field says, as a person reads it."""
    if not plain(value):
        return gettext("nothing")
    shown = field.prepare_value(value)
    match field:
        case forms.ModelChoiceField():
            rows: Any = field.queryset
            return ", ".join(str(field.label_from_instance(row)) for row in rows.filter(pk__in=_several(shown)))
        case forms.ChoiceField():
            keys, choices = {str(key) for key in _several(shown)}, _flat(field.choices)
            return ", ".join(str(choice[1]) for choice in choices if str(choice[0]) in keys)
        case forms.BooleanField():
            return gettext("yes")
    match value:
        case date():
            return date_format(value)
        case dict():
            return " · ".join(f"{key}: {text}" for key, text in value.items() if text)
    return plain(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return list(flatten_choices(choices))


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _written(fingerprints: dict[str, str]) -> str:
    return json.dumps(fingerprints, separators=(",", ":"))


def _shown(field: forms.Field, value: Any) -> Any:
    """Of a value in several parts those that have an input."""
    return field.compress(field.widget.decompress(value)) if isinstance(field, forms.MultiValueField) else value


def _cleaned(field: forms.Field, value: Any) -> Any:
    """What the field makes of a value that it shows; raises ValidationError where it would not take it today."""
    if isinstance(field, forms.FileField):
        return value
    if isinstance(field, forms.MultiValueField):
        return field.clean(field.widget.decompress(value))
    return field.clean(field.prepare_value(value))
