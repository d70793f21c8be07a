"""Light markup: what a person types or pastes into a long text, a small subset of CommonMark.

Paragraphs, line breaks as typed, lists, `**bold**`, `*italic*` and links. Headings, tables, images and code are
no part of it and stay the plain characters they are. `parse` gives the blocks that pages, PDF and DOCX are made
from, so that all three agree.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

_SCHEMES = {"http", "https", "mailto"}
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start", "dir"}, "ul": {"dir"}, "p": {"dir"}, "li": {"dir"}}
_REL = "noopener noreferrer nofollow"

# markdown-it silently drops what is nested deeper than it likes. Indentation and markers are cut to what nobody
# reaches, so that its limit is never met and nothing typed disappears.
_MOST_NESTING = 100
_INDENT = re.compile(r"^[ \t]{41,}", re.MULTILINE)
_MARKERS = re.compile(r"^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){8})((?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+)", re.MULTILINE)

# What the parser's work is estimated by, in microseconds a piece: beyond the sum, marks inside the lines stay the
# characters they are, then lists too. Nobody's own text comes near it: a thousand bold words and links do not.
_MOST_EFFORT = 150_000
_EFFORT_OF_LINES = ((re.compile(r"\n"), 25), (re.compile(r"(?:^|[ \t])(?:[-*+]|\d{1,9}[.)])(?=\s)", re.MULTILINE), 45))
_EFFORT_OF_MARKS = ((re.compile(r"[*_]"), 20), (re.compile(r"[\[<]"), 70), (re.compile(r"\\"), 8))
# For an opening bracket the parser may look through the rest of its paragraph. Beyond this many characters looked
# through, only brackets that plainly are a link stay marks.
_MOST_LOOKED_THROUGH = 200_000
# What most cells and titles are: one line in which nothing can be a mark or an address. It needs no parser.
_ONE_LINE = re.compile(r"(?:[^\W\d_]|\d+(?![\d.)]))(?:(?!https?:)[^*_\[<\\\n\r\t\0])*")
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n)+")
_BRACKET = re.compile(
    r"""(?P<kept>
        \\. | <[^<>\s]*>
        | \[(?=[^\[\]]*\]\([ \t]*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:[ \t]+"[^"\n]*")?[ \t]*\))
        ) | \[""",
    re.VERBOSE | re.DOTALL,
)
# A link without words or without an address would show less than was typed.
_HOLLOW = re.compile(r"\[\s*\]\(.*|.*\]\(\s*\)", re.DOTALL)
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'»”])")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner; a line feed is a line break inside the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`direction`, here and in a list: "ltr" or "rtl" where it runs against what stands around it, see `directions`."""

    runs: tuple[Run, ...]
    direction: str = ""


@dataclass(frozen=True)
class List:
    """Each item is a sequence of blocks: paragraphs and lists."""

    ordered: bool
    items: tuple[tuple["Paragraph | List", ...], ...]
    start: int = 1
    direction: str = ""


Block = Paragraph | List


def parse(text: str) -> list[Block]:
    """The blocks of a text, in order; never fails, whatever is typed, and never takes long."""
    if _ONE_LINE.fullmatch(text or ""):
        return [Paragraph((Run(text.strip()),))]
    shallow = _MARKERS.sub(r"\1", _INDENT.sub(" " * 40, text or ""))
    lines = _effort(shallow, _EFFORT_OF_LINES)
    if lines > _MOST_EFFORT:
        return _without_marks(shallow)
    if lines + _effort(shallow, _EFFORT_OF_MARKS) > _MOST_EFFORT:
        return list(_blocks(iter(_parser(()).parse(shallow))))
    return list(_blocks(iter(_parser().parse(_few_brackets(shallow)))))


def _effort(text: str, kinds: Sequence[tuple[re.Pattern[str], int]]) -> int:
    return sum(len(pattern.findall(text)) * each for pattern, each in kinds)


def _few_brackets(text: str) -> str:
    """The text with brackets that are no link escaped, where there are so many that looking for links takes long."""
    looked = sum(paragraph.count("[") * len(paragraph) for paragraph in _PARAGRAPH.split(text))
    if looked <= _MOST_LOOKED_THROUGH:
        return text
    return _BRACKET.sub(lambda found: found[0] if found["kept"] else "\\[", text)


def _without_marks(text: str) -> list[Block]:
    """Paragraphs and line breaks, all else as typed."""
    paragraphs = ("\n".join(line.strip() for line in part.split("\n")) for part in _PARAGRAPH.split(text))
    return [Paragraph((Run(paragraph.strip("\n")),)) for paragraph in paragraphs if paragraph.strip()]


def to_html(text: str) -> SafeString:
    """HTML with `p`, `ul`, `ol`, `li`, `br`, `strong`, `em`, `a` only; safe to show."""
    if _ONE_LINE.fullmatch(text):
        return format_html("<p>{}</p>", text.strip())
    return html_of(parse(text))


def html_of(blocks: Iterable[Block]) -> SafeString:
    """As `to_html`, of blocks."""
    html = "".join(_block_html(block) for block in blocks)
    # Made of escaped pieces already; the second, independent look costs little.
    cleaned = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
    return mark_safe(cleaned)  # noqa: S308


def plain(text: str) -> str:
    """The words without marks, for e-mails, CSV and search; a link keeps its address in brackets."""
    return "\n\n".join(_block_plain(block) for block in parse(text))


_MARKS_INSIDE = ("emphasis", "link", "escape", "autolink")


def first_words(text: str, most: int = 90) -> str:
    """The beginning on one line, cut behind a word; an ellipsis says that more follows."""
    if len(text) <= most and _ONE_LINE.fullmatch(text):
        return " ".join(text.split())
    return textwrap.shorten(plain(text[: most * 20]), most, placeholder="…")


@cache
def _parser(inside: Sequence[str] = _MARKS_INSIDE) -> MarkdownIt:
    """With these marks inside a paragraph or item. Its rules are put together at the first use, which is here, so that
    several threads may share it."""
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _MOST_NESTING})
    parser.validateLink = _is_web_link  # type: ignore[method-assign]
    parser.inline.ruler.at("link", _link)
    parser.enable(["list", "newline", *inside])
    parser.parse("- *x*")
    return parser


