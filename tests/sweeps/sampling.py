"""Sweeps that take too long for every change: a fourth of each runs, another fourth at the next commit.

`--full` takes all. `--sample=WORD` takes the fourth of an earlier run, whose word stands at the top of what it printed.
A test that is named (`…::test_x[y]`) always runs.
"""

import hashlib
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

ONE_IN = 4
ROOT = Path(__file__).resolve().parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("sweeps")
    group.addoption("--full", action="store_true", help="sweeps over all addresses instead of a fourth")
    group.addoption("--sample", metavar="WORD", help="the fourth of an earlier run instead of this commit's")


def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-xdist hands the options on, so that all processes take the same."""
    config.option.sample = config.option.sample or commit()


def pytest_report_header(config: pytest.Config) -> str:
    if config.option.full:
        return "sweeps: whole"
    word = config.option.sample
    return f"sweeps: one test in {ONE_IN}; --sample={word} takes the same again, --full takes all"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.full or any("::" in str(word) for word in config.args):
        return
    sweeps = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            sweeps[item.nodeid.partition("[")[0]].append(item)
    left = {item for tests in sweeps.values() for item in others(tests, config.option.sample)}
    if left:
        config.hook.pytest_deselected(items=sorted(left, key=lambda item: item.nodeid))
        items[:] = [item for item in items if item not in left]


def others(tests: list[pytest.Item], word: str) -> list[pytest.Item]:
    """Of one sweep all but the part that this word takes, which is never nothing."""
    tests = sorted(tests, key=lambda item: hashlib.sha256(f"{word} {item.name}".encode()).digest())
    return tests[-(-len(tests) // ONE_IN) :]


def commit() -> str:
    """Its short name; without git, one word for all."""
    try:
        asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return "first"
    return asked.stdout.strip() or "first"
