"""The database's own refusal to change what was frozen.

`Snapshot.save()` refuses already; the trigger also stops `QuerySet.update()`, raw SQL and another program.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunPython

FROZEN_COLUMNS = ("schema", "data", "occasion", "language", "created_at", "created_by_id")


def immutability_trigger(table: str, columns: Sequence[str] = FROZEN_COLUMNS) -> RunPython:
    """Migration operation: rows of `table` are never deleted and `columns` never changed.

    SQLite drops a table's triggers whenever a migration rebuilds it: put this operation again at the end of
    each migration that alters the table; it may run any number of times.
    """

    def forwards(apps, schema_editor):
        for statement in create_statements(table, columns, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def backwards(apps, schema_editor):
        for statement in drop_statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return RunPython(forwards, backwards, elidable=False)


def create_statements(table: str, columns: Sequence[str], vendor: str) -> list[str]:
    make = {"sqlite": _create_sqlite, "postgresql": _create_postgresql}[vendor]
    return [*drop_statements(table, vendor), *make(table, columns)]


def drop_statements(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{table}_{event}"' for event in ("frozen", "kept")]
    return [
        f'DROP TRIGGER IF EXISTS "{table}_frozen" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{table}_kept" ON "{table}"',
        f'DROP FUNCTION IF EXISTS "{table}_refuse"()',
    ]


def _create_sqlite(table: str, columns: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    refuse = f"BEGIN SELECT RAISE(ABORT, 'a row of {table} is frozen'); END"
    return [
        f'CREATE TRIGGER "{table}_frozen" BEFORE UPDATE ON "{table}" WHEN {changed} {refuse}',
        f'CREATE TRIGGER "{table}_kept" BEFORE DELETE ON "{table}" {refuse}',
    ]


def _create_postgresql(table: str, columns: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    execute = f'FOR EACH ROW %s EXECUTE FUNCTION "{table}_refuse"()'
    body = f"BEGIN RAISE EXCEPTION 'a row of {table} is frozen' USING ERRCODE = '23000'; END"
    return [
        f'CREATE FUNCTION "{table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$',
        f'CREATE TRIGGER "{table}_frozen" BEFORE UPDATE ON "{table}" {execute % f"WHEN ({changed})"}',
        f'CREATE TRIGGER "{table}_kept" BEFORE DELETE ON "{table}" {execute % ""}',
    ]
