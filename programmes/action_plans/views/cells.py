"""One cell: saving, its history, its language and its translation."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.autosave import AutosaveView, HistoryView, TextValueForm, language_offer
from programmes.common.fields import in_language
from programmes.common.kinds import Box, Kind, kind_of
from programmes.common.revisions import Saved
from programmes.common.views import SmallForm

from .. import services
from ..columns import box_of, columns_of
from ..forms import LanguageForm
from ..models import Action, Cell, PlanColumn
from ..showing import number_of
from .base import ActionMixin


class CellMixin(ActionMixin):
    """A cell of an action. Those that somebody removed meanwhile still take what is typed: they may come back."""

    column: PlanColumn

    @property
    def box(self) -> Box:
        return box_of(self.column.key, self.column.kind, self.column.options)

    @property
    def value_kind(self) -> Kind:
        return kind_of(self.column)

    def load_object(self) -> Action:
        action = super().load_object()
        columns = {column.key: column for column in columns_of(action.plan.partnership.programme)}
        if self.kwargs["column"] not in columns:
            raise Http404
        self.column = columns[self.kwargs["column"]]
        return action

    def written_cell(self) -> Cell:
        """The row of a cell in which something was written; 404 for any other."""
        cell = Cell.objects.filter(action=self.object, column_key=self.column.key).first()
        if cell is None:
            raise Http404
        cell.action = self.object
        return cell

    def translation_url(self) -> str:
        page = reverse("action_plans:translation", args=[self.plan.pk])
        return f"{page}#text-{self.object.pk}-{self.column.key}"


class CellSave(CellMixin, AutosaveView):
    """Saves what stands in one cell."""

    def get_row(self) -> Cell:
        """Only named here; it is made when there is something to save."""
        return Cell(action=self.object, column_key=self.column.key)

    def get_success_url(self) -> str:
        return self.row_url(opened=True)

    def get_value_form(self, data: Any) -> forms.Form:
        self.value_form = self.value_kind.form(self.box, data=data, label=in_language(self.column.title))
        return self.value_form

    def show_value(self, value: Any) -> str:
        return self.value_kind.compared(value, self.box)

    def read_base(self, text: str) -> Any:
        return self.value_kind.untyped(text)

    def stored(self, row: Any) -> Cell | None:
        return Cell.objects.filter(action=row.action, column_key=row.column_key).first()

    def save_value(self, row: Any, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        self.row = revisions.get_row(Cell, action=self.object, column_key=self.column.key)
        self.row.action = self.object
        saved = services.save_cell(
            cell=self.row,
            base=base,
            base_value=base_value,
            value=value,
            access=access,
            merge=self.value_kind.merges,
            language=self.value_form.cleaned_data.get("language", ""),
        )
        return replace(saved, value=self.show_value(saved.value))

    def offered_language(self, saved: Saved) -> dict[str, str] | None:
        if not self.value_kind.has_words(self.row.value):
            return None
        return language_offer(saved.value, self.row.language, self.plan.partnership.programme.languages)


class CellHistory(CellMixin, HistoryView):
    """Earlier texts of one cell; restoring makes a new revision."""

    def get_row(self) -> Cell:
        return self.written_cell()

    def get_back_url(self) -> str:
        return self.row_url(opened=True)

    def get_title(self) -> str:
        return in_language(self.column.title)

    def show_value(self, value: Any) -> str:
        return self.value_kind.markup(value, self.box)

    def restore_value(self, row: Any, *, revision: int, access: Access) -> Saved:
        return services.restore_cell(cell=row, revision=revision, access=access)


class CellTranslate(CellMixin, AutosaveView):
    """Saves the translation beside a cell; `base` is the revision of the cell that was translated."""

    def get_row(self) -> Cell:
        return self.written_cell()

    def get_success_url(self) -> str:
        return self.translation_url()

    def get_value_form(self, data: Any) -> forms.Form:
        return TextValueForm(data)

    def has_arrived(self, row: Any, *, value: Any, base_value: Any, access: Access) -> bool:
        return revisions.holds_translation(row, text=value, base_text=base_value)

    def save_value(self, row: Any, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        return revisions.translate(row, text=value, of=base, base_text=base_value, by=access.user)


class CellLanguage(CellMixin, SmallForm):
    """Says that a cell is written in another language than the plan."""

    form_class = LanguageForm
    heading = gettext_lazy("Written in another language")
    button = gettext_lazy("Save")

    @property
    def intro(self) -> str:
        number, column = number_of(self.object), in_language(self.column.title)
        return _(
            "Action %(number)s, %(column)s. The plan is written in one language; this text alone may be in another."
        ) % {
            "number": number,
            "column": column,
        }

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.written_cell().language or self.plan.language}

    def act(self, form: LanguageForm) -> HttpResponse:
        services.set_language(
            cell=self.written_cell(), language=form.cleaned_data["language"], access=self.request.access
        )
        messages.success(self.request, _("Saved."))
        return redirect(self.translation_url())

    def back_url(self) -> str:
        return self.row_url(opened=True)
