"""`{% load plans %}`: of what a table of hundreds of cells is made; a template would take ten times as long."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programmes.common import markup
from programmes.common.templatetags.ui import lang_attr

from ..tables import Box

register = template.Library()


@register.simple_tag
def cell_words(box: Box) -> SafeString:
    """What stands in a cell, in its language; a dash where nothing does."""
    words = box.words
    if not words:
        nothing = _("Nothing written yet")
        return format_html(
            '<span class="soft" aria-hidden="true">–</span><span class="visually-hidden">{}</span>', nothing
        )
    lang = lang_attr(box.language) if box.has_words else ""
    return format_html('<div class="prose"{}>{}</div>', lang, markup.to_html(words))
