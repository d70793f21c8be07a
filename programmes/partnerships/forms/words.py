"""What a programme calls its roles and what its questions speak of (X8)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes.common.fields import MultilingualFormField, in_language
from programmes.common.languages import complete_languages
from programmes.common.seen import SeenForm

from ..design import default_design
from ..words import ROLES, role_key, variables
from .fields import helper


class WordsForm(SeenForm):
    """A text per language for each word; an empty one keeps the default, which stands in the box as its placeholder."""

    def __init__(self, *args: Any, words: Mapping[str, Mapping[str, str]], **kwargs: Any):
        super().__init__(*args, **{"initial": words} | kwargs)
        for entry in variables():
            self._offer(entry["key"], in_language(entry["label"]), in_language(entry["help"]), entry["text"])
        purposes = {entry["key"]: in_language(entry["purpose"]) for entry in default_design()["roles"]}
        for role in ROLES:
            self._offer(role_key(role), role.label, purposes.get(role.value, ""), _in_every_language(role))
        self.helper = helper(_("Save"))

    def _offer(self, name: str, label: str, words: str, default: Mapping[str, str]) -> None:
        field = MultilingualFormField(label=label, help_text=words, required=False, max_length=80)
        for part, (code, _name) in zip(field.widget.widgets, complete_languages(), strict=True):
            part.attrs["placeholder"] = default.get(code, "")
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, texts in list(data.items()):
            if any(mark in text for text in texts.values() for mark in "{}"):
                self.add_error(name, _("Please write it without braces."))
        return data

    @property
    def own_words(self) -> dict[str, dict[str, str]]:
        """What the programme says otherwise, as `Programme.words` keeps it."""
        return {name: texts for name, texts in self.cleaned_data.items() if texts}


def _in_every_language(role: Any) -> dict[str, str]:
    return dict(_labels(role))


def _labels(role: Any) -> Iterator[tuple[str, str]]:
    for code, _name in complete_languages():
        with override(code):
            yield code, str(role.label)
