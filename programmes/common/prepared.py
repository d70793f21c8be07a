"""Queries that are made once and asked with other values: Django takes longer to make a large one, and PostgreSQL to
plan it, than the database to answer it.

A selector becomes such a query by `@prepared`. PostgreSQL keeps the plan with the connection (`PREPARE`)."""

import copy
import json
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, singledispatch, wraps
from inspect import signature
from itertools import count
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, DateField, DateTimeField, Expression, F, Field, QuerySet
from psycopg2.extensions import AsIs

from . import clock

P = ParamSpec("P")
Row = TypeVar("Row")


def itself(value: Any) -> Any:
    return value


class Given(Expression):
    """A value in a query that is given by this name when the query is asked; `read` makes it of what is given."""

    def __init__(self, name: str, output_field: Field, read: Callable[[Any], Any] = itself):
        super().__init__(output_field=output_field)
        self.name, self.read = name, read

    @property
    def key(self) -> Hashable:
        """Equal for the same value."""
        return self.name, self.read

    @property
    def sql_type(self) -> str:
        return self.output_field.db_type(connection) or ""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def among(self, given: Mapping[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(self.read(given[self.name]), connection)


class GivenIds(Given):
    """Several ids, for `__in`; `|` adds others, as to a set. Nothing else is known of
    them: whoever wants to see them while the query is made fails."""

    sql_type = "bigint[]"

    def __init__(self, name: str, read: Callable[[Any], Collection[int]] = itself, added: Sequence["GivenIds"] = ()):
        super().__init__(name, BigIntegerField(), read)
        self.added = tuple(added)

    @property
    def key(self) -> Hashable:
        return self.name, self.read, tuple(part.key for part in self.added)

    def __or__(self, other):
        return GivenIds(self.name, self.read, [*self.added, other]) if other else self

    __ror__ = __or__
    __sub__ = __rsub__ = __and__ = __rand__ = None  # type: ignore[assignment]

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self]

    def among(self, given: Mapping[str, Any]) -> Any:
        ids = sorted(self.ids(given))
        return json.dumps(ids) if connection.vendor == "sqlite" else ids

    def ids(self, given: Mapping[str, Any]) -> set[int]:
        return set(self.read(given[self.name])).union(*(part.ids(given) for part in self.added))


class Among(Expression):
    """A column that is one of the ids given. PostgreSQL looks for each in an index, where for `__in` and a subquery it
    may read the whole table."""

    def __init__(self, column: str, ids: GivenIds):
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.ids = ids

    def get_source_expressions(self):
        return [self.column]

    def set_source_expressions(self, exprs):
        (self.column,) = exprs

    def as_sql(self, compiler, connection):
        sql, params = compiler.compile(self.column)
        many = "= ANY(%s::bigint[])" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{sql} {many}", [*params, self.ids]


class Prepared:
    """A queryset with such values, as this process' database reads it."""

    def __init__(self, queryset: QuerySet):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        self.given = {param.key: param for param in self.params if isinstance(param, Given)}

    def rows(self, given: Mapping[str, Any]) -> list[Any]:
        """What iterating over the queryset gives."""
        if not self.sql:
            return []
        ask = self._execute_planned if connection.vendor == "postgresql" else self._execute
        with connection.cursor() as cursor:
            ask(cursor, given)
            found = [row[: self.compiler.col_count] for row in cursor.fetchall()]
        return list(self._reading(found))

    def _reading(self, found: list[Any]) -> QuerySet:
        """The queryset, reading these rows as Django reads those of a cursor."""
        compiler, query = copy.copy(self.compiler), copy.copy(self.queryset.query)
        compiler.execute_sql = lambda *args, **options: [found]
        query.get_compiler = lambda *args, **options: compiler  # type: ignore[method-assign]
        queryset: Any = self.queryset._clone()  # type: ignore[attr-defined]
        queryset._query = query  # the property `query` would make dictionaries of tuples
        return queryset

    def _execute(self, cursor: Any, given: Mapping[str, Any]) -> None:
        cursor.execute(self.sql, self._params(lambda param: param.among(given)))

    def _execute_planned(self, cursor: Any, given: Mapping[str, Any]) -> None:
        """PostgreSQL plans it when a connection asks it for the first time. A name is used again only if it came
        through: where one failed, nobody knows which half of the statement did."""
        planned = PLANNED.setdefault(connection.connection, {})
        values = [param.among(given) for param in self.given.values()]
        marks = f"({', '.join(['%s'] * len(values))})" if values else ""
        text = self._text(cursor)
        if text in planned:
            cursor.execute(f"EXECUTE {planned[text]} {marks}", values)
            return
        name = f"prepared_{next(NUMBERS)}"
        types = f"({', '.join(param.sql_type for param in self.given.values())})" if values else ""
        doubled = text.replace("%", "%%")
        cursor.execute(f"PREPARE {name} {types} AS {doubled}; EXECUTE {name} {marks}", values)
        planned[text] = name

    def _text(self, cursor: Any) -> str:
        """As PostgreSQL reads it, with numbers in place of what is given."""
        if self._written is None:
            numbers = {key: AsIs(f"${number}") for number, key in enumerate(self.given, 1)}
            self._written = cursor.mogrify(self.sql, self._params(lambda param: numbers[param.key])).decode()
        return self._written

    _written: str | None = None

    def _params(self, fill: Callable[[Given], Any]) -> list[Any]:
        return [fill(param) if isinstance(param, Given) else param for param in self.params]


NUMBERS = count()
PLANNED: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""What each connection to PostgreSQL has planned: names of statements by their texts."""


@dataclass(frozen=True)
class Sort:
    """Arguments that are asked by the same query, and what stands for them while it is made."""

    key: Hashable
    stand_in: Any = field(compare=False)


@singledispatch
def sort_of(value: Any, name: str) -> Sort:
    """Texts, truth values, tuples and None are part of the query; numbers, moments and ids are given."""
    return Sort((type(value), value), value)


sort_of.register(bool, lambda value, name: Sort(value, value))


@sort_of.register
def _number(value: int, name: str) -> Sort:
    """One that is no id can be in no row: Django knows that and asks nothing."""
    is_id = abs(value) <= BigIntegerField.MAX_BIGINT
    return Sort(int, Given(name, BigIntegerField())) if is_id else Sort(value, value)


sort_of.register(date, lambda value, name: Sort(date, Given(name, DateField())))
sort_of.register(datetime, lambda value, name: Sort(datetime, Given(name, DateTimeField())))


@sort_of.register(frozenset)
@sort_of.register(set)
@sort_of.register(list)
def _ids(value: Collection[int], name: str) -> Sort:
    return Sort("ids", GivenIds(name)) if value else Sort("none", frozenset())


QUERIES = 1000
"""How many a process keeps."""
UNCHANGED = 15 * 60
"""Seconds. What day it is may stand in a query: it changes, wherever on earth, at the beginning of a quarter of an
hour."""


def prepared(select: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Makes the queryset that the selector answers once for all arguments that are alike, and lists its rows.

    The selector gets what stands for its arguments: it may narrow by them and ask whether there are ids, and it reads
    nothing else, except the clock."""
    names = list(signature(select).parameters)

    @wraps(select)
    def ask(*values: P.args, **named: P.kwargs) -> list[Row]:
        given = dict(zip(names, values, strict=False)) | named
        sorts = tuple(sort_of(given[name], name) for name in names)
        return _made(select, sorts, int(clock.now().timestamp()) // UNCHANGED).rows(given)

    return ask


@lru_cache(QUERIES)
def _made(select: Callable[..., QuerySet], sorts: tuple[Sort, ...], quarter: int) -> Prepared:
    return Prepared(select(*(sort.stand_in for sort in sorts)))
