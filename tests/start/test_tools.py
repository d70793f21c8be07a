"""The tools that prepare and check: what they find, and that they find it."""

import json
import os
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from programmes.common.finders import PACKAGE_FILES, NodePackagesFinder
from tests.services import ROOT
from tools import catalogues, foreign_keys, locks, messages, system
from tools.demo_data import FIRST, refuse_older, set_aside_older
from tools.stamps import Stamps, content, digest


class TestSystemPackages:
    def test_the_list_is_well_formed(self):
        packages = system.packages("build", "run", "check", "test")
        assert len({package.name for package in packages}) == len(packages)
        assert {package.probe.partition(":")[0] for package in packages} <= {"module", "program", "library"}
        lines = [line for line in system.LIST.read_text().splitlines() if line and not line.startswith("#")]
        assert len(lines) == len(packages)

    def test_the_image_installs_from_the_list(self):
        dockerfile = (ROOT / "Dockerfile").read_text()
        assert "COPY system-packages.txt" in dockerfile
        assert '$2 == "run"' in dockerfile
        named = [package.name for package in system.packages("build", "run", "check", "test")]
        assert not [name for name in named if f" {name} " in dockerfile.replace("npm ci", "")]

    def test_what_the_tests_run_on_is_here(self):
        assert [package.name for package in system.packages("run", "check", "test") if not package.is_here()] == []

    def test_nobody_to_install_it(self, monkeypatch, tmp_path):
        (tmp_path / "list").write_text("no-such-package run program:no-such-program\n")
        monkeypatch.setattr(system, "packages", lambda *purposes: [system.Package("no-such", "run", "program:no-such")])
        monkeypatch.setattr(system, "_way_to_root", lambda missing, ask: None)
        with pytest.raises(system.Missing, match="sudo apt-get install -y --no-install-recommends no-such"):
            system.require("run")

    @pytest.mark.parametrize(("answer", "way"), [("y", ["sudo"]), ("", None)])
    def test_an_ordinary_person_at_a_terminal_is_asked(self, monkeypatch, answer, way):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda words: answer)
        assert system._way_to_root(["postgresql"], ask=True) == way


class TestStamps:
    def test_keeps_and_forgets(self, tmp_path):
        stamps = Stamps(tmp_path / "folder" / "stamps.json")
        assert not stamps.is_current("step", "1")
        stamps.set("step", "1")
        stamps.set("other", "2")
        stamps.forget("step")
        assert stamps.read() == {"other": "2"}

    def test_a_database_from_before_is_set_aside(self, tmp_path: Path):
        stamps, database = Stamps(tmp_path / "stamps.json"), tmp_path / "demo.sqlite3"
        assert not set_aside_older(tmp_path, stamps, "first")
        database.write_text("old tables")
        stamps.set("demo", "loaded")
        assert set_aside_older(tmp_path, stamps, "first")
        assert (tmp_path / "before.sqlite3").read_text() == "old tables"
        assert not database.exists()
        assert stamps.read() == {}

    def test_a_database_that_grows_stays(self, tmp_path: Path):
        stamps, database = Stamps(tmp_path / "stamps.json"), tmp_path / "demo.sqlite3"
        database.write_text("tables")
        stamps.set(FIRST, "first")
        assert not set_aside_older(tmp_path, stamps, "first")
        assert database.exists()

    def test_data_of_ones_own_are_never_set_aside(self, tmp_path: Path):
        stamps, database = Stamps(tmp_path / "stamps.json"), tmp_path / "own.sqlite3"
        database.write_text("tables")
        stamps.set(FIRST, "first")
        refuse_older(tmp_path, stamps, "first")
        with pytest.raises(system.Missing, match="start them with that version"):
            refuse_older(tmp_path, stamps, "other first")
        assert database.read_text() == "tables"

    def test_a_broken_file_only_means_doing_it_again(self, tmp_path):
        (tmp_path / "stamps.json").write_text("{")
        assert Stamps(tmp_path / "stamps.json").read() == {}

    def test_digest_sees_a_change(self, tmp_path):
        path = tmp_path / "file"
        path.write_text("one")
        before = digest([path]), content(path)
        path.write_text("three")
        assert digest([path]) != before[0]
        assert content(path) != before[1]


