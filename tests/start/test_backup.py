"""Backup and restore as docs/operating.md has them: dumped, wiped, restored, compared."""

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.services import ROOT, postgresql_program
from tests.start.containers import Containers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]

MANUAL = (ROOT / "docs/operating.md").read_text()


def commands(name: str) -> str:
    found = re.search(rf"^```sh {name}\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found[1]


def carry_out(containers: Containers, name: str, folder: Path) -> None:
    env = containers.environment("web")
    programs = Path(postgresql_program("pg_dump")).parent
    env |= {"BACKUP": str(folder), "PATH": f"{programs}:{env['PATH']}"}
    done = subprocess.run(["sh", "-eu", "-c", commands(name)], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def everything(address: str) -> dict[str, list[tuple]]:
    """Each table's rows as text, in order."""
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1')
            found[name] = cursor.fetchall()
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        found["triggers"] = cursor.fetchall()
    return found


def test_dumped_wiped_restored(containers: Containers, tmp_path: Path):
    containers.run("web", "python", "manage.py", "create_sample_data", "--partnerships", "3", "--seed", "7")
    env = containers.environment("web")
    media, address = Path(env["MEDIA_ROOT"]), env["DATABASE_URL"]
    (media / "documents").mkdir(exist_ok=True)
    (media / "documents" / "one.pdf").write_bytes(b"%PDF-")
    before = everything(address)
    files = sorted(str(path.relative_to(media)) for path in media.rglob("*"))

    carry_out(containers, "backup", tmp_path)
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {"database": 0, "media.tar": 0}
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        connection.cursor().execute("DROP OWNED BY mentoring CASCADE")
        connection.cursor().execute("CREATE TABLE left_over (id int)")
    shutil.rmtree(media / "documents")
    assert len(everything(address)) == 2
    carry_out(containers, "restore", tmp_path)

    after = everything(address)
    assert after.pop("left_over") == []
    assert after == before
    assert len(before["partnerships_partnership"]) >= 3
    assert sorted(str(path.relative_to(media)) for path in media.rglob("*")) == files
