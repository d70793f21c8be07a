"""Offering a practice to others, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from programmes.common.views import SmallForm

from .. import selectors, services
from ..enums import Audience
from ..forms import OfferForm
from .base import PracticeMixin


class OfferPage(PracticeMixin, SmallForm):
    """Who shall read it, as it stands now."""

    permission_required = "practices.offer_practice"
    template_name = "practices/offer.html"
    form_class = OfferForm
    heading = gettext_lazy("Offer this practice")
    button = gettext_lazy("Offer it")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"partnerships": selectors.partnerships_to_offer_to(self.object)}

    def act(self, form: OfferForm) -> HttpResponse:
        audience = Audience(form.cleaned_data["audience"])
        programme = self.object.team.enrolment.programme if audience == Audience.PROGRAMME else None
        try:
            services.offer(
                practice=self.object,
                audience=audience,
                by=self.request.user,
                partnership=form.cleaned_data.get("partnership"),
                programme=programme,
                few_may_be_told=form.cleaned_data["few_checked"],
                form_key=form.key,
            )
        except services.TooFewToTell as few:
            form.ask_about_few(str(few))
            return self.form_invalid(form)
        messages.success(self.request, _("Offered. It can be withdrawn at any time."))
        return redirect(self.object)

    def back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(practice=self.object, **kwargs)


class Withdraw(PracticeMixin, View):
    """POST: those readers read it no longer."""

    http_method_names = ["post"]
    permission_required = "practices.withdraw_practice"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        offer = get_object_or_404(selectors.open_offers(self.object), pk=kwargs["offer"])
        services.withdraw(offer=offer, by=request.user)
        messages.success(request, _("Withdrawn: they read it no longer."))
        return redirect(self.object)
