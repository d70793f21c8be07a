"""Choosing rows among thousands: what fits is offered whole, beyond that one searches by name.

A field of this module never lists all its rows. Beyond `FITS` its widget shows an input and the first hits. As one
types, HTMX asks the address of the form (`?choose-among=FIELD`), so that the page's own rules and selectors answer.
Without scripts a button sends the form, which comes back unjudged, with the hits and everything that was typed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet
from django.forms.utils import ErrorDict, ErrorList
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from programmes.common.fields import LONGEST_ID, RowsField
from programmes.common.text import is_storable

FITS = 20
"""Rows that are offered without searching, and hits that are shown at once."""

LONGEST_WORDS = 100
CHOOSE = "choose-among"
"""Names, in an address or a sent form, the field that is being searched for."""

Search = Callable[[QuerySet[Any], str], QuerySet[Any]]


class _Searching(forms.Select):
    """What the widgets for one and for several rows share; `address` is where the form is sent to."""

    address = ""
    words = ""
    quiet = False
    several = False
    use_fieldset: bool
    _read: tuple[str, list[Model]] | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.words = _words(data.get(f"{name}-words", ""))
        return super().value_from_datadict(data, files, name)

    @property
    def rows(self) -> list[Model]:
        """What is offered for the words, and one more where there is more; a quiet field offers nothing by itself."""
        if self.quiet and not self.words:
            return []
        if self._read is None or self._read[0] != self.words:
            choices = cast("Any", self.choices)
            found = choices.field.search(choices.queryset, self.words) if self.words else choices.queryset
            self._read = self.words, self._in_front(found, FITS + 1)
        return self._read[1]

    def _in_front(self, found: QuerySet[Any], most: int) -> list[Model]:
        """The field's `first` before the others. Each sort is cut for itself, so that an index gives it in its order
        and thousands need no sorting."""
        first = cast("Any", self.choices).field.first
        if first is None:
            return list(found[:most])
        front, others = (rows.values("pk")[:most] for rows in (found.filter(first), found.exclude(first)))
        rows = found.filter(Q(pk__in=front) | Q(pk__in=others))
        rows = rows.annotate(in_front=ExpressionWrapper(first, BooleanField()))
        return sorted(rows, key=lambda row: not row.in_front)[:most]

    @property
    def searching(self) -> bool:
        """Words there are only where an input for them was shown."""
        return self.quiet or bool(self.words) or len(self.rows) > FITS

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        choices, self.choices = self.choices, self._offered(value)
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = choices

    def _offered(self, value: list[str]) -> list[tuple[Any, str]]:
        """What is chosen already and not among the hits stands before them."""
        field, rows = cast("Any", self.choices).field, self.rows[:FITS]
        asked = {key for key in map(str, value) if key.isdecimal() and len(key) <= LONGEST_ID}
        missing = asked - {str(row.pk) for row in rows}
        chosen = list(field.queryset.filter(pk__in=missing)) if missing else []
        offered = [(field.prepare_value(row), field.label_from_instance(row)) for row in [*chosen, *rows]]
        return [*self._none(field), *offered]

    def _none(self, field: Any) -> Iterable[tuple[str, str]]:
        if self.several or (self.searching and field.required):
            return []
        if field.empty_label is None or (self.quiet and not self.words):
            return []
        return [("", _("None of these") if self.searching else field.empty_label)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        more = {"searching": self.searching, "address": self.address, "words": self.words, "choose": CHOOSE}
        more |= {"waits": self.quiet and not self.words}
        context["widget"] |= more | {"several": self.several, "found": len(self.rows), "fits": FITS}
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return "" if self.use_fieldset else super().id_for_label(id_, index)


class SearchOne(_Searching):
    """A select box while all rows fit, else an input and radio buttons."""

    @property
    def use_fieldset(self) -> bool:  # type: ignore[override]
        return self.searching

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "common/widgets/found.html" if self.searching else "django/forms/widgets/select.html"


class SearchSeveral(_Searching, forms.SelectMultiple):
    """Check boxes, with an input above them when there are too many rows."""

    several = True
    use_fieldset = True
    template_name = "common/widgets/found.html"


class FoundChoice(forms.ModelChoiceField):
    """One row, shown by `naming` and found by `search(rows, words)`; those that `first` holds for stand in front.
    `quiet`: nothing is read nor offered before somebody types, for a page with many such fields."""

    widget = SearchOne

    def __init__(
        self,
        *args: Any,
        search: Search,
        naming: Callable[[Any], str] = str,
        first: Q | None = None,
        quiet: bool = False,
        **kwargs: Any,
    ):
        self.naming, self.search, self.first = naming, search, first
        super().__init__(*args, **kwargs)
        self.widget.quiet = quiet

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)


class FoundChoices(RowsField):
    """Several rows."""

    widget = SearchSeveral

    def __init__(
        self, *args: Any, search: Search, naming: Callable[[Any], str] = str, first: Q | None = None, **kwargs: Any
    ):
        self.naming, self.search, self.first = naming, search, first
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)


def _words(text: str) -> str:
    return text[:LONGEST_WORDS].strip() if is_storable(text) else ""


def aim(address: str, *many: forms.BaseForm) -> None:
    """Tell the searching fields of these forms which address answers them."""
    for form in many:
        for field in form.fields.values():
            if isinstance(field.widget, _Searching):
                field.widget.address = address


def is_choosing(request: HttpRequest) -> bool:
    """Whether the form was sent to search, not to be carried out."""
    return request.method == "POST" and CHOOSE in request.POST


def hits(request: HttpRequest, forms_of_page: Sequence[forms.BaseForm]) -> HttpResponse | None:
    """The answer to HTMX while somebody types into one of these forms' fields; None for any other request."""
    name = request.GET.get(CHOOSE)
    if name is None or not cast("Any", request).htmx:
        return None
    widgets = {form.add_prefix(key): field.widget for form in forms_of_page for key, field in form.fields.items()}
    widget = widgets.get(name)
    if not isinstance(widget, _Searching):
        raise Http404
    value = widget.value_from_datadict(request.GET, {}, name)
    context = widget.get_context(name, value, {"id": f"id_{name}"})
    return render(request, "common/widgets/found_hits.html", context)


def unjudged(form: Any) -> Any:
    """The sent form as it stands, with no error looked for."""
    form._errors = ErrorDict()
    return form


def unjudged_lines(formset: Any) -> Any:
    formset._errors = [unjudged(form).errors for form in formset.forms]
    formset._non_form_errors = ErrorList()
    return formset


class ChoosingMixin:
    """For a FormView whose one form has searching fields."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        aim(self.request.path, form)
        return form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._hits() or super().get(request, *args, **kwargs)  # type: ignore[misc]

    def _hits(self) -> HttpResponse | None:
        return hits(self.request, [self.get_form()]) if CHOOSE in self.request.GET else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_choosing(request):
            view = cast("Any", self)
            return view.render_to_response(view.get_context_data(form=unjudged(self.get_form())))
        return super().post(request, *args, **kwargs)  # type: ignore[misc]
