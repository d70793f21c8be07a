"""A box that saves as you type, in a real browser: two writers, no network, an expired sign-in, pasting from Word."""

import random
import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from programmes.assessments.models import Answer
from programmes.common import revisions
from programmes.common.markup import to_html
from tests.e2e.axe import assert_accessible

pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls("tests.common.writing"),
    pytest.mark.django_db(transaction=True),
]


def box(page: Page):
    return page.locator("#value")


def state(page: Page):
    return page.locator(".save-state")


def saved(page: Page) -> None:
    expect(state(page)).to_have_attribute("data-state", "saved")


@pytest.fixture
def open_box(browse, answer):
    def open_page(user, **options) -> Page:
        page = browse(user, **options)
        page.goto(f"/write/{answer.pk}/")
        return page

    return open_page


def test_saved_as_one_types(open_box, answer, ilze):
    page = open_box(ilze)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    box(page).press_sequentially("A paragraph is a draft.")
    saved(page)
    answer.refresh_from_db()
    assert answer.value == "A paragraph is a draft."
    page.reload()
    expect(box(page)).to_have_value("A paragraph is a draft.")
    expect(page.locator(".autosave-copy")).to_have_count(0)


STATES = """element => {
  window.states = [];
  new MutationObserver(() => window.states.push(element.dataset.state)).observe(element, { attributes: true });
}"""


def test_words_typed_while_others_are_on_their_way_are_not_called_saved(open_box, answer, ilze):
    """Every save is held: the first until more is typed, the second for a look at what the box said meanwhile."""
    page, held = open_box(ilze), []

    def hold(route: Route) -> None:
        held.append(route)

    state(page).evaluate(STATES)
    page.route("**/save/", hold)
    box(page).fill("First words")
    expect(state(page)).to_have_attribute("data-state", "saving")
    box(page).press_sequentially(", and more")
    with page.expect_request("**/save/"):
        held[0].continue_()
    assert "saved" not in page.evaluate("window.states")
    held[1].continue_()
    saved(page)
    answer.refresh_from_db()
    assert answer.value == "First words, and more"


def test_two_writers_in_different_paragraphs(open_box, answer, ilze, janis):
    revisions.save(answer, base=0, value="One\n\nTwo\n\nThree", by=ilze)
    first, second = open_box(ilze), open_box(janis)
    box(first).evaluate("box => { box.focus(); box.setSelectionRange(3, 3) }")
    first.keyboard.type(" of Ilze\n\nand more")
    saved(first)
    box(second).evaluate("box => { box.focus(); box.setSelectionRange(8, 8) }")
    second.keyboard.type(" of Jānis")
    expect(box(second)).to_have_value("One of Ilze\n\nand more\n\nTwo of Jānis\n\nThree")
    second.keyboard.type("!")
    expect(box(second)).to_have_value("One of Ilze\n\nand more\n\nTwo of Jānis!\n\nThree")
    saved(second)
    answer.refresh_from_db()
    assert answer.value == "One of Ilze\n\nand more\n\nTwo of Jānis!\n\nThree"


@pytest.mark.parametrize(
    ("choice", "result"),
    [
        ("Save mine in its place", "mine"),
        ("Keep this one and discard mine", "theirs"),
    ],
)
def test_two_writers_in_one_paragraph(open_box, answer, ilze, janis, choice, result):
    page = open_box(ilze, allow=("409",))
    revisions.save(answer, base=0, value="theirs", by=janis)
    box(page).fill("mine")
    panel = page.get_by_role("group", name="Two texts for one place")
    expect(panel).to_contain_text("Jānis")
    expect(panel).to_contain_text("mine")
    panel.get_by_role("button", name=choice).click()
    expect(panel).to_have_count(0)
    expect(box(page)).to_have_value(result)
    saved(page)
    answer.refresh_from_db()
    assert answer.value == result


def test_the_caret_stays_when_there_are_two_texts_and_no_character_is_lost(open_box, answer, ilze, janis):
    page = open_box(ilze, allow=("409",))
    words = (
        "She types on and on, a hundred characters and more, while somebody else has written in the same place at once."
    )
    box(page).press_sequentially(words[:20])
    saved(page)
    answer.refresh_from_db()
    revisions.save(answer, base=answer.revision, value="Another text", by=janis)
    box(page).press_sequentially(words[20:40])
    expect(page.get_by_role("group", name="Two texts for one place")).to_be_visible()
    expect(state(page)).to_contain_text("Two texts for one place")
    page.keyboard.type(words[40:])
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value(words)


