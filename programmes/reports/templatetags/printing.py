"""What the print templates need of the content; used by the "docs" template engine."""

from django import template
from django.utils.html import format_html

from programmes.common.languages import direction
from programmes.common.markup import to_html

from .. import wording
from ..blocks import Cell, Picture

register = template.Library()
register.filter("imprint", wording.imprint)
register.filter("sides", wording.sides)
register.filter("markup", to_html)


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


@register.filter
def picture_url(picture: Picture) -> str:
    return f"asset:media/{picture.name}"


@register.filter
def is_short(row: tuple[Cell, ...]) -> bool:
    """Whether a table row certainly fits on a page."""
    return max((cell.letters for cell in row), default=0) < 500
