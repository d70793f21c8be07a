"""The action plan of a city (Annex 6): the columns of its programme as one table that turns the page."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.action_plans import snapshots
from programmes.action_plans.boundary import newest_version_for, plans_kept_by, plans_visible_to, versions_visible_to
from programmes.action_plans.columns import box_of, default_columns
from programmes.action_plans.models import Plan, PlanVersion
from programmes.action_plans.shapes import ActionData, CellData, ColumnData, NeedData, PlanData, PracticeLink
from programmes.common.access import Access
from programmes.common.fields import in_language
from programmes.common.kinds import KINDS
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, Programme

from ..blocks import Blank, Block, Cell, Column, DocumentContent, Fact, Lines, ListBlock, Paragraph, Table, Unanswered
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing, register
from . import header, texts

BLANK_ROWS, BLANK_LINES = 6, 5
"""What stands on two pages."""


@register
class ActionPlan(Builder):
    """A plan as its writers read it now, or one of its frozen versions.

    `holds`: `{"version": id of the frozen version, 0 for the plan as written}`.
    """

    kind = "action-plan"
    title = gettext_lazy("Action plan")

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        plan = self._plan(subject_id, options)
        if options.blank:
            return Gathered(self._blank(plan, options))
        if plan is None:
            raise SubjectMissing
        version = _version(plan, options)
        data: PlanData = version.content if version else snapshots.take(plan)
        return Gathered(self._content(plan, data, version, options), {"version": version.pk if version else 0})

    def visible_to(self, access: Access) -> QuerySet:
        return plans_visible_to(access).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        return Plan.objects.filter(partnership=partnership).values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        if holds["version"]:
            return versions_visible_to(access).filter(pk=holds["version"], plan=subject_id).exists()
        return plans_kept_by(access).filter(pk=subject_id).exists()

    def example(self) -> int | None:
        """The plan with the most actions."""
        rows = Plan.objects.annotate(size=Count("actions", filter=Q(actions__removed_at=None)))
        fullest = rows.order_by("-size", "pk").first()
        return fullest.pk if fullest else None

    def _plan(self, subject_id: int, options: DocumentOptions) -> Plan | None:
        rows = Plan.objects.all() if options.reader is None else plans_visible_to(options.reader)
        return rows.select_related("city", "partnership__programme").filter(pk=subject_id).first()

    def _content(
        self, plan: Plan, data: PlanData, version: PlanVersion | None, options: DocumentOptions
    ) -> DocumentContent:
        about = data["plan"]
        programme = plan.partnership.programme
        return DocumentContent(
            kind=self.kind,
            title=about["title"] or _("Action plan"),
            subtitle=_("Action plan of %(city)s") % {"city": about["city"]},
            language=options.language,
            mentee=about["city"],
            mentor=header.names(about["mentors"]),
            landscape=True,
            facts=_facts(data),
            blocks=tuple(_Writer(data, options.texts, programme.working_language).blocks()),
            **_state(plan, version),
            **header.of_programme(programme),
        )

    def _blank(self, plan: Plan | None, options: DocumentOptions) -> DocumentContent:
        """A head to fill in, then the columns with their help."""
        programme = plan.partnership.programme if plan else None
        columns = [snapshots.column_data(column) for column in _columns_for(programme)]
        mentee, mentor = (programme.role_word(role) if programme else role.label for role in (Role.MENTEE, Role.MENTOR))
        head = (_("Title"), _("Date and version"), str(mentee), str(mentor), _("Association"), _("Written by"))
        return DocumentContent(
            kind=self.kind,
            title=_("Action plan"),
            subtitle=_("Blank form"),
            language=options.language,
            dated=None,
            landscape=True,
            is_blank=True,
            blocks=(Lines(head), _blank_table(columns)),
            **header.of_programme(programme),
        )


def _columns_for(programme: Programme | None) -> list:
    rows = list(programme.plan_columns.all()) if programme else []
    return rows or default_columns(programme)


def _version(plan: Plan, options: DocumentOptions) -> PlanVersion | None:
    """The version to print; None for the plan as it stands, which only its writers read."""
    if options.version is not None:
        rows = PlanVersion.objects.all() if options.reader is None else versions_visible_to(options.reader)
        version = rows.filter(pk=options.version, plan=plan).first()
    elif options.reader is None or plans_kept_by(options.reader).filter(pk=plan.pk).exists():
        return None
    else:
        version = newest_version_for(options.reader, plan)
    if version is None:
        raise SubjectMissing
    return version


def _state(plan: Plan, version: PlanVersion | None) -> dict[str, Any]:
    if version:
        name = _("Version %(number)s, %(name)s") % {"number": version.number, "name": version.name}
        return header.state(name, timezone.localdate(version.created_at), _("frozen on %(day)s"))
    changed = plan.actions.aggregate(last=Max("cells__updated_at"))["last"]
    day = timezone.localdate(changed or plan.created_at)
    return header.state(header.working_version(), day, _("last changed on %(day)s"))


def _facts(data: PlanData) -> tuple[Fact, ...]:
    """The date that its writers gave the plan, which is another than the day it was frozen."""
    day = data["plan"]["date"]
    return (Fact(_("Date of the plan"), header.day_in_words(date.fromisoformat(day))),) if day else ()


def _grouped(columns: Sequence[ColumnData]) -> list[list[ColumnData]]:
    """Columns as they are printed: neighbours of one group stand under one heading (Annex 6, column 5)."""
    shown = [column for column in columns if not column["folded"]]
    return [list(group) for _key, group in groupby(shown, lambda column: column["group"] or column["key"])]


def _heads(columns: Sequence[ColumnData], *, with_help: bool = False) -> tuple[Column, ...]:
    """The column of the numbers is narrower than any kind's."""
    heads = [Column(_("No."), 2)]
    for group in _grouped(columns):
        first = group[0]
        title = in_language(first["group_title"] if first["group"] else first["title"])
        guidance = " ".join(in_language(column["help"]) for column in group) if with_help else ""
        heads.append(Column(title, 3 * max(KINDS[column["kind"]].width for column in group), guidance))
    return tuple(heads)


