"""Sentences that stand wherever a benchmark is read, on pages and in documents alike."""

from django.utils.translation import gettext as _

from .booklet import Booklet


def origin(booklet: Booklet) -> str:
    """Who wrote it, and that it is not another's."""
    benchmark = booklet.version.benchmark
    if booklet.is_shipped:
        return _(
            "Written by the project that makes this site, in its own words. This is not IncluCities’ own benchmark."
        )
    if booklet.is_of_ours:
        words = _(
            "Begun as a copy of this site’s own text, and written on in the programme %(programme)s. This is not "
            "IncluCities’ own benchmark."
        )
    else:
        words = _("Written in the programme %(programme)s.")
    return words % {"programme": benchmark.programme}


def ideal() -> tuple[str, ...]:
    """Why nothing is scored (B8)."""
    return (
        _(
            "A benchmark describes an ideal. No real city meets it, and none is meant to: it is there to encourage, as "
            "a menu from which a city chooses the few things that matter to it."
        ),
        _(
            "So nothing is scored here. There is no number, no total and no comparison of cities; who has little is "
            "not behind, and who has much has not won."
        ),
    )
