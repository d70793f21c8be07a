"""A key of a questionnaire keeps its kind in all its versions: answers of all versions stand in the same rows."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.models import Count

from .models import Part

FORM = "question__section__version__questionnaire"
KEY = f"{FORM}__key"


@register(Tags.database)
def keys_keep_their_kind(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Asked when a database is named: by `migrate`, and by `check --database default`."""
    return [error for alias in databases or () if _has_table(alias) for error in _changed_kinds(alias)]


def _has_table(alias: str) -> bool:
    connection = connections[alias]
    with connection.cursor() as cursor:
        return Part._meta.db_table in connection.introspection.table_names(cursor)


def _changed_kinds(alias: str) -> list[Error]:
    rows = Part.objects.using(alias).order_by().values(FORM, KEY, "key")
    changed = rows.annotate(kinds=Count("kind", distinct=True)).filter(kinds__gt=1)
    return [
        Error(
            f"{row[KEY]} asks for {row['key']} as different kinds of value.",
            hint="Give the box of the newer version another key.",
            id="assessments.E001",
        )
        for row in changed.values(FORM, KEY, "key")
    ]
