"""The board of a programme, as rows, as a table, as a file."""

import csv

import rules
from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.views.generic import ListView

from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.models import Programme

from .. import board, waiting
from ..filters import BoardFilter


class BoardMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """The programme of the address and the filtered partnerships of whoever looks."""

    model = Programme
    selector = staticmethod(lambda user: partnerships.programmes_visible_to(user).select_related("network"))
    permission_required = "overview.view_board"

    def filtered(self) -> BoardFilter:
        self.all_rows = board.partnerships_of(self.request.user, self.permission_object)
        self.countries = board.countries_of(self.all_rows)
        return BoardFilter(
            self.request.GET or None,
            queryset=self.all_rows,
            programme=self.permission_object,
            countries=self.countries,
        )


class Board(BoardMixin, ListView):
    """A row per partnership, alphabetical: where it stands and its next date; no score, no blame."""

    template_name = "overview/board.html"
    paginate_by = 50

    def get_queryset(self):
        self.filter = self.filtered()
        return partnerships.with_people(self.filter.qs)

    def get_context_data(self, **kwargs):
        programme: Programme = self.permission_object
        context = super().get_context_data(**kwargs)
        user = self.request.user
        return context | {
            "programme": programme,
            "filter": self.filter,
            "rows": board.rows_of(context["page_obj"].object_list, programme),
            "tiles": board.tiles_of(self.all_rows, programme, self.countries),
            "as_table": self.request.GET.get("view") == "table",
            "may_pair": rules.has_perm("partnerships.pair", user, programme),
            "may_change": rules.has_perm("partnerships.change_programme", user, programme),
            "waiting": waiting.waiting_for(user, limit=6),
            "dates": partnerships.next_dates(user, 6),
        }

    def get_template_names(self):
        return (
            ["overview/_board_rows.html"]
            if self.request.htmx and not self.request.htmx.boosted
            else [self.template_name]
        )


class _Echo:
    """A file that hands back what is written, for streaming."""

    def write(self, value: str) -> str:
        return value


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


class BoardCsv(BoardMixin, ListView):
    """The same rows as a file: UTF-8 with a mark at its start, so that spreadsheets read the accents."""

    def get(self, request, *args, **kwargs):
        rows = self.filtered().qs
        writer = csv.writer(_Echo())
        lines = board.table_of(rows, self.permission_object)
        stream = (writer.writerow([safe_cell(cell) for cell in line]) for line in lines)
        response = StreamingHttpResponse(_marked(stream), content_type="text/csv; charset=utf-8")
        name = slugify(self.permission_object.title) or "board"
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response


def _marked(lines):
    yield "\ufeff"
    yield from lines
