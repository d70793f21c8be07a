"""Moving a form to its newer version."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from programmes.common.errors import Refusal

from .. import versions
from ..services.versions import move_to_newest
from .base import ResponseMixin


class NumberForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=32767, widget=forms.HiddenInput)


class Newer(ResponseMixin, FormView):
    """GET: what the newer version of the form adds, words anew, leaves out. POST: the team asks it from now on."""

    permission_required = "assessments.move_response"
    form_class = NumberForm
    template_name = "assessments/newer.html"

    def get_context_data(self, **kwargs):
        response, newest = self.object, versions.newer_version(self.object)
        changes = None
        if newest is not None:
            variables = response.enrolment.programme.variables
            changes = versions.changes(response.questionnaire_version, newest, variables)
        return super().get_context_data(response=response, newest=newest, changes=changes, **kwargs)

    def form_valid(self, form):
        try:
            move_to_newest(response=self.object, number=form.cleaned_data["number"], by=self.request.user)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect("assessments:newer", self.object.pk)
        messages.success(self.request, _("The form is the newest one now. Nothing that you wrote is lost."))
        return redirect(self.object)

    def form_invalid(self, form):
        messages.error(self.request, _("Please look again at what changes."))
        return redirect("assessments:newer", self.object.pk)
