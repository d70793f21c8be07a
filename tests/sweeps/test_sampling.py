"""The fourth of a sweep that a commit takes."""

from types import SimpleNamespace

from .sampling import ONE_IN, others

SWEEP = [SimpleNamespace(name=f"test_pages[{number}]") for number in range(40)]


def taken(word: str, sweep=SWEEP) -> set[str]:
    return {test.name for test in sweep} - {test.name for test in others(sweep, word)}


def test_the_same_word_takes_the_same_fourth():
    assert len(taken("a1b2c3")) == len(SWEEP) // ONE_IN
    assert taken("a1b2c3") == taken("a1b2c3", SWEEP[::-1])


def test_other_commits_take_the_others():
    every = set().union(*(taken(f"commit {number}") for number in range(40)))
    assert every == {test.name for test in SWEEP}


def test_no_sweep_is_left_out():
    assert len(taken("a1b2c3", SWEEP[:1])) == 1