def test_both_put_in_have_only_the_paragraph_in_dispute_twice_and_wait_for_an_edit(open_box, answer, ilze, janis):
    revisions.save(answer, base=0, value="One\n\nTwo\n\nThree", by=ilze)
    page = open_box(ilze, allow=("409",))
    revisions.save(answer, base=1, value="One\n\nTwo of Jānis\n\nThree", by=janis)
    box(page).fill("One\n\nTwo of Ilze\n\nThree")
    panel = page.get_by_role("group", name="Two texts for one place")
    expect(panel).to_be_visible()
    box(page).evaluate("box => { box.focus(); box.setSelectionRange(16, 16) }")
    page.keyboard.type(", later")
    panel.get_by_role("button", name="Put both into the box and edit").click()
    expect(box(page)).to_have_value("One\n\nTwo of Jānis\n\nTwo of Ilze, later\n\nThree")
    expect(state(page)).to_have_attribute("data-state", "both")
    expect(box(page)).to_be_focused()
    answer.refresh_from_db()
    assert answer.value == "One\n\nTwo of Jānis\n\nThree"
    box(page).fill("One\n\nTwo of both\n\nThree")
    saved(page)
    answer.refresh_from_db()
    assert answer.value == "One\n\nTwo of both\n\nThree"


def test_without_network_nothing_is_lost(open_box, answer, ilze):
    page = open_box(ilze, allow=("ERR_INTERNET_DISCONNECTED",))
    expect(page.locator("#autosave-texts")).to_be_attached()
    page.context.set_offline(True)
    box(page).fill("Typed in the train")
    expect(state(page)).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    saved(page)
    answer.refresh_from_db()
    assert answer.value == "Typed in the train"


NO_NETWORK = "() => { window.fetch = () => Promise.reject(new TypeError('no network')); }"
"""For a page until it is closed, and for what it sends on closing, too."""


def test_a_text_that_never_arrived_is_offered_again(open_box, answer, ilze, janis):
    page = open_box(ilze)
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_load_state("networkidle")
    page.evaluate(NO_NETWORK)
    box(page).fill("Kept on this computer")
    expect(state(page)).to_have_attribute("data-state", "offline")
    page.reload()
    offer = page.get_by_role("group", name="A text that did not reach us")
    expect(offer).to_contain_text("Kept on this computer")
    expect(box(page)).to_have_value("")
    offer.get_by_role("button", name="Put it into the box").click()
    expect(box(page)).to_have_value("Kept on this computer")
    saved(page)
    answer.refresh_from_db()
    assert answer.value == "Kept on this computer"
    page.reload()
    expect(page.get_by_role("group", name="A text that did not reach us")).to_have_count(0)


def until(holds) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


NO_COPIES = "!Object.keys(localStorage).some(key => key.startsWith('autosave|'))"


def test_a_text_that_arrived_on_closing_raises_no_alarm_though_a_colleague_went_on(open_box, answer, ilze, janis):
    page = open_box(ilze)
    page.wait_for_load_state("networkidle")
    # As when the page is closed before the reply comes: nobody is left to take the copy away.
    page.evaluate("() => { Storage.prototype.removeItem = () => {}; }")
    box(page).fill("Typed and closed")
    saved(page)
    page.goto("/sign/password/reset/")
    assert not page.evaluate(NO_COPIES)
    until(lambda: Answer.objects.get(pk=answer.pk).value == "Typed and closed")
    revisions.save(answer, base=1, value="Written anew", by=janis)
    page.goto(f"/write/{answer.pk}/")
    until(lambda: page.evaluate(NO_COPIES))
    expect(page.locator(".autosave-copy")).to_have_count(0)


@pytest.mark.parametrize(("language", "typed"), [("en", "typed on"), ("es", "escrito el")])
def test_what_was_not_sent_is_named_on_the_first_page(open_box, ilze, language, typed):
    ilze.language = language
    ilze.save()
    page = open_box(ilze, language=language)
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_load_state("networkidle")
    page.evaluate(NO_NETWORK)
    box(page).fill("Kept on this computer")
    expect(state(page)).to_have_attribute("data-state", "offline")
    page.goto("/")
    drafts = page.locator("[data-drafts]")
    expect(drafts).to_contain_text("Kept on this computer")
    expect(drafts).to_contain_text(re.compile(rf"Writing · {typed} \d+ (de )?[a-zA-Z]+ (de )?\d{{4}}"))
    assert_accessible(page)
    drafts.get_by_role("link", name="Text").click()
    expect(page.locator(".autosave-copy")).to_contain_text("Kept on this computer")
    page.go_back()
    drafts.get_by_role("button").click()
    expect(drafts).to_be_hidden()
    page.reload()
    until(lambda: page.evaluate(NO_COPIES))
    expect(drafts).to_be_hidden()


