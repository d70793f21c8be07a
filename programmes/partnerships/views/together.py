"""Pages for many partnerships at once: a day that all agree on, a facilitator who hands over."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import ngettext

from ..forms.together import CommonDayForm, ReplaceFacilitatorForm, StageChoiceForm
from ..models import Programme, Stage
from ..selectors import programmes_visible_to, stages_of
from ..services import together as services
from .base import FormPage


class OfCoordination(FormPage):
    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.pair"
    context_object_name = "programme"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.object}

    def get_success_url(self):
        return self.object.get_absolute_url()


class CommonDay(OfCoordination):
    """First the stage (`?stage=`), then the day and for whom."""

    template_name = "partnerships/common_day.html"

    @property
    def stage(self) -> Stage | None:
        asked = self.request.GET.get("stage", "")
        if not asked:
            return None
        found = next((stage for stage in stages_of(self.object) if str(stage.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    def get_form_class(self):
        return CommonDayForm if self.stage else StageChoiceForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | ({"stage": self.stage} if self.stage else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(stage=self.stage, **kwargs)

    def carry_out(self, form):
        if self.stage is None:
            raise Http404
        number = services.agree_day(stage=self.stage, by=self.request.user, **form.cleaned_data)
        said = ngettext("The date of %(n)s partnership is saved.", "The dates of %(n)s partnerships are saved.", number)
        messages.success(self.request, said % {"n": number})


class FacilitatorReplace(OfCoordination):
    """One facilitator takes over everywhere from another."""

    form_class = ReplaceFacilitatorForm
    template_name = "partnerships/facilitator_replace.html"

    def carry_out(self, form):
        number = services.replace_facilitator(programme=self.object, by=self.request.user, **form.cleaned_data)
        said = ngettext(
            "%(n)s partnership has another facilitator now.", "%(n)s partnerships have another facilitator now.", number
        )
        messages.success(self.request, said % {"n": number})

    def get_success_url(self):
        return reverse("partnerships:people", args=[self.object.pk])
