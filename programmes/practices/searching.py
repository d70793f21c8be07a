"""Where the words of offered practices are indexed, so that a search among thousands takes milliseconds.

Words are normalised in Python (`participants.names.normalise`), because databases disagree on accents and Greek. They
are frozen with their version: the index is written once."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.migrations.operations import RunPython
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

TABLE = "practices_practiceversion"
INDEX = f"{TABLE}_words"
MADE_OF = "to_tsvector('simple'::regconfig, words)"
COLUMN = "words_found"
"""What PostgreSQL looks in, made of the words when they are stored; no field of the model."""


def words_index() -> RunPython:
    """Migration operation. PostgreSQL: a GIN index on the words as they are. SQLite: an FTS5 table and the trigger that
    fills it; put the operation again at the end of each migration that alters the table, as with
    `immutability_trigger`."""

    return RunPython(_executing(STATEMENTS), _executing(REMOVAL), elidable=False)


def stored_words() -> RunPython:
    """Migration operation, after `words_index`: PostgreSQL keeps what it looks in as a column, so that words that stand
    in most practices cost no more than a walk through them."""
    return RunPython(_executing(STORED), _executing(UNSTORED), elidable=False)


def _executing(statements: dict[str, list[str]]) -> Callable[[Any, Any], None]:
    def execute(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return execute


FILLING = f"INSERT INTO {INDEX} (rowid, words) SELECT id, words FROM {TABLE}"  # noqa: S608
TRIGGER = (
    f"CREATE TRIGGER {INDEX}_fill AFTER INSERT ON {TABLE}"  # noqa: S608
    f" BEGIN INSERT INTO {INDEX} (rowid, words) VALUES (new.id, new.words); END"
)
STATEMENTS = {
    "postgresql": [
        f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (to_tsvector('simple'::regconfig, words))"
    ],
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {INDEX}_fill",
        f"DROP TABLE IF EXISTS {INDEX}",
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='{TABLE}', content_rowid='id')",
        FILLING,
        TRIGGER,
    ],
}
REMOVAL = {
    "postgresql": [f"DROP INDEX IF EXISTS {INDEX}"],
    "sqlite": [f"DROP TRIGGER IF EXISTS {INDEX}_fill", f"DROP TABLE IF EXISTS {INDEX}"],
}
STORED = {
    "postgresql": [
        f"DROP INDEX IF EXISTS {INDEX}",
        f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ({MADE_OF}) STORED",
        f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({COLUMN})",
    ],
    "sqlite": [],
}
UNSTORED = {
    "postgresql": [f"ALTER TABLE {TABLE} DROP COLUMN {COLUMN}", *STATEMENTS["postgresql"]],
    "sqlite": [],
}
ASKED = {
    "postgresql": f"SELECT id FROM {TABLE} WHERE {COLUMN} @@ to_tsquery('simple'::regconfig, %s)",  # noqa: S608
    "sqlite": f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s",  # noqa: S608
}


def having(wanted: list[str]) -> tuple[str, list[str]]:
    """SQL for the ids of versions in which each of these normalised words begins one, and its parameters."""
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word}"*' for word in wanted)
    else:
        asked = " & ".join(f"{word}:*" for word in wanted)
    return ASKED[connection.vendor], [asked]


def standing_in(sql: str, params: list[str]) -> Q:
    """The same asked of each row: where the words stand in most of them, the newest are soon found by walking."""
    if connection.vendor == "postgresql":
        condition = f"{TABLE}.{COLUMN} @@ to_tsquery('simple'::regconfig, %s)"
        return Q(RawSQL(condition, params, output_field=BooleanField()))  # noqa: S611
    return Q(pk__in=RawSQL(sql, params))  # noqa: S611
