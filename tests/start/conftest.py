"""The demo is loaded once for all tests of starting; each gets a copy of its data. Production is set up once, too."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.start.containers import Containers
from tests.start.launching import Demo

KEPT = ("demo.sqlite3", "stamps.json", "secret", "static", "media")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a first `make run` that was stopped by Ctrl-C."""
    demo = Demo(tmp_path_factory.mktemp("first") / "var").launch()
    try:
        demo.wait()
        demo.interrupt()
        demo.is_gone()
    finally:
        demo.end()
    return demo.var


def copy_of(loaded: Path, folder: Path) -> Path:
    folder.mkdir()
    for name in KEPT:
        source = loaded / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy2(source, folder / name)
    return folder


@pytest.fixture
def make_demo(loaded: Path, tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    """`make_demo()` prepares one on a copy of the loaded data; `launch()` starts it; nothing outlives the test."""
    demos: list[Demo] = []

    def make(var: Path | None = None) -> Demo:
        demos.append(Demo(var or copy_of(loaded, tmp_path / f"var{len(demos)}")))
        return demos[-1]

    yield make
    for demo in demos:
        demo.end()


@pytest.fixture
def demo(make_demo: Callable[..., Demo]) -> Demo:
    """A running one that the test may stop, kill and change."""
    return make_demo().launch().wait()


@pytest.fixture(scope="module")
def shared_demo(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A running one for tests that only look at it."""
    demo = Demo(copy_of(loaded, tmp_path_factory.mktemp("shared") / "var")).launch()
    try:
        yield demo.wait()
    finally:
        demo.end()


@pytest.fixture(scope="session")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    """Migrated, with static files, and nothing running yet but PostgreSQL and Redis."""
    made = Containers(tmp_path_factory.mktemp("compose"))
    try:
        made.run("migrate")
        made.run("web", "python", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        yield made
    finally:
        made.down()
