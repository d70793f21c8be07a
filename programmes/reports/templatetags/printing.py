"""What the print templates need of the content; used by the "docs" template engine."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from programmes.common.directions import direction_of, parsed
from programmes.common.languages import direction
from programmes.common.markup import html_of

from .. import fitting, wording
from ..blocks import Cell, DocumentContent, Picture, Table

register = template.Library()
register.filter("imprint", wording.imprint)
register.filter("sides", wording.sides)
_ADDRESS = re.compile(r"<[^>]*>|(?<![\w.+@-])((?:www\.|[\w.+-]{1,64}@)[\w-]+(?:\.[\w-]+)+(?:/[^\s<]*)?)")


@register.simple_tag
def printed(markup: str, lang: str, document_language: str) -> SafeString:
    """A person's text as HTML, each line in its own direction; addresses that are no links are marked, so that no
    hyphen comes into them."""
    base = direction(lang or document_language)
    return mark_safe(_ADDRESS.sub(_marked, html_of(parsed(markup, base))))  # noqa: S308


def _marked(found: re.Match[str]) -> str:
    return f'<span class="address">{found[1]}</span>' if found[1] else found[0]


@register.simple_tag
def turned(text: str, around: str) -> str:
    """The `dir` of a line that runs against the language around it."""
    base = direction(around)
    own = direction_of(text, base)
    return format_html(' dir="{}"', own) if own != base else ""


@register.simple_tag
def foreign(lang: str, document_language: str) -> str:
    """Attributes for a text in another language than its document; nothing where they agree."""
    if not lang or lang == document_language:
        return ""
    return format_html(' lang="{}" dir="{}"', lang, direction(lang))


@register.simple_tag
def folio() -> str:
    """ "Page 2 of 12" in the document's language; the style sheet counts into the two spans."""
    before, between, after = wording.page_of_pages()
    return format_html('{}<span class="page"></span>{}<span class="pages"></span>{}', before, between, after)


@register.simple_tag
def widths(table: Table, content: DocumentContent) -> list[str]:
    """Per cent of each column."""
    return fitting.widths(table, wide=content.landscape)


@register.filter
def picture_url(picture: Picture) -> str:
    return f"asset:media/{picture.name}"


@register.filter
def is_short(row: tuple[Cell, ...]) -> bool:
    """Whether a table row certainly fits on a page."""
    return max((cell.letters for cell in row), default=0) < 500
