"""Factors and examples of a draft: added, pasted, moved, removed, brought back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View

from programmes.common.errors import Refusal
from programmes.common.once import key_sent
from programmes.common.seen import SeenView
from programmes.common.views import SmallForm

from .. import pages, pasting
from ..forms import AddForm, BearingForm, MoveForm, PasteForm
from ..models import BenchmarkVersion, ContextFactor, Example, KeyFactor
from ..services import structure as services
from .base import PersonRequest, PlaceMixin, WritingMixin


class _Added(WritingMixin, SmallForm):
    form_class = AddForm
    button = gettext_lazy("Add")

    def back_url(self) -> str:
        return reverse("benchmarks:write", args=[self.object.pk])

    def added(self, form: AddForm, add: Any) -> HttpResponse:
        place = add(version=self.object, title=form.cleaned_data["title"], by=self.request.user, form_key=form.key)
        return redirect("benchmarks:place", pk=self.object.pk, key=place.key)


class FactorAdd(_Added):
    heading = gettext_lazy("Add a key factor")
    intro = gettext_lazy("A title is enough to begin with. What is said of the factor hangs on it from then on.")

    def act(self, form: AddForm) -> HttpResponse:
        return self.added(form, services.add_factor)


class ContextAdd(_Added):
    heading = gettext_lazy("Add a context factor")
    intro = gettext_lazy("Something a city cannot decide, and that helps or hinders whatever it does.")

    def act(self, form: AddForm) -> HttpResponse:
        return self.added(form, services.add_context)


class _Button(WritingMixin, View):
    """POST: one step, then back to the page."""

    http_method_names = ["post"]
    request: PersonRequest

    def act(self) -> None:
        raise NotImplementedError

    def back_url(self) -> str:
        return reverse("benchmarks:write", args=[self.object.pk])

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back_url())


class PlaceRemove(PlaceMixin, _Button):
    def act(self) -> None:
        services.remove(place=self.place, version=self.object, by=self.request.user)
        messages.success(self.request, _("Taken out. Its texts are kept; it can be brought back below."))


class PlaceBack(PlaceMixin, _Button):
    def act(self) -> None:
        services.bring_back(place=self.place, version=self.object, by=self.request.user)


class PlaceMove(PlaceMixin, _Button):
    """POST `step`: one place up (-1) or down (1)."""

    def act(self) -> None:
        form = MoveForm(self.request.POST)
        if not form.is_valid():
            raise Refusal(_("This factor cannot be moved."))
        services.move(place=self.place, version=self.object, step=form.cleaned_data["step"], by=self.request.user)

    def back_url(self) -> str:
        return f"{super().back_url()}#factor-{self.place.key}"


class ExampleAdd(PlaceMixin, _Button):
    """POST: an empty example at the end of a key factor's."""

    def act(self) -> None:
        if not isinstance(self.place, KeyFactor):
            raise Http404
        services.add_example(factor=self.place, by=self.request.user, form_key=key_sent(self.request.POST))

    def back_url(self) -> str:
        return f"{self.place_url()}#examples"


class _OnExample(PlaceMixin, _Button):
    def load_object(self) -> BenchmarkVersion:
        version = super().load_object()
        rows = Example.objects.filter(factor__version=version, factor__key=self.place.key)
        self.example = rows.filter(key=self.kwargs["example"]).first()
        if self.example is None:
            raise Http404
        return version

    def back_url(self) -> str:
        return f"{self.place_url()}#examples"


class ExampleRemove(_OnExample):
    def act(self) -> None:
        services.remove(place=self.example, version=self.object, by=self.request.user)


class ExampleBack(_OnExample):
    def act(self) -> None:
        services.bring_back(place=self.example, version=self.object, by=self.request.user)


class Bearing(SeenView, PlaceMixin, SmallForm):
    """On which key factors a context factor bears."""

    form_class = BearingForm
    heading = gettext_lazy("On which key factors it bears")
    button = gettext_lazy("Save")

    def load_object(self) -> BenchmarkVersion:
        version = super().load_object()
        if not isinstance(self.place, ContextFactor):
            raise Http404
        return version

    def rows_changed(self):
        return BenchmarkVersion.objects.filter(pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        titles = pages.titles_in(self.object, self.object.benchmark.first_language)
        factors = self.object.factors.filter(removed_at=None)
        named = {factor.pk: str(titles.get(factor.key, factor.key)) for factor in factors}
        return super().get_form_kwargs() | {"factors": factors, "titles": named}

    def get_initial(self) -> dict[str, Any]:
        present = self.place.bears_on.filter(removed_at=None)
        return {"factors": list(present.values_list("pk", flat=True))}

    def act(self, form: BearingForm) -> HttpResponse:
        services.set_bearing(context=self.place, factors=form.cleaned_data["factors"], by=self.request.user)
        return redirect(self.back_url())

    def back_url(self) -> str:
        return self.place_url()


class Paste(WritingMixin, FormView):
    """Paste a table; it is shown as it was understood, and becomes factors once that is confirmed (`take`). Whoever
    presses “Change the table” (`change`) gets its text back."""

    form_class = PasteForm
    template_name = "benchmarks/paste.html"

    def form_valid(self, form: PasteForm) -> HttpResponse:
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=self._again(form)))
        try:
            reading = pasting.read(form.cleaned_data["table"])
            if "take" in self.request.POST:
                return self._take(form, reading)
        except Refusal as refusal:
            form.add_error("table", str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, reading=reading))

    def form_invalid(self, form: PasteForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _again(self, form: PasteForm) -> PasteForm:
        return PasteForm(initial={"table": form.cleaned_data["table"]})

    def _take(self, form: PasteForm, reading: pasting.Reading) -> HttpResponse:
        taken = services.take_pasted(
            version=self.object, factors=reading.factors, by=self.request.user, form_key=form.key
        )
        said = ngettext("%(n)s factor was added.", "%(n)s factors were added.", len(taken))
        messages.success(self.request, said % {"n": len(taken)})
        return redirect("benchmarks:write", pk=self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = pages.titles_in(self.object, self.object.benchmark.first_language)
        return super().get_context_data(version=self.object, theme=titles.get(pages.ABOUT), **kwargs)
