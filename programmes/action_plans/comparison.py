"""A frozen plan as topics that two versions have in common."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.sharing.comparison import Entry, Topic, entry_of

from .shapes import PlanData
from .tables import Box, Row, table_of


def topics_of(plan: PlanData) -> list[Topic]:
    """Title and date, then the actions."""
    head = plan["plan"]
    day = date_format(date.fromisoformat(head["date"])) if head["date"] else ""
    about = [Entry("title", _("Title"), head["title"], head["language"]), Entry("date", _("Date"), day)]
    return [Topic("plan", _("The plan"), about), *(_action(row) for row in table_of(plan).rows)]


def _action(row: Row) -> Topic:
    needs = tuple(_("Need %(number)s: %(title)s") % need for need in row.needs)
    entries = [*(_box(box) for box in row.boxes), Entry("needs", _("Needs this action answers"), needs)]
    return Topic(str(row.pk), _("Action %(number)s") % {"number": row.number}, entries)


def _box(box: Box) -> Entry:
    column = box.column
    return entry_of(column.key, column.title, column.kind, box.value, column.box, box.language)
