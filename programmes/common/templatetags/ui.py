"""Tags and filters of the pages: icons, numbers and dates as the reader writes them, languages and small wrappers.

Load with ``{% load ui %}``. Everything returns text that is safe to put into a page as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.utils import formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.common.folding import folds
from programmes.common.languages import language_name
from programmes.common.refused import Fault, faults_in
from programmes.common.slots import content_of
from programmes.common.zones import city_of

register = template.Library()
register.filter(language_name)


@register.simple_tag
@folds
def icon(name: str, label: str = "") -> SafeString:
    """The icon `name` of the sprite, for the eye only, or with `label` as its words for everybody."""
    url = static("img/icons.svg")
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, url, name)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', url, name)


@register.simple_block_tag
def wrap(content: str, tag: str, css: str, label: str = "") -> SafeString:
    """The content inside `<tag class="css" aria-label="label">`, or nothing at all where the content is blank."""
    if not content.strip():
        return SafeString("")
    name = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<{tag} class="{css}"{name}>{content}</{tag}>', tag=tag, css=css, name=name, content=content)


@register.filter
def initials(user: Any) -> str:
    """One or two capitals for the round badge: of the first and the last word of a name."""
    words = [word for word in str(user).replace(",", " ").split() if word[0].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def lang_attr(code: str) -> SafeString:
    """` lang="lv"` when `code` differs from the language of the page, else nothing. Write it inside a start tag."""
    if not code or code == translation.get_language():
        return SafeString("")
    if _known(code) and translation.get_language_info(code)["bidi"]:
        return format_html(' lang="{}" dir="rtl"', code)
    return format_html(' lang="{}"', code)


def _known(code: str) -> bool:
    try:
        translation.get_language_info(code)
    except KeyError:
        return False
    return True


@register.filter
def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """A number with the reader's separators: 55300 → "55,300" or "55.300"; nothing for None."""
    if value is None or value == "":
        return ""
    if decimals is None and isinstance(value, Decimal):
        value = value.normalize() if value % 1 else value.to_integral_value()
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def money(value: Decimal | float | None, currency: str = "€") -> str:
    """A sum with its currency, kept on one line: 12000 → "12,000 €"; whole numbers without decimals."""
    if value is None or value == "":
        return ""
    return f"{number(value)}\N{NO-BREAK SPACE}{currency}"


@register.filter
def until(begun: date | None, ended: date | None) -> str:
    """Both ends of a time, as short as the reader's language allows: "15–16 November 2021".

    A missing end gives "since 15 November 2021", a missing begin "until 16 November 2021".
    """
    if begun and ended and begun != ended:
        if (begun.year, begun.month) == (ended.year, ended.month):
            return f"{begun.day}–{formats.date_format(ended, 'DATE_FORMAT')}"
        return f"{formats.date_format(begun, 'DATE_FORMAT')} – {formats.date_format(ended, 'DATE_FORMAT')}"
    if begun and ended:
        return formats.date_format(begun, "DATE_FORMAT")
    if begun:
        return _("since %(day)s") % {"day": formats.date_format(begun, "DATE_FORMAT")}
    return _("until %(day)s") % {"day": formats.date_format(ended, "DATE_FORMAT")} if ended else ""


@register.filter
def zone_city(zone: str) -> str:
    """The city that a time zone is named after: "Europe/Brussels" → "Brussels"."""
    return city_of(zone)


@register.filter
def quoted(words: str) -> str:
    """A name in the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": words}


@register.simple_tag(takes_context=True)
def stage_line(context: Context, stops: Sequence[Mapping[str, Any]]) -> SafeString:
    """`components/stage_line.html`. On a board many partnerships stand alike: where the view put an empty dictionary
    `stage_lines` into the context, each line is made once."""
    kept = context.get("stage_lines")
    made: dict[tuple, SafeString] = {} if kept is None else kept
    key = tuple((stop["title"], stop["state"], stop.get("when")) for stop in stops)
    if key not in made:
        with context.push(stops=stops):
            made[key] = get_template("components/stage_line.html").template.render(context)  # type: ignore[attr-defined]
    return made[key]


@register.simple_tag
def pair(mentee: str, mentor: str) -> SafeString:
    """Both cities of a partnership: Capaci ○ — ● Mechelen; a side not yet named says so."""
    ring, dot, none, nobody = _pair_words(translation.get_language() or "")
    return format_html(
        '<span class="pair"><span class="pair__side">{} {}</span> <span class="pair__dash">—</span> '
        '<span class="pair__side">{} {}</span></span>',
        mentee or none,
        ring,
        dot,
        mentor or nobody,
    )


@cache
def _pair_words(language: str) -> tuple[SafeString, ...]:
    """The two marks, and what stands for a side that has no city, in one language."""
    marks = [render_to_string("components/side_mark.html", {"side": side}).strip() for side in ("mentee", "mentor")]
    words = [format_html("<i>{}</i>", word) for word in (_("no mentee yet"), _("no mentor yet"))]
    return (*(mark_safe(mark) for mark in marks), *words)  # noqa: S308 (our own template)


@register.simple_tag(takes_context=True)
def faults(context: Context) -> list[Fault]:
    """What is wrong in the forms that were sent to this page."""
    return faults_in(context)


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, *about: Any, **more: Any) -> str:
    """A place that an app further up fills, see `common.slots`."""
    return content_of(name, context, *about, **more)
