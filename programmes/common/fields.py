"""Model and form fields that several apps use."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.countries import COUNTRIES, country_choices
from programmes.common.languages import CONTENT_LANGUAGES, complete_languages, direction, endonym


def in_language(value: Mapping[str, str] | None, language: str | None = None, fallback: str = "") -> str:
    """The text in `language` (default: the reader's), else in `fallback`, in English, in whichever there is."""
    texts = value or {}
    asked = language or get_language() or ""
    for code in (asked, asked.split("-")[0], fallback, "en"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def check_multilingual(value: Any) -> None:
    """Validator: a dictionary from known language codes to strings."""
    known = {code for code, _name in CONTENT_LANGUAGES}
    shaped = isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
    if not shaped or not set(value) <= known:
        raise ValidationError(_("A text per language is expected."), code="multilingual")


class MultilingualField(models.JSONField):
    """Texts of the method (stages, questions, columns): `{"en": "…", "es": "…"}`; never text typed by a city."""

    default_validators = [check_multilingual]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": MultilingualFormField, **kwargs})


class MultilingualWidget(forms.MultiWidget):
    """One input per language."""

    template_name = "common/widgets/multilingual.html"
    use_fieldset = True

    def __init__(self, attrs=None, long=False, languages=None):
        self.languages = languages or complete_languages()
        one = forms.Textarea if long else forms.TextInput
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: one(attrs={"lang": code, "dir": direction(code)}) for code, _name in self.languages
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        texts = value or {}
        return [texts.get(code, "") for code, _name in self.languages]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for subwidget, (code, name) in zip(context["widget"]["subwidgets"], self.languages, strict=True):
            subwidget["language"], subwidget["endonym"] = code, name
        return context


class MultilingualFormField(forms.MultiValueField):
    """Cleans to `{language: text}` without empty texts; required means at least one language.

    `languages`: codes of the languages to ask for; those of the interface where nothing is said. What the form's
    initial value says in any other language stays, whoever stores what was cleaned."""

    kept: Mapping[str, str] = {}

    def __init__(self, *, long=False, max_length=None, languages=None, encoder=None, decoder=None, **kwargs):
        codes = languages or [code for code, _name in settings.LANGUAGES]
        parts = [forms.CharField(required=False, max_length=max_length) for _code in codes]
        inputs = [(code, endonym(code)) for code in codes]
        kwargs.setdefault("widget", MultilingualWidget(long=long, languages=inputs))
        self.codes = codes
        super().__init__(parts, require_all_fields=False, **kwargs)

    def get_bound_field(self, form, field_name):
        """Each form has fields of its own and binds them before it cleans."""
        before = form.get_initial_for_field(self, field_name) or {}
        self.kept = {code: text for code, text in before.items() if code not in self.codes}
        return super().get_bound_field(form, field_name)

    def compress(self, data_list):
        texts = {code: text for code, text in zip(self.codes, data_list or [], strict=False) if text}
        return {**self.kept, **texts}


MOST_PARAGRAPHS = 2000
"""Paragraphs in one box, more than forty printed pages of them: beyond, a document takes minutes."""


def check_paragraphs(text: str) -> None:
    """Validator: a text has at most MOST_PARAGRAPHS.

    Each line that was ended by hand counts as one, be it a paragraph, an item of a list or a line of a poem: laying
    them out on paper takes equally long. Empty lines do not count.
    """
    number = sum(1 for line in text.splitlines() if line.strip())
    if number > MOST_PARAGRAPHS:
        raise ValidationError(
            _(
                "This text has %(number)s paragraphs, list items and lines; a box takes at most %(most)s. "
                "Please join some, or put a part into another box."
            ),
            "paragraphs",
            {"number": number, "most": MOST_PARAGRAPHS},
        )


class LongTextField(forms.CharField):
    """A text in light markup, of not too many paragraphs."""

    default_validators = [check_paragraphs]


def in_days(numbers: Iterable[int]) -> list[tuple[int, str]]:
    """Choices of a number of days, in the language of the page."""
    return [(number, ngettext("%(n)s day", "%(n)s days", number) % {"n": number}) for number in numbers]


LONGEST_ID = 18
"""Digits that surely fit into 64 bits."""


class RowsField(forms.ModelMultipleChoiceField):
    """A choice of several rows. A number that no id can have is an unknown choice like any other: Django protects the
    lookup of one row from it, that of several reaches the database, and SQLite takes 64 bits."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > LONGEST_ID:
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)


class LanguagesField(forms.MultipleChoiceField):
    """Languages that content may be in, as check boxes; `languages_in_columns` lays them out."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(label=_("Languages"), choices=CONTENT_LANGUAGES, required=False, **kwargs)


def languages_in_columns(name: str) -> Field | str:
    """The names of a form's fields for its layout: the languages are many."""
    return Field(name, wrapper_class="check-columns") if name == "languages" else name


class MomentField(models.DateTimeField):
    """A DateTimeField that asks our clock for its automatic values; in migrations a plain one, with Django's clock."""

    def pre_save(self, model_instance, add):
        if not (self.auto_now or (self.auto_now_add and add)):
            return super().pre_save(model_instance, add)
        moment = clock.now()
        setattr(model_instance, self.attname, moment)
        return moment

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        if kwargs.get("default") is clock.now:
            kwargs["default"] = timezone.now
        return name, "django.db.models.DateTimeField", args, kwargs


class FixedChoicesField(models.CharField):
    """A CharField whose choices live in code: adding one makes no migration."""

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class LanguageField(FixedChoicesField):
    """Code of a language that content may be written in, see `CONTENT_LANGUAGES`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("choices", CONTENT_LANGUAGES)
        super().__init__(*args, **kwargs)


class CountryField(FixedChoicesField):
    """ISO 3166-1 alpha-2 code (and XK), see `programmes.common.countries`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 2)
        kwargs.setdefault("choices", list(COUNTRIES.items()))
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        blank = [("", "---------")]
        kwargs.setdefault("choices_form_class", partial(forms.TypedChoiceField, empty_value=""))
        field = super().formfield(**kwargs)
        if isinstance(field, forms.ChoiceField):
            field.choices = lambda: blank + country_choices()
        return field

    def contribute_to_class(self, cls, name, private_only=False):
        """Django's own `get_…_display` translates all countries to name one."""
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, f"get_{name}_display", lambda row: str(COUNTRIES.get(getattr(row, name), getattr(row, name))))
