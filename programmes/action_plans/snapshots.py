"""A plan as plain data: what is frozen, what a document is built from, what a page of a version shows."""

from django.db.models import QuerySet

from programmes.common.held import hold
from programmes.common.prepared import prepared
from programmes.partnerships.enums import Role

from .columns import columns_of
from .models import Action, ActionNeed, AdaptedPractice, Cell, Plan, PlanColumn
from .shapes import ActionData, CellData, ColumnData, PlanData, PracticeLink


def take(plan: Plan, actions: list[Action] | None = None) -> PlanData:
    """The plan as it stands, as JSON; pass `actions` where they are read already.

    See `shapes.PlanData`.
    """
    partnership = plan.partnership
    actions = actions_of(plan) if actions is None else actions
    return {
        "plan": {
            "id": plan.pk,
            "title": plan.title,
            "language": plan.language,
            "date": plan.date.isoformat() if plan.date else "",
            "city": plan.city.name,
            "mentors": [row.organisation.name for row in partnership.current_in(Role.MENTOR)],
            "programme_id": partnership.programme_id,
            "partnership_id": partnership.pk,
        },
        "columns": [column_data(column) for column in columns_of(partnership.programme)],
        "actions": [action_data(number, action) for number, action in enumerate(actions, start=1)],
    }


def all_actions_of(plan: Plan) -> list[Action]:
    """Rows of the plan in order, removed ones among them, with cells and needs, in three queries."""
    hold([plan], "actions", _actions(plan.pk))
    actions = list(plan.actions.all())
    ids = [action.pk for action in actions]
    hold(actions, "cells", _cells(ids))
    hold(actions, "need_links", _need_links(ids))
    return actions


@prepared
def _actions(plan: int) -> QuerySet[Action]:
    return Action.objects.filter(plan=plan).select_related("adapted")


@prepared
def _cells(actions: list[int]) -> QuerySet[Cell]:
    return Cell.objects.filter(action__in=actions)


@prepared
def _need_links(actions: list[int]) -> QuerySet[ActionNeed]:
    return ActionNeed.objects.filter(action__in=actions).select_related("need")


def actions_of(plan: Plan) -> list[Action]:
    """The rows that are not removed."""
    return [action for action in all_actions_of(plan) if action.removed_at is None]


def column_data(column: PlanColumn) -> ColumnData:
    return {
        "key": column.key,
        "kind": column.kind,
        "folded": column.folded,
        "options": column.options,
        "group": column.group,
        "title": column.title,
        "help": column.help,
        "group_title": column.group_title,
    }


def action_data(number: int, action: Action) -> ActionData:
    """One entry of `actions`, see `take`."""
    needs = sorted((link.need for link in action.need_links.all()), key=lambda need: need.number)
    return {
        "id": action.pk,
        "number": number,
        "needs": [
            {"id": need.pk, "number": need.number, "title": need.title, "language": need.language} for need in needs
        ],
        "practice": _practice(getattr(action, "adapted", None)),
        "cells": {cell.column_key: _cell(cell) for cell in action.cells.all()},
    }


def _practice(adapted: AdaptedPractice | None) -> PracticeLink | None:
    return {"id": adapted.practice_id, "title": adapted.title, "place": adapted.place} if adapted else None


def _cell(cell: Cell) -> CellData:
    return {
        "value": cell.value,
        "language": cell.language,
        "revision": cell.revision,
        "translation": cell.translation,
        "translation_stale": cell.translation_is_stale,
        "on_behalf": cell.on_behalf,
    }
