"""The board of a programme, as rows, as a table, as a file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

import rules
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.utils.formats import get_format
from django.utils.text import slugify
from django.views.generic import TemplateView, View

from programmes.accounts.services import record
from programmes.common.narrowing import is_narrowed
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Programme

from .. import board, board_file, first_steps, waiting
from ..filters import BoardFilter
from .my_work import FragmentMixin

ROWS_A_PAGE = 50
LINES_A_CHUNK = 200
SHOWN_BESIDE = 6
LOOKED_AT = 50
"""So many are read to say how many more there are."""


class BoardMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """The programme of the address and the filtered partnerships of whoever looks."""

    model = Programme
    permission_required = "overview.view_board"

    def load_object(self) -> Programme:
        programme = partnerships.visible_programme(self.request.access, self.kwargs["pk"])
        if programme is None:
            raise Http404
        return programme

    def filtered(self) -> BoardFilter:
        rows = board.partnerships_of(self.request.access, self.object)
        self.tiles = board.tiles_of(rows, self.object)
        return BoardFilter(
            self.request.GET or None,
            queryset=rows,
            programme=self.object,
            countries=self.tiles.country_codes,
        )


class Board(BoardMixin, TemplateView):
    """A row per partnership, alphabetical: where it stands and its next date; no score, no blame."""

    template_name = "overview/board.html"

    def get_context_data(self, **kwargs):
        programme: Programme = self.object
        access, chosen = self.request.access, self.filtered()
        pages = Paginator(chosen.qs, ROWS_A_PAGE)
        if not is_narrowed(chosen):
            pages.count = self.tiles.partnerships  # counted already
        page = pages.get_page(self.request.GET.get("page"))
        found = partnerships.with_people(page.object_list, programme)
        opened = board.opened_by(access, programme, found)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "filter": chosen,
            "page_obj": page,
            "rows": board.rows_of(found, programme, opened=opened),
            "mentee_word": programme.role_word(Role.MENTEE),
            "mentor_word": programme.role_word(Role.MENTOR),
            "tiles": self.tiles,
            "stage_lines": {},
            "as_table": self.request.GET.get("view") == "table",
            "first_steps": self.first_steps(),
            "may_pair": rules.has_perm("partnerships.pair", access, programme),
            "may_change": rules.has_perm("partnerships.change_programme", access, programme),
        }

    def first_steps(self) -> list:
        """For whoever sets the programme up, while no partnership has a date to come."""
        if self.tiles.partnerships > self.tiles.undated:
            return []
        may_pair = rules.has_perm("partnerships.pair", self.request.access, self.object)
        return first_steps.first_steps(self.object) if may_pair else []

    def get_template_names(self):
        part = self.request.htmx and not self.request.htmx.boosted
        return ["overview/_board_rows.html" if part else self.template_name]


class Beside(ObjectPermissionMixin, VisibleObjectMixin, FragmentMixin, TemplateView):
    """What waits for the person in this programme and its next dates, beside its board."""

    model = Programme
    selector = staticmethod(partnerships.programmes_visible_to)
    permission_required = "overview.view_board"
    template_name = "overview/_beside.html"

    def page_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        access, programme = self.request.access, self.object.pk
        return super().get_context_data(
            waiting=first(waiting.waiting_for_one(access, programme=programme)),
            dates=first(partnerships.next_dates(access, LOOKED_AT, programme=programme)),
            **kwargs,
        )


@dataclass(frozen=True)
class First:
    """The first of a list, and how many more there are; `at_least` so many where nobody looked further."""

    items: Sequence
    more: int
    at_least: bool


def first(found: Sequence) -> First:
    return First(found[:SHOWN_BESIDE], max(len(found) - SHOWN_BESIDE, 0), len(found) >= LOOKED_AT)


class _Echo:
    """A file that hands back what is written, for streaming."""

    def write(self, value: str) -> str:
        return value


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


class BoardCsv(BoardMixin, View):
    """The same rows as a file: UTF-8 with a mark at its start, so that spreadsheets read the accents, and with the
    sign between cells that they expect where the reader's language is written."""

    def get(self, request, *args, **kwargs):
        rows = self.filtered().qs
        record(by=request.user, verb="downloaded", target=self.object)
        writer = csv.writer(_Echo(), delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
        lines = board_file.table_of(rows, self.object)
        written = (writer.writerow([safe_cell(cell) for cell in line]) for line in lines)
        stream = ("".join(portion) for portion in board_file.portions(written, LINES_A_CHUNK))
        response = StreamingHttpResponse(_marked(stream), content_type="text/csv; charset=utf-8")
        name = slugify(self.object.title) or "board"
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response


def _marked(lines):
    yield "\ufeff"
    yield from lines