def _blank_table(columns: Sequence[ColumnData]) -> Table:
    """Rows that are numbered already: an action keeps its number wherever it is spoken of."""
    rows = tuple(
        (
            Cell((Paragraph(str(number)),), heads_row=True),
            *(Cell((Blank(BLANK_LINES),)) for _group in _grouped(columns)),
        )
        for number in range(1, BLANK_ROWS + 1)
    )
    return Table(_("Actions"), _heads(columns, with_help=True), rows, style="plan plan-blank")


class _Writer:
    """A plan's snapshot as blocks, in the active language."""

    def __init__(self, data: PlanData, texts_wanted: str, working_language: str):
        self.data, self.texts, self.working_language = data, texts_wanted, working_language

    def blocks(self) -> Iterator[Block]:
        if not self.data["actions"]:
            yield Unanswered(_("The plan has no actions yet."))
            return
        rows = tuple(self._row(action) for action in self.data["actions"])
        yield Table(_("Actions"), _heads(self.data["columns"]), rows, style="plan")

    def _row(self, action: ActionData) -> tuple[Cell, ...]:
        groups = _grouped(self.data["columns"])
        cells = [self._cell(group, action) for group in groups]
        needs = (_needs(action["needs"]),) if action["needs"] else ()
        practice = (_practice(action["practice"]),) if action["practice"] else ()
        cells[0] = Cell((*cells[0].blocks, *self._folded(action), *needs, *practice))
        return (Cell((Paragraph(str(action["number"])),), heads_row=True), *cells)

    def _folded(self, action: ActionData) -> Iterator[Block]:
        """What was written below the table, where anything was."""
        for column in self.data["columns"]:
            cell = action["cells"].get(column["key"])
            if column["folded"] and cell and cell["value"]:
                yield Paragraph(in_language(column["title"]), "label")
                yield self._value(column, cell)

    def _cell(self, group: Sequence[ColumnData], action: ActionData) -> Cell:
        """One box alone, or those of a group under their labels, the empty ones in a line."""
        values = [(column, self._value(column, action["cells"].get(column["key"]))) for column in group]
        written = [(column, value) for column, value in values if not isinstance(value, Unanswered)]
        if not written:
            return Cell((texts.unanswered(),))
        these: list[Block] = []
        for column, value in written:
            if len(group) > 1:
                these.append(Paragraph(in_language(column["title"]), "label"))
            these.append(value)
        open_ones = [in_language(column["title"]) for column, value in values if isinstance(value, Unanswered)]
        return Cell((*these, texts.still_open(open_ones)) if open_ones else tuple(these))

    def _value(self, column: ColumnData, cell: CellData | None) -> Block:
        box = box_of(column["key"], column["kind"], column.get("options", ()))
        return texts.answered(cell, box, texts=self.texts, working_language=self.working_language)


def _practice(practice: PracticeLink) -> ListBlock:
    """Where the action comes from."""
    named = ", ".join(filter(None, [practice["title"], practice["place"]]))
    return ListBlock((_("Adapts the practice: %(practice)s") % {"practice": named},), style="marks")


def _needs(needs: Sequence[NeedData]) -> ListBlock:
    return ListBlock(
        tuple(_("Need %(number)s: %(title)s") % {"number": need["number"], "title": need["title"]} for need in needs),
        style="marks",
    )
