"""Queries that are made once and asked with other values: Django takes longer to make a large one than the database to
answer it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, QuerySet


class Given(Expression):
    """A value in a query that is named when the query is made, and given when it is asked."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def among(self, given: Mapping[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(given[self.name], connection)


class GivenIds(Given):
    """Several ids, for `__in`."""

    def __init__(self, name: str):
        super().__init__(name, BigIntegerField())

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self]

    def among(self, given: Mapping[str, Any]) -> Any:
        ids = sorted(given[self.name])
        return json.dumps(ids) if connection.vendor == "sqlite" else ids


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
    """The SQL of a queryset of `values_list`, as this process' database reads it."""

    def __init__(self, queryset: QuerySet):
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
        else:
            chosen = [expression for expression, *_sql in compiler.select[: compiler.col_count]]
            self.converters = list(compiler.get_converters(chosen).items())

    def rows(self, given: Mapping[str, Any]) -> Iterator[list[Any]]:
        if not self.sql:
            return
        params = [param.among(given) if isinstance(param, Given) else param for param in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        for row in map(list, found):
            for place, (converters, expression) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row
