"""Benchmarks and their versions: begun, copied, followed, published, retired; the languages they are written in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View

from programmes.common.errors import Refusal
from programmes.common.seen import SeenView
from programmes.common.views import PermissionMixin, SmallForm

from ..forms import BeginForm, CopyForm, LanguagesForm
from ..models import BenchmarkVersion
from ..services import versions as services
from .base import PersonRequest, VersionMixin, WritingMixin, programmes_to_write_in


class Begin(PermissionMixin, SmallForm):
    """An empty benchmark."""

    permission_required = "benchmarks.add_benchmark"
    form_class = BeginForm
    heading = gettext_lazy("Begin a benchmark")
    intro = gettext_lazy("A theme is enough to begin with. Factors are added one by one, or pasted as a table.")
    button = gettext_lazy("Begin")
    who_reads = gettext_lazy("Read by the facilitators and coordinators of the programme until it is published.")
    request: PersonRequest

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programmes": programmes_to_write_in(self.request.access)}

    def act(self, form: BeginForm) -> HttpResponse:
        data = form.cleaned_data
        version = services.begin(
            programme=data["programme"],
            title=data["title"],
            languages=[data["language"]],
            by=self.request.user,
            form_key=form.key,
        )
        return redirect("benchmarks:write", pk=version.pk)

    def back_url(self) -> str:
        return reverse("benchmarks:list")


class Copy(VersionMixin, SmallForm):
    """A draft of one's own out of a benchmark that is there."""

    permission_required = "benchmarks.add_benchmark"
    form_class = CopyForm
    heading = gettext_lazy("Make it your own")
    intro = gettext_lazy(
        "You get a draft with all these texts, to change as you like. Factors keep their keys, so that what cities "
        "wrote on them stays with them."
    )
    button = gettext_lazy("Make the draft")
    who_reads = gettext_lazy("Read by the facilitators and coordinators of the programme until it is published.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programmes": programmes_to_write_in(self.request.access)}

    def act(self, form: CopyForm) -> HttpResponse:
        draft = services.copy(
            version=self.object,
            programme=form.cleaned_data["programme"],
            by=self.request.user,
            form_key=form.key,
        )
        return redirect("benchmarks:write", pk=draft.pk)

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class _Step(WritingMixin, View):
    http_method_names = ["post"]
    request: PersonRequest

    def act(self) -> HttpResponse:
        raise NotImplementedError

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("benchmarks:write", pk=self.object.pk)


class NextVersion(_Step):
    """POST: a draft that begins with all that this version says."""

    def act(self) -> HttpResponse:
        draft = services.next_version(version=self.object, by=self.request.user)
        return redirect("benchmarks:write", pk=draft.pk)


class Publish(_Step):
    def act(self) -> HttpResponse:
        services.publish(version=self.object, by=self.request.user)
        messages.success(self.request, _("Published: everybody who is signed in can read it now."))
        return redirect(self.object)


class Retire(_Step):
    def act(self) -> HttpResponse:
        services.retire(version=self.object, by=self.request.user)
        messages.success(self.request, _("Retired: it is not offered any more, and stays readable."))
        return redirect(self.object)


class Languages(SeenView, WritingMixin, SmallForm):
    """In which languages it is written."""

    form_class = LanguagesForm
    heading = gettext_lazy("Languages of this benchmark")
    intro = gettext_lazy(
        "The language it was written in first stays. What was written in a language that you take away is kept."
    )
    button = gettext_lazy("Save")

    def rows_changed(self):
        return BenchmarkVersion.objects.filter(pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"languages": self.object.benchmark.languages}

    def act(self, form: LanguagesForm) -> HttpResponse:
        services.set_languages(
            benchmark=self.object.benchmark, languages=form.cleaned_data["languages"], by=self.request.user
        )
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("benchmarks:write", args=[self.object.pk])
