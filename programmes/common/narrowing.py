"""Lists that filters narrow."""

from django_filters import FilterSet

WORDS = "q"
"""The filter by words, where a list has one: its box stays in sight."""


def is_narrowed(chosen: FilterSet, *, beside: str = "") -> bool:
    """Whether anything was chosen, `beside` the filter of that name: without, all rows are shown."""
    if not chosen.is_bound:
        return False
    form = chosen.form
    return not form.is_valid() or any(value for name, value in form.cleaned_data.items() if name != beside)
