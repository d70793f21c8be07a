"""Form fields outside crispy layouts: inputs in table cells, with the theme's classes and their errors announced."""

from typing import Any
from uuid import uuid4

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django_filters import FilterSet

from programmes.common.narrowing import WORDS, is_narrowed
from programmes.common.once import FIELD

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The bare input, dressed, pointing at its error where there is one."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        dress = "form-check-input"
    else:
        dress = "form-select" if isinstance(widget, forms.Select) else "form-control"
    attrs: dict[str, str | bool] = {"class": f"{dress} is-invalid" if field.errors else dress}
    if field.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("components/filters_fold.html")
def filters_fold(chosen: FilterSet) -> dict[str, Any]:
    """Before a `form.filters`: where there is little room they fold, but for what is `.filters__always` in sight."""
    return {"is_open": is_narrowed(chosen, beside=WORDS)}


@register.simple_tag
def once_field() -> SafeString:
    """For a form written by hand that makes a row: see `programmes.common.once`."""
    return forms.HiddenInput().render(FIELD, uuid4())
