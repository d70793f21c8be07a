"""Texts that would keep a computer busy for minutes: the work has a limit, the answer stays true.

Time is that of the processor, with a ceiling far above what is needed and far below what it took without the limits.
"""

import time

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile import FAMILIES
from programmes.common import diffing, markup, merging, revisions, sequences
from programmes.common.autosave import ENTRIES_A_PAGE, AutosaveView, TextValueForm, entries_a_page
from programmes.common.fields import MOST_PARAGRAPHS
from programmes.common.kinds import KINDS, Box

CEILING = 2
"""Seconds of processor time: without limits the quickest of the four texts below took twice as long."""


def within_the_ceiling(act, ceiling=CEILING):
    begun = time.process_time()
    result = act()
    assert time.process_time() - begun < ceiling
    return result


def test_two_texts_of_alternating_signs():
    """Few enough to be compared word by word, and each sign matches a thousand others."""
    old, new = "+-" * 990, "++--" * 495
    found = within_the_ceiling(lambda: diffing.stretches(old, new))
    assert ("".join(a for a, _ in found), "".join(b for _, b in found)) == (old, new)


def test_eight_thousand_short_lines():
    old = "".join(f"{number % 3}\n" for number in range(8000))
    new = "".join(f"{number % 4}\n" for number in range(8000))
    found = within_the_ceiling(lambda: diffing.stretches(old, new))
    assert ("".join(a for a, _ in found), "".join(b for _, b in found)) == (old, new)


def test_merging_a_thousand_paragraphs():
    base, mine, theirs = ("\n\n".join(text) for text in ("+-" * 500, "++--" * 250, "--++" * 250))
    assert within_the_ceiling(lambda: merging.merge(base, mine, theirs)) is None


def test_brackets_without_end():
    html = within_the_ceiling(lambda: markup.to_html("[" * 99_999))
    assert html == f"<p>{'[' * 99_999}</p>"


@pytest.mark.parametrize("family", sorted(FAMILIES)[::8])
def test_families(family):
    """An eighth of them; `make bench` measures all."""
    text = revisions.tidy(FAMILIES[family])
    other = text[len(text) // 2 :] + text[: len(text) // 2 - 1]

    def everything():
        merging.merge(text, f"{text[:500]}\n\nmine\n\n{text[500:]}", other)
        markup.plain(text)
        return diffing.stretches(text, other), markup.to_html(text)

    found, html = within_the_ceiling(everything, 5)
    assert ("".join(a for a, _ in found), "".join(b for _, b in found)) == (text, other)
    assert html or not text


pieces = st.lists(st.sampled_from(["a", "b", "c", " ", "  ", "\n", "\n\n", ".", "? ", "-", "+"]), max_size=40).map(
    "".join
)


@settings(max_examples=100)
@given(pieces, pieces, st.sampled_from([0, 60, 150, 400, 2000, diffing.MOST_STEPS]))
def test_however_coarse_both_texts_are_there(old, new, steps):
    found = diffing.stretches(old, new, steps)
    assert ("".join(a for a, _ in found), "".join(b for _, b in found)) == (old, new)


def test_a_long_text_is_compared_by_sentences():
    old = " ".join(f"Sentence {number} of {number % 7}." for number in range(3000))
    new = "New. " + old.replace("Sentence 1500 of", "Sentence 1500 off") + " End."
    changed = [pair for pair in diffing.stretches(old, new) if pair[0] != pair[1]]
    assert (" Sentence 1500 of 2.", " Sentence 1500 off 2.") in changed
    assert sum(len(gone) for gone, _come in changed) < 200


def test_the_search_stops_before_it_spends_more_than_it_may(monkeypatch):
    searched = []
    search = sequences.SequenceMatcher.find_longest_match

    def counted(self, alo, ahi, blo, bhi):
        searched.append(sum(1 + len(self.b2j.get(self.a[place], ())) for place in range(alo, ahi)))
        return search(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(sequences.SequenceMatcher, "find_longest_match", counted)
    with pytest.raises(sequences.TooMuch):
        sequences.opcodes(list("ab" * 100), list("ba+" * 100), most=50_000)
    assert 0 < sum(searched) <= 50_000


def test_many_changed_paragraphs_are_for_people_to_decide():
    base = [f"paragraph number {number}" for number in range(merging.MOST_DIFFERING + 1)]
    mine = [*(f"{text} changed" for text in base[:-1]), base[-1]]
    theirs = [*base[:-1], f"{base[-1]} too"]
    assert merging.merge_items(base, mine, theirs) == [*mine[:-1], theirs[-1]]
    assert merging.merge_items(base, [f"{text}!" for text in base], [*base, "one more"]) is None


marks = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\n\n", "- ", "**b**", "*c*", "[", "]", "[1]", "(d)", "[e](https://f.example)", "**[", "]*"]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=100)
@given(marks)
def test_brackets_that_are_no_link_look_the_same_when_escaped(text):
    before = markup.parse(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_MOST_LOOKED_THROUGH", 0)
        assert markup.parse(text) == before


def test_links_stay_links_among_many_brackets():
    link = 'see [the report of 2021](https://a.example/b_(c) "title"), [1], '
    html = markup.to_html(link * 200)
    assert html.count('<a href="https://a.example/b_(c)"') == 200
    assert html.count("[1]") == 200


def test_ordinary_long_texts_keep_their_marks():
    """A hundred thousand characters with a bold word and a link in each paragraph."""
    text = "\n\n".join(f"{'Words and words. ' * 15}**bold** [here](https://a.example/{n})" for n in range(300))
    html = markup.to_html(text)
    assert (html.count("<strong>"), html.count("<a ")) == (300, 300)


def test_coarser_reading_shows_every_word():
    many = markup.to_html("*a* " * 25_000)
    assert many == f"<p>{('*a* ' * 25_000).strip()}</p>"
    lines = markup.plain("- a\n" * 25_000)
    assert lines.count("a") == 25_000


@pytest.mark.parametrize("line", ["a\n\n", "a\n", "- a\n"])
def test_a_box_takes_so_many_paragraphs_and_says_so(line):
    fits, too_many = line * MOST_PARAGRAPHS, line * (MOST_PARAGRAPHS + 1)
    forms = [
        TextValueForm,
        lambda data: KINDS["text"].form(Box("a", "text"), data=data),
    ]
    for form in forms:
        assert form({"value": fits}).is_valid()
        refused = form({"value": too_many})
        assert "2001" in refused.errors["value"][0].replace(",", "")
        assert refused["value"].value() == too_many


def test_too_many_paragraphs_are_refused_at_the_field_of_an_autosave(answer, ilze):
    class Save(AutosaveView):
        def get_row(self):
            return answer

    text = "one\n" * (MOST_PARAGRAPHS + 1)
    request = RequestFactory().post("/", {"base": 0, "value": text}, headers={"accept": "application/json"})
    request.user = ilze
    reply = Save.as_view()(request)
    assert (reply.status_code, b"paragraphs" in reply.content) == (422, True)
    answer.refresh_from_db()
    assert answer.revision == 0


def test_a_history_of_long_texts_has_short_pages(answer, ilze):
    revisions.save(answer, base=0, value="short", by=ilze)
    assert entries_a_page(answer) == ENTRIES_A_PAGE
    revisions.save(answer, base=1, value="word " * 10_000, by=ilze)
    assert 2 <= entries_a_page(answer) < 5
