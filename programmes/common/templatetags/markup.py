"""`{% load markup %}`: light markup and differences in templates."""

from django import template
from django.utils.safestring import SafeString

from programmes.common import diffing, languages
from programmes.common import markup as light

register = template.Library()


@register.filter
def markup(text: str | None) -> SafeString:
    """Light markup as safe HTML."""
    return light.to_html(text or "")


@register.simple_tag
def word_diff(old: str, new: str) -> SafeString:
    """What changed from `old` to `new`, with `<ins>` and `<del>`."""
    return diffing.word_diff(old, new)


@register.filter
def endonym(code: str) -> str:
    """The language's own name: "lv" → "Latviešu"."""
    return languages.endonym(code)
