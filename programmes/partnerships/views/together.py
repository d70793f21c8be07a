"""Pages for many partnerships at once: a day that all agree on, a facilitator who hands over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from ..enums import Role
from ..forms.together import CommonDayForm, PairManyForm, ReplaceFacilitatorForm
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

    def form_valid(self, form):
        if form.question:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

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


class PairMany(FormPage):
    """A row for each mentee without a partnership; all rows that are filled in are paired at once."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.pair"
    context_object_name = "programme"
    form_class = PairManyForm
    template_name = "partnerships/pair_many.html"

    def get_object(self, queryset=None):
        programme = super().get_object(queryset)
        if not {Role.MENTEE, Role.MENTOR} <= set(programme.roles):
            raise Http404
        return programme

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.object}

    def form_valid(self, form):
        pairings = form.cleaned_data["pairings"]
        try:
            number = services.pair_many(
                programme=self.object, pairings=pairings, by=self.request.user, form_key=form.key
            )
        except services.PairRefused as refusal:
            form.add_error(f"mentor-{refusal.mentee.pk}", str(refusal))
            return self.form_invalid(form)
        said = ngettext("%(n)s partnership is made.", "%(n)s partnerships are made.", number) % {"n": number}
        messages.success(self.request, said)
        return redirect(self.object)