def test_an_expired_sign_in_keeps_the_text_and_saves_it_afterwards(open_box, answer, ilze, settings):
    settings.LOGIN_REDIRECT_URL = "/about/privacy/"
    page = open_box(ilze, allow=("401", "403"))
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    box(page).fill("Typed after the lunch break")
    notice = page.locator(".autosave-notice")
    expect(notice).to_be_visible()
    with page.context.expect_page() as opened:
        notice.get_by_role("link").click()
    tab = opened.value
    tab.locator("input[name=login]").fill(ilze.email)
    tab.locator("input[name=password]").fill("a long password")
    tab.locator("input[name=password]").press("Enter")
    tab.wait_for_load_state()
    page.bring_to_front()
    saved(page)
    expect(notice).to_have_count(0)
    answer.refresh_from_db()
    assert answer.value == "Typed after the lunch break"


def test_presence(open_box, ilze, janis):
    first, second = open_box(ilze), open_box(janis)
    # Every page asks anew after five seconds, so the name may take a little longer than that; ten is what we promise.
    expect(first.locator("[data-presence]")).to_have_text("Also writing here: Jānis")
    expect(second.locator("[data-presence]")).to_have_text("Also writing here: Ilze")
    second.goto("/sign/password/reset/")
    expect(first.locator("[data-presence]")).to_have_text("")


def test_what_a_colleague_saved_comes_into_a_box_that_nobody_touches(open_box, answer, ilze, janis):
    page = open_box(ilze)
    revisions.save(answer, base=0, value="Written by Jānis", by=janis)
    expect(box(page)).to_have_value("Written by Jānis")
    expect(state(page)).to_contain_text("last change by Jānis")
    box(page).press_sequentially(" and Ilze: ")
    saved(page)
    answer.refresh_from_db()
    assert len(answer.value) == len("Written by Jānis and Ilze:")


def test_a_box_with_the_focus_keeps_its_text_until_one_leaves_it(open_box, answer, ilze, janis):
    page = open_box(ilze)
    box(page).focus()
    with page.expect_response(lambda reply: "/here/" in reply.url and "revisions" in reply.text()):
        revisions.save(answer, base=0, value="Written by Jānis", by=janis)
    expect(box(page)).to_have_value("")
    box(page).blur()
    expect(box(page)).to_have_value("Written by Jānis")


def test_a_box_in_which_somebody_types_says_so(open_box, ilze, janis):
    first, second = open_box(ilze), open_box(janis)
    expect(second.locator("[data-presence]")).to_have_text("Also writing here: Ilze")
    box(first).press_sequentially("I am writing")
    typing = second.get_by_text("Ilze is typing in this box")
    expect(typing).to_be_visible(timeout=10_000)
    assert_accessible(second)
    expect(typing).to_be_hidden(timeout=30_000)


def view(page: Page):
    return page.locator(".writing__view")


def test_a_box_one_is_not_writing_in_is_formatted(open_box, answer, ilze):
    revisions.save(answer, base=0, value="A **bold** word\n\n- one\n- *two*", by=ilze)
    page = open_box(ilze)
    expect(view(page).locator("strong")).to_have_text("bold")
    expect(view(page).locator("li")).to_have_text(["one", "two"])
    assert_accessible(page)
    box(page).click()
    expect(view(page)).to_have_count(0)
    expect(box(page)).to_have_css("opacity", "1")
    expect(page.get_by_role("toolbar", name="Format the text")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" and <b>a half</b>")
    box(page).blur()
    expect(view(page).locator("li").last).to_have_text("two and <b>a half</b>")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    saved(page)


def test_what_is_pasted_is_formatted_as_soon_as_one_leaves_the_box(open_box, ilze):
    page = open_box(ilze)
    box(page).evaluate(PASTE, WORD)
    expect(box(page)).to_have_value(WORD_TEXT)
    box(page).blur()
    expect(view(page).locator("strong")).to_have_text(["Housing", "many"])
    expect(view(page).locator("ol > li")).to_have_text(["Alpha", "Beta"])
    expect(view(page).locator("ul ul > li")).to_have_text("Inner")
    saved(page)


