"""After all migrations the database itself keeps every kind of snapshot as it was frozen."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from programmes.common.models import Snapshot

ROOT = Path(__file__).parents[2]
SNAPSHOTS = [model for model in apps.get_models() if issubclass(model, Snapshot)]


def columns_of(model) -> list[str]:
    return [model._meta.get_field(name).column for name in model.frozen_fields]


def test_there_are_snapshots():
    assert {model.__name__ for model in SNAPSHOTS} >= {"SharedVersion", "PlanVersion"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", SNAPSHOTS)
def test_postgresql_watches_every_frozen_column(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname, pg_get_triggerdef(oid) from pg_trigger"
            " where tgrelid = %s::regclass and tgenabled = 'O' and not tgisinternal",
            [model._meta.db_table],
        )
        triggers = dict(cursor.fetchall())
    table = model._meta.db_table
    assert set(triggers) == {f"{table}_frozen", f"{table}_kept"}
    changed = triggers[f"{table}_frozen"].replace('"', "")
    assert [column for column in columns_of(model) if not re.search(rf"old\.{column}\b", changed)] == []


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The file of the demo, with all migrations; tables take rows that no form would."""
    var = tmp_path_factory.mktemp("var")
    settings = {"DJANGO_SETTINGS_MODULE": "mentoring.settings.demo", "VAR_DIR": str(var)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True, capture_output=True)
    with sqlite3.connect(var / "demo.sqlite3", isolation_level=None) as file:
        file.execute("pragma ignore_check_constraints = on")
        yield file


@pytest.mark.xdist_group("sqlite")
@pytest.mark.parametrize("model", SNAPSHOTS)
def test_sqlite_keeps_every_frozen_column(database, model):
    table = model._meta.db_table
    columns = [row[1] for row in database.execute(f"pragma table_info({table})")]
    places = ", ".join("?" * len(columns))
    database.execute(f"insert into {table} ({', '.join(columns)}) values ({places})", [1] * len(columns))
    for column in columns_of(model):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            database.execute(f"update {table} set {column} = 2")
    with pytest.raises(sqlite3.IntegrityError, match="frozen"):
        database.execute(f"delete from {table}")
    assert database.execute(f"update {table} set data = 1").rowcount == 1, "writing the same again is no change"
