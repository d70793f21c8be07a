"""`{% load plans %}`: of what a table of hundreds of cells is made; a template would take ten times as long."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.common import markup
from programmes.common.addresses import PLACE
from programmes.common.templatetags.ui import lang_attr

from ..tables import Box, Row

register = template.Library()


PK, NUMBER, WORDS = PLACE, PLACE + 1, f"{PLACE + 2}"
"""Stand where the heads of a plan's rows differ."""


FIRST_WORDS = '<span class="plan-row__words"{} data-first-words>{}</span>'


@register.simple_tag(takes_context=True)
def row_head(context: Context, row: Row, *, opened: bool) -> SafeString:
    """`_row_head.html`, made once in a page for all rows that are alike but for two numbers and their words."""
    place = {"opened": opened, "is_first": row.number == 1, "is_last": row.number == context["count"]}
    kept: dict[Any, Any] = context.render_context.dicts[0]
    key = (row_head, *place.values())
    if key not in kept:
        with context.push(**place, row={"pk": PK, "number": NUMBER}, words=WORDS):
            kept[key] = get_template("action_plans/_row_head.html").template.render(context)  # type: ignore[attr-defined]
    words = format_html(FIRST_WORDS, lang_attr(row.first.language), row.words)
    made = kept[key].replace(str(PK), str(row.pk)).replace(str(NUMBER), str(row.number)).replace(WORDS, words)
    return mark_safe(made)  # noqa: S308 (our own template; the words are escaped)


CELL = '<td class="plan-td--{}" data-label="{}" data-cell="{}"><div class="plan-cell">{}</div></td>'


@register.simple_tag
def cells(boxes: list[Box]) -> SafeString:
    """Cells of a row to read, side by side."""
    told = ((box.column.kind.key, box.column.title, box.id, cell_words(box)) for box in boxes)
    return format_html_join("", CELL, told)


@register.simple_tag
def cell_words(box: Box) -> SafeString:
    """What stands in a cell, in its language, and who typed it for the city; a dash where nothing does."""
    words = box.words
    if not words:
        return format_html(
            '<span class="soft" aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
            _("Nothing written yet"),
        )
    lang = lang_attr(box.language) if box.has_words else ""
    told = format_html('<div class="prose"{}>{}</div>', lang, markup.to_html(words))
    if not box.on_behalf:
        return told
    return format_html('{}<span class="chip chip--line">{}</span>', told, _("typed by the facilitator"))
