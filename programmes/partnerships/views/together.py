"""Pages for many partnerships at once: a day that all agree on, a facilitator who hands over."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import ngettext

from ..forms.together import CommonDayForm, ReplaceFacilitatorForm
from ..models import Programme, Stage
from ..selectors import programmes_visible_to
from ..services import together as services
from .base import FormPage
from .programmes import OfPart, stages_visible_to


class CommonDay(OfPart, FormPage):
    """A day of one stage for several partnerships, such as an academy to which all come."""

    model = Stage
    selector = staticmethod(lambda access: stages_visible_to(access).filter(retired=False))
    permission_required = "partnerships.pair"
    form_class = CommonDayForm
    template_name = "partnerships/common_day.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"stage": self.object}

    def get_context_data(self, **kwargs):
        return super().get_context_data(stage=self.object, programme=self.object.programme, **kwargs)

    def carry_out(self, form):
        number = services.agree_day(stage=self.object, by=self.request.user, **form.cleaned_data)
        said = ngettext("The date of %(n)s partnership is saved.", "The dates of %(n)s partnerships are saved.", number)
        messages.success(self.request, said % {"n": number})

    def get_success_url(self):
        return self.object.programme.get_absolute_url()


class FacilitatorReplace(FormPage):
    """One facilitator takes over everywhere from another."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.pair"
    context_object_name = "programme"
    form_class = ReplaceFacilitatorForm
    template_name = "partnerships/facilitator_replace.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.object}

    def carry_out(self, form):
        number = services.replace_facilitator(programme=self.object, by=self.request.user, **form.cleaned_data)
        said = ngettext(
            "%(n)s partnership has another facilitator now.", "%(n)s partnerships have another facilitator now.", number
        )
        messages.success(self.request, said % {"n": number})

    def get_success_url(self):
        return reverse("partnerships:people", args=[self.object.pk])