@pytest.mark.parametrize(
    ("button", "keys", "text"),
    [
        ("Bold", "Control+b", "two **words** here"),
        ("Italic", "Control+i", "two *words* here"),
        ("Link", "Control+k", "two [words](https://) here"),
        ("List", "Control+Shift+8", "- two words here"),
        ("Numbered list", "Control+Shift+7", "1. two words here"),
    ],
)
def test_buttons_and_keys(open_box, answer, ilze, button, keys, text):
    page = open_box(ilze)
    press = page.get_by_role("toolbar").get_by_role("button", name=button, exact=True).click
    for act in (press, lambda: page.keyboard.press(keys)):
        box(page).fill("two words here")
        box(page).evaluate("box => { box.focus(); box.setSelectionRange(4, 9) }")
        expect(page.get_by_role("toolbar")).to_be_visible()
        act()
        expect(box(page)).to_have_value(text)
        expect(box(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value("two words here")
    saved(page)


def test_the_buttons_are_reached_by_keyboard_and_go_with_the_focus(open_box, ilze):
    page = open_box(ilze)
    box(page).fill("word")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("*word*")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(view(page).locator("em")).to_have_text("word")


@pytest.mark.parametrize(
    ("typed", "chosen", "button", "text"),
    [
        ("a **bold** word", (4, 8), "Bold", "a bold word"),
        ("a **bold** word", (4, 8), "Italic", "a ***bold*** word"),
        ("a ***bold*** word", (5, 9), "Bold", "a *bold* word"),
        ("a word ", (1, 7), "Bold", "a **word** "),
        ("one\ntwo", (1, 5), "List", "- one\n- two"),
        ("- one\n- two", (1, 8), "List", "one\ntwo"),
        ("- one\n- two", (1, 8), "Numbered list", "1. one\n2. two"),
        ("before\none", (8, 8), "List", "before\n\n- one"),
        ("https://a.example", (0, 17), "Link", "[](https://a.example)"),
        ("", (0, 0), "Bold", "****"),
    ],
)
def test_what_the_buttons_do(open_box, ilze, typed, chosen, button, text):
    page = open_box(ilze)
    box(page).fill(typed)
    box(page).evaluate("(box, [start, end]) => { box.focus(); box.setSelectionRange(start, end) }", list(chosen))
    page.get_by_role("toolbar").get_by_role("button", name=button, exact=True).click()
    expect(box(page)).to_have_value(text)


def test_the_language_of_the_words_is_offered_and_taken(open_box, answer, ilze):
    page = open_box(ilze)
    box(page).fill("Las personas que llegaron aprenden la lengua en cursos, pero no la practican con los vecinos.")
    page.get_by_role("button", name="Written in Español? Say so").click()
    expect(page.get_by_role("button", name="Written in")).to_have_count(0)
    expect(box(page)).to_have_attribute("lang", "es")
    with page.expect_response("**/save/") as reply:
        page.keyboard.type(" Más.")
    assert "language=es" in (reply.value.request.post_data or "")


READ_ALIKE = """async ([address, texts]) => {
  const folder = address.replace(/formatted(\\.[0-9a-f]+)?\\.js.*/, "formatted/");
  const [{ parse }, { draw }] = [await import(folder + "blocks.js"), await import(folder + "draw.js")];
  return texts.map(text => {
    const place = document.createElement("div");
    place.append(draw(parse(text)));
    return place.innerHTML;
  });
}"""


def bare(html: str) -> str:
    """Without what is nobody's to see: where one manner goes on over a line, and links, which the box only draws."""
    html = re.sub(r"<a [^>]*>", '<span class="link">', html).replace("</a>", "</span>")
    for manner in ("strong", "em", "strong"):
        html = html.replace(f"</{manner}><{manner}>", "")
    return html


def test_boxes_read_markup_as_pages_and_documents_do(open_box, ilze):
    """Texts put together of marks and words, always the same ones."""
    page, chance = open_box(ilze), random.Random(7)
    pieces = [
        "a",
        "word",
        "**",
        "*",
        "_",
        " ",
        " ",
        "\n",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n  - ",
        "[t](https://c.example)",
        "**b**",
        "é",
    ]
    hollow = "[word]() **and [](https://c.example)** [ ](https://c.example)"
    texts = [WORD_TEXT, hollow, *("".join(chance.choices(pieces, k=12)) for _ in range(300))]
    address = page.locator("script[src*='js/formatted']").get_attribute("src")
    drawn = page.evaluate(READ_ALIKE, [address, texts])
    assert [bare(html) for html in drawn] == [bare(to_html(text)) for text in texts]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1440])
