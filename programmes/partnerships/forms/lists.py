"""Pasting or sending a list, and mending its cells in the preview."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.errors import Refusal
from programmes.common.languages import complete_languages
from programmes.common.tables import LARGEST_FILE, Rows, as_text, rows_of_file, rows_of_text

from ..lists.checking import MOST_LISTED, UnknownHeading
from ..lists.words import columns_of


class ListForm(forms.Form):
    """Cleans to `rows`, heading first, with the cells that were mended in the preview (`cell-ROW-COLUMN`)."""

    text = forms.CharField(
        label=_("Paste the cells here, with their headings"),
        required=False,
        strip=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        help_text=_("XLSX or CSV, at most 1 MB and 200 rows. It is read and not kept."),
    )
    language = forms.ChoiceField(label=_("Language of the invitations"), choices=complete_languages)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            rows = self._rows(data)
        except Refusal as refusal:
            self.add_error("file" if data.get("file") else "text", str(refusal))
        else:
            data["rows"] = self._mended(rows)
        return data

    def _rows(self, data: dict[str, Any]) -> Rows:
        upload = data.get("file")
        if upload and (data.get("text") or "").strip():
            raise Refusal(_("There are pasted cells as well. Empty that box, or send them without a file."))
        if upload:
            rows = rows_of_file(upload.read(LARGEST_FILE + 1), MOST_LISTED)
        else:
            rows = rows_of_text(data.get("text") or "", MOST_LISTED)
        if len(rows) < 2 and not upload and "text" not in self.errors:
            raise Refusal(_("Paste the list or choose a file: a row of headings, and a row for each person."))
        if not rows or "organisation" not in columns_of(rows[0]):
            raise UnknownHeading
        return rows

    def _mended(self, rows: Rows) -> Rows:
        places = columns_of(rows[0])
        for number, row in enumerate(rows[1:], start=1):
            for column, place in places.items():
                mended = self.data.get(f"cell-{number}-{column}")
                if mended is not None:
                    row.extend([""] * (place + 1 - len(row)))
                    row[place] = " ".join(mended.split())
        return [row for row in rows if any(row)]

    def answers(self) -> dict[str, str]:
        return {name: value for name, value in self.data.items() if name.startswith("same-")}

    def as_text(self) -> str:
        """What the preview carries along: the list as it stands, mended."""
        return as_text(self.cleaned_data["rows"])
