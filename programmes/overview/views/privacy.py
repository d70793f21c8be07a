"""One's own data as a file, erasure as it is asked for and carried out, and the page for data protection officers."""

from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import ListView, TemplateView, View

from programmes.accounts.models import User
from programmes.accounts.services import ask_for_erasure, record, withdraw_erasure
from programmes.common.errors import Refusal
from programmes.common.views import PermissionMixin, SignedInMixin

from .. import privacy


class DataProtection(TemplateView):
    """For data protection officers and staff councils; to be printed, with lines to fill in."""

    template_name = "overview/data_protection.html"
    extra_context = {"periods": privacy.PERIODS}


@method_decorator(never_cache, name="dispatch")
class OwnData(SignedInMixin, View):
    """Everything that is kept of the person who asks, as one file that people and programs can read."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        record(by=request.user, verb="took own data", target=request.user)
        data = {"made_at": timezone.now(), **privacy.own_data(request.user)}
        response = JsonResponse(data, encoder=_Readable, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return response


class _Readable(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """What JSON has no form for is written as a person would read it."""
        try:
            return super().default(o)
        except TypeError:
            return str(o)


class Erasure(SignedInMixin, TemplateView):
    """Ask to be erased, see what has to happen first, or say that one stays."""

    template_name = "overview/erasure.html"

    def get_context_data(self, **kwargs):
        alone = privacy.teams_without_successor(self.request.user)
        return super().get_context_data(alone=alone, asked_at=self.request.user.erasure_asked_at, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "withdraw" in request.POST:
            withdraw_erasure(user=request.user, by=request.user)
            messages.success(request, _("Your request is withdrawn: nothing is erased."))
        else:
            ask_for_erasure(user=request.user, by=request.user)
            messages.success(request, _("Your request is noted. An administrator carries it out."))
        return redirect("overview:erasure")


class Erasures(PermissionMixin, ListView):
    """Who asked to be erased, for administrators, who carry it out."""

    permission_required = "overview.erase_people"
    template_name = "overview/erasures.html"
    context_object_name = "people"
    queryset = User.objects.filter(erasure_asked_at__isnull=False, erased_at=None).order_by("erasure_asked_at")
    paginate_by = 30


class Erase(PermissionMixin, TemplateView):
    """Carries it out for one person who asked."""

    permission_required = "overview.erase_people"
    template_name = "overview/erase.html"
    success_url = reverse_lazy("overview:erasures")

    @cached_property
    def person(self) -> User:
        return get_object_or_404(Erasures.queryset.all(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        alone = privacy.teams_without_successor(self.person)
        return super().get_context_data(person=self.person, alone=alone, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            privacy.erase(user=self.person, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("overview:erase", pk=pk)
        messages.success(request, _("Done: name and address are deleted."))
        return redirect(self.success_url)
