"""What the views of this package share: one form or one button, one service call, one message."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView, View

from programmes.common.choosing import ChoosingMixin
from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin


class ObjectPage(ObjectPermissionMixin, VisibleObjectMixin, TemplateView):
    """A page about one thing; `self.object` is the thing."""


class FormPage(ObjectPermissionMixin, VisibleObjectMixin, ChoosingMixin, FormView):
    """A page with one form about one thing. `carry_out` makes the service call; a refusal stands above the form,
    with everything that was typed."""

    done_message: ClassVar[Any] = ""

    def carry_out(self, form: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.carry_out(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if self.done_message:
            messages.success(self.request, str(self.done_message))
        return redirect(self.get_success_url())


class Act(ObjectPermissionMixin, VisibleObjectMixin, View):
    """POST only: one button, one service call, back to the page; a refusal is told there."""

    http_method_names: ClassVar[list[str]] = ["post"]
    done_message: ClassVar[Any] = ""

    def act(self) -> None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if self.done_message:
                messages.success(request, str(self.done_message))
        return redirect(self.get_success_url())


def site_of(request: HttpRequest) -> str:
    """The address of this site as the person sees it, for links in mails."""
    return request.build_absolute_uri("/")
