"""Merging by paragraphs: whatever two people do, nothing of either is lost, or the merge says None."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.common.merging import join, merge, merge_items, merge_items_keeping_both, merge_keeping_both, split

words = st.text(alphabet="abcdē ", min_size=1, max_size=6).map(lambda text: text.strip() or "x")
lines = st.one_of(words, words.map("- {}".format), words.map("1. {}".format), words.map("  - {}".format))
texts = st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n"])), max_size=7).map(
    lambda pairs: "".join(line + gap for line, gap in pairs).strip("\n")
)


def keys(text: str) -> list[str]:
    return [unit.key for unit in split(text)]


@given(texts, texts)
def test_one_side_alone_is_taken_as_it_is(base, changed):
    assert merge(base, base, changed) == changed
    assert merge(base, changed, base) == changed
    assert merge(base, changed, changed) == changed


@settings(max_examples=300)
@given(texts, texts, texts)
def test_who_saves_first_does_not_matter(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert (one is None) == (other is None)
    if one is not None:
        assert keys(one) == keys(other)


@settings(max_examples=300)
@given(texts, texts, texts)
def test_nothing_new_of_either_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if merged is not None:
        assert (set(keys(mine)) | set(keys(theirs))) - set(keys(base)) <= set(keys(merged))


@settings(max_examples=300)
@given(st.one_of(st.none(), texts), texts, texts)
def test_both_put_in_holds_all_that_is_new_and_nothing_twice_that_neither_has_twice(base, mine, theirs):
    both = Counter(keys(merge_keeping_both(base, mine, theirs)))
    ours, others, before = (Counter(keys(text or "")) for text in (mine, theirs, base))
    assert (set(ours) | set(others)) - set(before) <= set(both)
    most = ((ours[key] + others[key] - before[key], ours[key], others[key]) for key in both)
    assert all(times <= max(allowed) for times, allowed in zip(both.values(), most, strict=True))


@settings(max_examples=300)
@given(texts, texts, texts)
def test_both_put_in_is_the_merge_where_there_is_one(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if merged is not None and keys(mine) != keys(base) != keys(theirs):
        assert merge_keeping_both(base, mine, theirs) == merged


def test_only_the_paragraph_in_dispute_stands_twice_however_often_both_are_put_in():
    """As two people did sixteen times in turn, each beginning from what the other had just saved."""
    paragraphs = [f"Paragraph {number} of the answer" for number in range(10)]
    text = "\n\n".join(paragraphs)
    for turn in range(16):
        typed, other = (text.replace("Paragraph 4", f"Paragraph 4, {who} {turn}", 1) for who in ("mine", "theirs"))
        text = merge_keeping_both(text, typed, other)
        assert len(keys(text)) == 10 + turn + 1
        assert keys(text)[:4] == paragraphs[:4]
        assert keys(text)[-5:] == paragraphs[5:]


def test_both_of_lists():
    assert merge_items_keeping_both(["a", "b"], ["a1", "b", "c"], ["a2", "b", "d"]) == ["a2", "a1", "b", "d", "c"]
    assert merge_items_keeping_both(None, ["a", "b"], ["a", "c"]) == ["a", "c", "b"]


@given(texts)
def test_splitting_loses_no_line(text):
    assert join(split(text)) == text
    assert keys(join(split(text))) == keys(text)


@given(st.lists(st.sampled_from("mtbk"), min_size=1, max_size=8))
def test_different_paragraphs_merge_even_side_by_side(fates):
    """m: I change it, t: they do, b: both alike, k: kept."""
    base = [f"paragraph number {place}" for place in range(len(fates))]
    mine = [text + (" changed" if fate in "mb" else "") for text, fate in zip(base, fates, strict=True)]
    theirs = [text + (" changed" if fate in "tb" else "") for text, fate in zip(base, fates, strict=True)]
    both = [text + ("" if fate == "k" else " changed") for text, fate in zip(base, fates, strict=True)]
    assert merge("\n\n".join(base), "\n\n".join(mine), "\n\n".join(theirs)) == "\n\n".join(both)
    assert merge_items(base, mine, theirs) == both


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("A\n\nB", "A\n\nB\n\nC", "A1\n\nB", "A1\n\nB\n\nC"),
        ("A\n\nB\n\nC", "A\n\nC", "A\n\nB\n\nC1", "A\n\nC1"),
        ("- a\n- b", "- a\n- b\n- c", "- a1\n- b", "- a1\n- b\n- c"),
        ("1. a\n2. b", "1. a\n2. new\n3. b", "1. a1\n2. b", "1. a1\n2. new\n3. b"),
        ("- a\n- b\n\nEnd", "- a\n- b\n- c\n\nEnd", "- a\n- b\n\nThe end", "- a\n- b\n- c\n\nThe end"),
        ("A\n\nB", "A long beginning\n\nA\n\nB", "A\n\nB2", "A long beginning\n\nA\n\nB2"),
        ("one two three\n\nfour five", "four five six", "one two three\n\nfour five", "four five six"),
    ],
)
def test_examples(base, mine, theirs, merged):
    assert merge(base, mine, theirs) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("", "mine", "theirs"),
        ("A", "A1", "A2"),
        ("A", "", "A2"),
        ("A", "A\n\nmine", "A\n\ntheirs"),
        ("A line\nand another", "A line!\nand another", "A line\nand another one"),
        ("A\n\nB\n\nC", "C\n\nA\n\nB", "A\n\nC\n\nB"),
    ],
)
def test_the_same_place_is_for_people_to_decide(base, mine, theirs):
    assert merge(base, mine, theirs) is None


def test_lists():
    assert merge_items(["a", "b"], ["a", "b", "c"], ["a2", "b"]) == ["a2", "b", "c"]
    assert merge_items(["a"], ["b"], ["c"]) is None


def test_a_huge_text_is_not_compared_for_ever():
    base = "\n\n".join(["x"] * 5000)
    assert merge(base, base + "\n\nmine", "theirs\n\n" + base) is None
