"""What a frozen plan holds, newest layout. Names of organisations, never of people. `plan.title` keeps its place: it is
asked for in SQL, see `selectors.with_titles`."""

from typing import Any, TypedDict

from programmes.sharing.shapes import Data, Shape

PLAN = Shape(newest=3)

Words = dict[str, str]


class HeadData(TypedDict):
    """`date` is an ISO date or ""."""

    id: int
    title: str
    language: str
    date: str
    city: str
    mentors: list[str]
    programme_id: int
    partnership_id: int


class ColumnData(TypedDict):
    key: str
    kind: str
    folded: bool
    options: list[dict[str, Any]]
    group: str
    title: Words
    help: Words
    group_title: Words


class NeedData(TypedDict):
    id: int
    number: int
    title: str
    language: str


class CellData(TypedDict):
    """`value` is as the kind of its column stores it."""

    value: Any
    language: str
    revision: int
    translation: str
    translation_stale: bool
    on_behalf: bool


class PracticeLink(TypedDict):
    """`id` is of the practice; title and place as they were when the action began."""

    id: int
    title: str
    place: str


class ActionData(TypedDict):
    """`cells` by the keys of their columns; none where nobody wrote. `practice` is the one that it adapts."""

    id: int
    number: int
    needs: list[NeedData]
    practice: PracticeLink | None
    cells: dict[str, CellData]


class PlanData(TypedDict):
    plan: HeadData
    columns: list[ColumnData]
    actions: list[ActionData]


@PLAN.step(1)
def _folded_columns(data: Data) -> Data:
    """All columns stood in the table."""
    return data | {"columns": [column | {"folded": False} for column in data["columns"]]}


@PLAN.step(2)
def _adapted_practices(data: Data) -> Data:
    """No action adapted a practice."""
    return data | {"actions": [action | {"practice": None} for action in data["actions"]]}
