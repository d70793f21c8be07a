"""What the pages of a plan show: the table to write in, the plan as it stands to read, one of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from programmes.common import markup
from programmes.common.access import Access
from programmes.conversations.models import Conversation

from . import boundary, selectors, snapshots
from .columns import columns_of
from .models import Action, ActionNeed, Plan
from .tables import MOST_FIRST_WORDS, Column, Heading, Table, parted, row_of, table_of


@dataclass(frozen=True)
class Gone:
    """A row that was removed: how it began, and the number that it had or would have."""

    action: Action
    words: str
    language: str
    number: int


def writing(access: Access, plan: Plan, asked: Mapping[str, str]) -> dict[str, Any]:
    """The page of the table: rows to read, of which `open` is one to write in; `removed` was just taken out."""
    actions = snapshots.all_actions_of(plan)
    present = [action for action in actions if action.removed_at is None]
    conversations = selectors.conversations_on(access, plan)
    table = table_of(snapshots.take(plan, present), conversations)
    removed = _gone(table.columns, actions, plan.language)
    return {
        "table": table,
        "count": len(table.rows),
        "opened": _id(asked, "open"),
        "is_folded": "fold" in asked,
        "removed": removed,
        "gone": next((row for row in removed if row.action.pk == _id(asked, "removed")), None),
        "other_conversations": beside(table, conversations),
        "on_behalf": boundary.writes_on_behalf(access, plan),
    }


def as_it_stands(access: Access, plan: Plan) -> Table:
    return table_of(snapshots.take(plan), selectors.conversations_on(access, plan))


def row_alone(access: Access, plan: Plan, action: Action) -> dict[str, Any]:
    """One row with what its template reads beside it."""
    present = plan.actions.filter(removed_at=None)
    links = Prefetch("need_links", ActionNeed.objects.select_related("need"))
    found = present.select_related("adapted").prefetch_related("cells", links).get(pk=action.pk)
    headings, folded = _columns(plan)
    row = row_of(headings, folded, snapshots.action_data(number_of(action), found), plan.language)
    row.conversations = [
        said for said in selectors.conversations_on(access, plan) if said.about_plan.action_id == action.pk
    ]
    return {"row": row, "table": Table(headings, folded, [row]), "count": present.count()}


def gone_alone(plan: Plan, action: Action) -> dict[str, Any]:
    """A row that was just removed, and all that were."""
    table = Table(*_columns(plan), [])
    removed = _gone(table.columns, snapshots.all_actions_of(plan), plan.language)
    gone = next((row for row in removed if row.action.pk == action.pk), None)
    return {"gone": gone, "removed": removed, "width": table.width}


def number_of(action: Action) -> int:
    """Among the rows that are there."""
    before = Q(order__lt=action.order) | Q(order=action.order, pk__lt=action.pk)
    return action.plan.actions.filter(before, removed_at=None).count() + 1


def beside(table: Table, conversations: list[Conversation]) -> list[Conversation]:
    """Conversations that belong to no row of this table: with the support group, or on rows that are gone."""
    rows = {row.pk for row in table.rows}
    return [said for said in conversations if said.about_plan.action_id not in rows]


def _columns(plan: Plan) -> tuple[list[Heading], list[Column]]:
    return parted([snapshots.column_data(column) for column in columns_of(plan.partnership.programme)])


def _gone(columns: list[Column], actions: Iterable[Action], language: str) -> list[Gone]:
    """`actions`: all of the plan in order, with cells."""
    found, number = [], 1
    for action in actions:
        if action.removed_at is None:
            number += 1
            continue
        first = columns[0]
        cell = next((cell for cell in action.cells.all() if cell.column_key == first.key), None)
        words = first.kind.markup(cell.value, first.box) if cell else ""
        said = (cell.language if cell else "") or language
        found.append(Gone(action, markup.first_words(words, MOST_FIRST_WORDS), said, number))
    return found


def _id(asked: Mapping[str, str], name: str) -> int | None:
    value = asked.get(name, "")
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 19 else None
