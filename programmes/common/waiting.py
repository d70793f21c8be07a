"""What waits for whom: rows with identity that each app finds, many people at once, and words them when shown.

An app exports `WAITING` and `AWAITED`, tuples of `Kind`; `find_rows` reads all kinds of an app in one query."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class WaitingText:
    """A row in words: a whole sentence, where it leads, and the partnership or city it belongs to. `quote`: the first
    words of what waits; `verb`: what the button says."""

    text: str
    url: str
    context: str = ""
    quote: str = ""
    verb: str = ""


@dataclass(frozen=True)
class Kind:
    """A sort of thing that waits. `key` is for ever; `find` gives querysets made by `as_rows`, `say` the words in the
    language that is active then. `roles`: only who is in a team of one of these can have such rows (None: anybody).
    `mark` colours the icon; `passed`: the rows are about an agreed day that went by."""

    key: str
    find: Callable[[Any], Iterable[QuerySet]]
    say: Callable[["Waiting"], WaitingText]
    roles: Collection[str] | None = None
    mark: str = ""
    passed: bool = False


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for one person: the kind's `key` and `subject_id` say which, `data` holds what the words
    need (text and numbers as they stood when it was read), `due` an agreed day, `since` when it began to wait."""

    kind: Kind = field(repr=False)
    subject_id: int
    person_id: int | None = None
    partnership_id: int | None = None
    programme_id: int | None = None
    due: date | None = None
    since: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def text(self) -> str:
        return self.wording.text

    @property
    def url(self) -> str:
        return self.wording.url

    @property
    def context(self) -> str:
        return self.wording.context

    @property
    def quote(self) -> str:
        return self.wording.quote

    @property
    def verb(self) -> str:
        return self.wording.verb or _("Open")

    @cached_property
    def wording(self) -> WaitingText:
        """In the language that is active when it is first asked for."""
        return self.kind.say(self)


class Texts(Func):
    """A column of texts per language inside `as_rows`' data."""

    template = "%(expressions)s"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **more)


NOBODY, NO_DAY, NO_MOMENT = (Cast(Value(None), kind()) for kind in (BigIntegerField, DateField, DateTimeField))
COLUMNS = {
    "row_key": Value("", CharField()),
    "row_subject": NOBODY,
    "row_person": NOBODY,
    "row_partnership": NOBODY,
    "row_programme": NOBODY,
    "row_due": NO_DAY,
    "row_since": NO_MOMENT,
}


def as_rows(queryset: QuerySet, key: str, *, data: Mapping[str, Any], **columns: Any) -> QuerySet:
    """The queryset with the columns that all kinds share. `columns` are `subject`, `person`, `partnership`,
    `programme`, `due`, `since`: paths or expressions; `data` alike."""
    given: dict[str, Any] = {f"row_{name}": _expression(value) for name, value in columns.items()}
    unified = COLUMNS | given | {"row_key": Value(key, CharField())}
    content = JSONObject(**{name: _expression(value) for name, value in data.items()})
    return queryset.order_by().annotate(**unified, row_data=content)


def _expression(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value


def find_rows(kinds: Iterable[Kind], asked: Any) -> list[Waiting]:
    """One query for all kinds. `asked` says for whom, where and how many (`partnerships.asking.WaitingQuery`)."""
    known = {kind.key: kind for kind in kinds if kind.roles is None or asked.roles & set(kind.roles)}
    found = [_narrowed(rows, asked) for kind in known.values() for rows in kind.find(asked)]
    if not found:
        return []
    first, *others = [rows.values_list(*COLUMNS, "row_data") for rows in found]
    together = first.union(*others) if others else first.distinct()
    order = (F("row_due").asc(nulls_last=True), F("row_since").asc(nulls_last=True), "row_key", "row_subject")
    rows = together.order_by(*order)
    if asked.is_one:
        rows = rows[: asked.limit]
    return at_most(asked.limit, [Waiting(known[key], *row) for key, *row in rows])


def _narrowed(rows: QuerySet, asked: Any) -> QuerySet:
    wanted = {"row_partnership": asked.partnership, "row_programme": asked.programme}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def at_most(limit: int, rows: Iterable[Waiting]) -> list[Waiting]:
    """The first rows of each person."""
    seen: Counter[int | None] = Counter()
    kept = []
    for row in rows:
        seen[row.person_id] += 1
        if seen[row.person_id] <= limit:
            kept.append(row)
    return kept


def by_date(items: Iterable[Waiting]) -> list[Waiting]:
    """Dated things first, earliest first; then the rest, the longest waiting first."""
    return sorted(items, key=_place)


def _place(item: Waiting) -> tuple:
    since = item.since.timestamp() if item.since else 0.0
    return (item.due is None, item.due or date.max, item.since is None, since, item.key, item.subject_id)
