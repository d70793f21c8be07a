"""`{% load benchmarks %}`: headings of a factor wherever it stands, and addresses that somebody typed."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from programmes.benchmarks import wording

register = template.Library()

LEVELS = (2, 3)


@register.simple_tag
def heading(level: int, words: str) -> SafeString:
    tag = mark_safe(f"h{level if level in LEVELS else LEVELS[0]}")  # noqa: S308 (one of two tags)
    return format_html("<{tag}>{words}</{tag}>", tag=tag, words=words)


@register.filter
def web_address(link: str) -> str:
    """The link where a browser may follow it, else the empty address."""
    return link if link.startswith(("https://", "http://")) else ""


register.filter(wording.origin)
register.simple_tag(wording.ideal)