def test_conflict_and_history_are_for_everyone(open_box, answer, ilze, janis, width, dark):
    revisions.save(answer, base=0, value="Housing is scarce.", by=ilze, language="lv")
    revisions.save(answer, base=1, value="Housing is dear.", by=janis)
    page = open_box(ilze, width=width, dark=dark, allow=("409",))
    revisions.save(answer, base=2, value="Housing is very dear.", by=janis)
    box(page).fill("Housing is scarce and dear.")
    expect(page.get_by_role("group", name="Two texts for one place")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/write/{answer.pk}/history/")
    assert_accessible(page)
    page.locator("summary", has_text="The whole text").last.click()
    page.get_by_role("button", name="Take up this text again").last.click()
    expect(box(page)).to_have_value("Housing is scarce.")


def test_two_texts_for_one_place_read_without_the_signs_of_their_markup(open_box, answer, ilze, janis):
    revisions.save(answer, base=0, value="Housing is **scarce**.", by=ilze)
    page = open_box(ilze, allow=("409",))
    revisions.save(answer, base=1, value="Housing is **dear**.", by=janis)
    box(page).fill("Housing is **rare**.")
    texts = page.get_by_role("group", name="Two texts for one place")
    expect(texts).to_be_visible()
    box(page).press_sequentially(" And old.")
    for words in ("Housing is scarce.", "Housing is rare. And old."):
        expect(texts).to_contain_text(words)
    expect(texts).not_to_contain_text("**")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_with_both_texts(open_box, answer, ilze, janis, width):
    page = open_box(ilze, width=width, javascript=False, allow=("409",))
    revisions.save(answer, base=0, value="Theirs", by=janis)
    box(page).fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two texts for one place")
    page.get_by_label("Text").fill("Theirs and mine")
    page.get_by_role("button", name="Save the combined text").click()
    expect(box(page)).to_have_value("Theirs and mine")


def test_without_scripts(open_box, answer, ilze):
    page = open_box(ilze, javascript=False)
    box(page).fill("Saved by a button")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(box(page)).to_have_value("Saved by a button")


PASTE = """(box, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

WORD = """<html xmlns:o="urn:x"><head><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=EN-GB>
<!--StartFragment--><h1>Housing<o:p></o:p></h1>
<p class=MsoNormal>The city has <b style='mso-bidi-font-weight:normal'>many </b>flats,
but <a href="https://city.example/flats">few</a> are <i>free</i>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->Inner</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span>
</span>Second</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Alpha</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>2.<span>&nbsp;</span></span>Beta</p>
<p class=MsoNormal>2*3*4 and snake_case</p><!--EndFragment--></body></html>"""

WORD_TEXT = """**Housing**

The city has **many** flats, but [few](https://city.example/flats) are *free*.

- First
  - Inner
- Second

1. Alpha
2. Beta

2\\*3\\*4 and snake_case"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span
style="font-weight:700;">Bold</span><span style="font-style:italic"> slanted</span></p><ul><li dir="ltr"
aria-level="1"><p role="presentation"><span>One</span></p></li>
<ul><li aria-level="2"><p><span>Deep</span></p></li></ul><li><p><span>Two</span></p></li></ul></b>"""

LIBRE = """<html><head><style type="text/css">p { margin: 1em }</style></head><body>
<p style="line-height:100%">Before</p>
<ol><li><p>One</p><ul><li><p>Inside</p></li></ul></li><li><p>Two</p><p>still two</p></li></ol><p>Line<br/>break</p>
<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (WORD, WORD_TEXT),
        (GOOGLE, "**Bold** *slanted*\n\n- One\n  - Deep\n- Two"),
        (LIBRE, "Before\n\n1. One\n   - Inside\n2. Two\n\n   still two\n\nLine\nbreak\n\na | b"),
        ("<img src=x onerror=alert(1)><p>a<script>b</script></p>", "a"),
        ("<span>just words</span>", "just words"),
    ],
    ids=["word", "google", "libreoffice", "hostile", "inline"],
)
def test_pasting(open_box, ilze, html, text):
    page = open_box(ilze)
    box(page).evaluate(PASTE, html)
    expect(box(page)).to_have_value(text)
    saved(page)


def test_pasting_into_a_list_and_into_the_middle(open_box, ilze):
    page = open_box(ilze)
    box(page).evaluate("box => box.dataset.paste = 'list'")
    box(page).fill("first\nlast")
    box(page).evaluate("box => box.setSelectionRange(5, 5)")
    box(page).evaluate(PASTE, "<ul><li><b>two</b></li><li>three</li></ul>")
    expect(box(page)).to_have_value("first\ntwo\nthree\nlast")
    box(page).evaluate("box => { box.dataset.paste = 'markup'; box.value = 'ab'; box.setSelectionRange(1, 1) }")
    box(page).evaluate(PASTE, "<ul><li>two</li></ul>")
    expect(box(page)).to_have_value("a\n\n- two\n\nb")
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value("ab")
    saved(page)
