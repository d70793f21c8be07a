"""Ending mails without signing in, and the addresses that mail servers refused."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import ListView, View

from programmes.common.views import SignedInMixin

from . import choosing, selectors
from .models import Mail


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class Unsubscribe(View):
    """RFC 8058: a mail programme sends a POST for whoever pressed its button, without cookies. A GET, which scanners
    send too, changes nothing and shows the same button. It ends mails and opens nothing."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        person = choosing.person_of(token)
        return self._page(request, "ask" if person else "unknown")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        person = choosing.person_of(token)
        if person is not None:
            choosing.unsubscribe(person)
        return self._page(request, "done" if person else "unknown")

    def _page(self, request: HttpRequest, state: str) -> HttpResponse:
        response = render(
            request, "notices/unsubscribe.html", {"state": state}, status=404 if state == "unknown" else 200
        )
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


class NotDelivered(SignedInMixin, ListView):
    """For administrators: mails that a server refused, so that somebody asks for the right address."""

    template_name = "notices/not_delivered.html"
    context_object_name = "mails"
    paginate_by = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Mail]:
        return selectors.not_delivered()
