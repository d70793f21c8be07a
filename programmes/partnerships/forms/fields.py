"""Fields that several forms here use: days, named choices."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Submit
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from programmes.common.fields import RowsField
from programmes.participants.models import Organisation
from programmes.participants.selectors import search

from ..models import Participation


def helper(label: Any, *, tag: bool = True) -> FormHelper:
    """A crispy helper with one button; without `tag` the page lays out its own form element and buttons."""
    made = FormHelper()
    made.form_tag = tag
    made.disable_csrf = not tag
    if tag:
        made.add_input(Submit("save", label))
    return made


class FoldedGroup(Fieldset):
    """Some of many fields under a heading: folded, with their labels beside it, and open where one of them is wrong."""

    template = "partnerships/_folded_group.html"

    def render(self, form: forms.BaseForm, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        names = [pointer.name for pointer in self.get_field_names()]
        told = [name for name in names if not isinstance(form.fields[name], forms.BooleanField)]
        self.labels = ", ".join(str(form[name].label) for name in told)
        self.is_open = any(name in form.errors for name in names)
        return super().render(form, context, template_pack, **kwargs)


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of this form choose among these rows."""
    cast("forms.ModelChoiceField", form.fields[name]).queryset = rows


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels in ISO form whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    widget = DayInput


class NamedChoice(forms.ModelChoiceField):
    """A choice of rows, shown by the function `naming`."""

    def __init__(self, *args, naming=str, **kwargs):
        self.naming = naming
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)


class NamedChoices(RowsField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, naming=str, **kwargs):
        self.naming = naming
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)


def teams_named(teams: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Teams of organisations with all these words in one of their names."""
    return teams.filter(enrolment__organisation__in=search(Organisation.objects.all(), words))


def partnerships_named(partnerships: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Partnerships in which cities and others with these words in their names take part: each word in one of them."""
    for word in words.split():
        parts = Participation.objects.filter(partnership=OuterRef("pk"), ended_on=None)
        partnerships = partnerships.filter(
            Exists(parts.filter(organisation__in=search(Organisation.objects.all(), word)))
        )
    return partnerships
