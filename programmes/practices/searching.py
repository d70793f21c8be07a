"""Where the words of offered practices are indexed, so that a search among thousands takes milliseconds.

Words are normalised in Python (`participants.names.normalise`), because databases disagree on accents and Greek. They
are frozen with their version: the index is written once."""

from django.db import connection
from django.db.migrations.operations import RunPython

TABLE = "practices_practiceversion"
INDEX = f"{TABLE}_words"


def words_index() -> RunPython:
    """Migration operation. PostgreSQL: a GIN index on the words as they are. SQLite: an FTS5 table and the trigger that
    fills it; put the operation again at the end of each migration that alters the table, as with
    `immutability_trigger`."""

    def forwards(apps, schema_editor):
        for statement in STATEMENTS[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def backwards(apps, schema_editor):
        for statement in REMOVAL[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return RunPython(forwards, backwards, elidable=False)


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
ASKED = {
    "postgresql": f"SELECT id FROM {TABLE} WHERE to_tsvector('simple'::regconfig, words)"  # noqa: S608
    " @@ to_tsquery('simple'::regconfig, %s)",
    "sqlite": f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s",  # noqa: S608
}


def having(wanted: list[str]) -> tuple[str, list[str]]:
    """SQL for the ids of versions in which each of these normalised words begins one, and its parameters."""
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word}"*' for word in wanted)
    else:
        asked = " & ".join(f"{word}:*" for word in wanted)
    return ASKED[connection.vendor], [asked]