class TestLocks:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        for pair in (*locks.PAIRS, ("package.json", "package-lock.json")):
            for name in pair:
                shutil.copy(ROOT / name, tmp_path)
        return tmp_path

    def test_ours_are_in_step(self):
        assert locks.complaints() == []

    @pytest.mark.parametrize(
        ("line", "complaint"), [("no-such-package", "does not hold no-such-package"), ("pillow>9999", "pillow>9999")]
    )
    def test_new_wish(self, copy: Path, line: str, complaint: str):
        with (copy / "requirements.in").open("a") as source:
            source.write(f"\n{line}\n")
        assert complaint in "".join(locks.complaints(copy))

    def test_wish_given_up(self, copy: Path):
        source = copy / "requirements.in"
        source.write_text("".join(line for line in source.open() if not line.startswith("pillow")))
        assert "holds pillow, which requirements.in no longer asks for" in "".join(locks.complaints(copy))

    def test_a_redis_of_its_own_is_for_make_run_alone(self):
        holding = [lock for _, lock in locks.PAIRS if "\nredislite==" in (ROOT / lock).read_text()]
        assert holding == ["requirements-run.txt"]
        assert "requirements-run" not in (ROOT / "Dockerfile").read_text() + (ROOT / ".ci/run").read_text()

    def test_npm(self, copy: Path):
        wanted = json.loads((copy / "package.json").read_text())
        wanted["dependencies"]["bootstrap"] = "5.0.0"
        (copy / "package.json").write_text(json.dumps(wanted))
        assert "differs from package.json in dependencies" in "".join(locks.complaints(copy))


class TestCatalogues:
    PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "City"\nmsgstr "Ciudad"\n'

    def test_compiles_only_what_is_stale(self, tmp_path):
        source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
        source.parent.mkdir(parents=True)
        source.write_text(self.PO)
        made = catalogues.compile_stale(tmp_path)
        assert [entry.msgstr for entry in polib.mofile(str(made[0]))] == ["Ciudad"]
        assert catalogues.compile_stale(tmp_path) == []

    @pytest.mark.parametrize(
        ("entry", "fault"),
        [
            (polib.POEntry(msgid="City", msgstr="Ciudad"), ""),
            (polib.POEntry(msgid="City", msgstr=""), "is not translated"),
            (polib.POEntry(msgid="City", msgstr="Ciudad", flags=["fuzzy"]), "is fuzzy"),
            (polib.POEntry(msgid="City", msgstr="City"), "equals its source"),
            (polib.POEntry(msgid="Plan", msgstr="Plan"), ""),
            (polib.POEntry(msgid="c", msgid_plural="cc", msgstr_plural={0: "d", 1: "", 2: "e"}), "is not translated"),
            (polib.POEntry(msgid="c", msgid_plural="cc", msgstr_plural={0: "d", 1: "e"}), "is not translated"),
        ],
    )
    def test_faults(self, entry, fault):
        assert messages._fault(entry, frozenset({"Plan"}), 3) == fault


def test_foreign_keys_point_down():
    assert foreign_keys.order()[0] == "overview"
    assert foreign_keys.order()[-1] == "common"
    assert foreign_keys.upward() == []


class TestPackageFiles:
    def test_each_is_found_and_nothing_else(self):
        assert NodePackagesFinder().check() == []
        assert finders.find(PACKAGE_FILES[0]) == str(settings.NODE_MODULES / PACKAGE_FILES[0])
        assert not finders.find("bootstrap/package.json")

    def test_missing_ones_are_told(self, settings, tmp_path):
        settings.NODE_MODULES = tmp_path
        (error,) = NodePackagesFinder().check()
        assert error.hint == "Run: npm ci"
        assert list(NodePackagesFinder().list([])) == []
