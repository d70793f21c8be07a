"""What waits for whom: rows with identity that each app finds, many people at once, and words them when shown.

An app exports `WAITING` and `AWAITED`, tuples of `Kind`; `find_rows` reads all kinds of an app in one query, which is
made once for all who are asked about alike (`prepared`)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from .prepared import Given, Prepared


@dataclass(frozen=True)
class WaitingText:
    """A row in words: a whole sentence, where it leads, and the partnership or city it belongs to. `quote`: the first
    words of what waits; `verb`: what the button says; `changes_url`: for a version of which the reader has an earlier
    one, where the two are compared."""

    text: str
    url: str
    context: str = ""
    quote: str = ""
    verb: str = ""
    changes_url: str = ""


@dataclass(frozen=True, eq=False)
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

    @property
    def changes_url(self) -> str:
        return self.wording.changes_url

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


def as_rows(queryset: QuerySet, key: str, *, data: Mapping[str, Any], unique: bool = False, **columns: Any) -> QuerySet:
    """The queryset with the columns that all kinds share. `columns` are `subject`, `person`, `partnership`,
    `programme`, `due`, `since`: paths or expressions; `data` alike. `unique` says that no row comes twice: where there
    are many, the database then words only those that are read."""
    given: dict[str, Any] = {f"row_{name}": _expression(value) for name, value in columns.items()}
    unified = COLUMNS | given | {"row_key": Value(key, CharField())}
    content = JSONObject(**{name: _expression(value) for name, value in data.items()})
    rows = queryset.order_by().annotate(**unified, row_data=content)
    return rows if unique else rows.distinct()


def _expression(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value


NARROWED_BY = {
    "partnership": Given("partnership", BigIntegerField()),
    "programme": Given("programme", BigIntegerField()),
}
ORDER = (F("row_due").asc(nulls_last=True), F("row_since").asc(nulls_last=True), "row_key", "row_subject")
ALIKE = 200
"""How many questions a process keeps: people in other roles, on other days, with other limits."""


def find_rows(kinds: tuple[Kind, ...], asked: Any) -> list[Waiting]:
    """One query for all kinds. `asked` says for whom, where and how many (`partnerships.asking.WaitingQuery`)."""
    question = (_kept if asked.is_one else _made)(kinds, asked)
    if question is None:
        return []
    known = {kind.key: kind for kind in kinds}
    return at_most(asked.limit, [Waiting(known[key], *row) for key, *row in question.rows(asked.given)])


def _made(kinds: tuple[Kind, ...], asked: Any) -> Prepared | None:
    possible = [kind for kind in kinds if kind.roles is None or asked.roles & set(kind.roles)]
    parts = [_narrowed(rows, asked) for kind in possible for rows in kind.find(asked)]
    if not parts:
        return None
    if len(parts) > 1 and asked.is_one and connection.features.supports_slicing_ordering_in_compound:
        parts = [_first(rows, asked) for rows in parts]
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return Prepared(_first(together, asked) if asked.is_one else together.order_by(*ORDER))


_kept = lru_cache(ALIKE)(_made)


def _narrowed(rows: QuerySet, asked: Any) -> QuerySet:
    wanted = {f"row_{name}": NARROWED_BY[name] for name in asked.narrowed}
    return rows.filter(**wanted).values_list(*COLUMNS, "row_data")


def _first(rows: QuerySet, asked: Any) -> QuerySet:
    return rows.order_by(*ORDER)[: asked.limit]


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