def _link(state: StateInline, silent: bool) -> bool:
    """The rule of CommonMark, but hollow links stay the characters they are."""
    start = state.pos
    if not link(state, True):
        return False
    is_hollow = _HOLLOW.fullmatch(state.src, start, state.pos) is not None
    if is_hollow or not silent:
        state.pos = start
    return not is_hollow and (silent or link(state, False))


def _is_web_link(url: str) -> bool:
    """Other schemes, and addresses without one, stay the characters they are."""
    try:
        return urlsplit(url).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    """Blocks up to the end of the enclosing list item, or of the text."""
    for token in tokens:
        if token.type == "list_item_close":
            return
        if token.type == "inline":
            yield Paragraph(tuple(_runs(token.children or [])))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _list(token, tokens)


def _list(opening: Token, tokens: Iterator[Token]) -> List:
    items: list[tuple[Block, ...]] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append(tuple(_blocks(tokens)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            break
    return List(opening.type == "ordered_list_open", tuple(items), int(opening.attrGet("start") or 1))


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type in ("link_open", "link_close"):
            href = str(token.attrGet("href") or "")
        text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for piece, address in _with_addresses(text, href):
            yield Run(piece, bool(bold), bool(italic), address)


def _with_addresses(text: str, href: str) -> Iterator[tuple[str, str]]:
    """Addresses typed without any mark become links too."""
    pieces = [text] if href else _ADDRESS.split(text)
    for place, piece in enumerate(pieces):
        if piece:
            yield piece, href or (piece if place % 2 else "")


def _block_html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p{_dir(block)}>{_runs_html(block.runs)}</p>"
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{tag}{start}{_dir(block)}>{''.join(_item_html(item) for item in block.items)}</{tag}>"


def _dir(block: Block) -> str:
    return f' dir="{block.direction}"' if block.direction else ""


def _item_html(item: Sequence[Block]) -> str:
    """A lone paragraph stands in its item without `p`."""
    first = item[0] if item else None
    alone = sum(isinstance(block, Paragraph) for block in item) == 1
    if isinstance(first, Paragraph) and alone:
        return f"<li{_dir(first)}>{_runs_html(first.runs)}{''.join(_block_html(block) for block in item[1:])}</li>"
    return f"<li>{''.join(_block_html(block) for block in item)}</li>"


def _runs_html(runs: Sequence[Run]) -> str:
    return "".join(_run_html(run) for run in runs)


def _run_html(run: Run) -> str:
    html = escape(run.text).replace("\n", "<br>")
    html = f"<em>{html}</em>" if run.italic else html
    html = f"<strong>{html}</strong>" if run.bold else html
    return format_html('<a href="{}">{}</a>', run.href, mark_safe(html)) if run.href else html  # noqa: S308


def _block_plain(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "".join(_run_plain(run) for run in block.runs)
    lines = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        lines.append(mark + "\n".join(_block_plain(part) for part in item).replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _run_plain(run: Run) -> str:
    return f"{run.text} ({run.href})" if run.href and run.href.removeprefix("mailto:") != run.text else run.text
