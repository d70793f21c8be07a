"""What the views of all apps share: who may see, who may act, and the pages that belong to no app."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import rules
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView, TemplateView
from django.views.generic.detail import SingleObjectMixin

from programmes.common.access import Access
from programmes.common.errors import Refusal


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """The answer to somebody who is not signed in: the sign-in page, and back to this page from there.

    `KeptPostMiddleware` of the accounts makes of it what scripts and HTMX understand, and keeps what was typed.
    """
    return redirect_to_login(request.get_full_path())


class SignedInMixin:
    """For pages of everybody who has an account: anonymous visitors are sent to sign in first."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return super().dispatch(request, *args, **kwargs)


class VisibleObjectMixin(SignedInMixin, SingleObjectMixin):
    """The object of the address, looked up among those this person may see; any other is 404.

    Set `selector` to a function from an access to a queryset (`staticmethod(selectors.plans_visible_to)`), or give
    `load_object` where there is more to do. The object is read once per request.
    """

    selector: ClassVar[Callable[[Access], QuerySet[Any]]]

    def get_queryset(self) -> QuerySet[Any]:
        return type(self).selector(self.request.access)

    def load_object(self) -> Any:
        return super().get_object()

    @cached_property
    def _visible_object(self) -> Model:
        return self.load_object()

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        return self._visible_object if queryset is None else super().get_object(queryset)


class PermissionMixin(SignedInMixin):
    """Asks the rule `permission_required` before the view does anything; here about the person alone.

    The rule is asked itself, not Django's permissions, so that a superuser may do what the rules say and no more."""

    permission_required: ClassVar[str] = ""
    permission_object: Any = None

    def get_permission_object(self) -> Any:
        """What the rule is asked about, besides the person."""
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.permission_required:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission_required.")
        if not request.user.is_authenticated:
            return sign_in_first(request)
        self.permission_object = self.get_permission_object()
        if not rules.has_perm(self.permission_required, request.access, self.permission_object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ObjectPermissionMixin(PermissionMixin):
    """For pages about one row. Anonymous: sign-in. Not visible: 404, from `get_object`. Visible but not allowed: 403.

    `self.object` is the row of the address: what the page shows, changes or adds something to.
    `self.permission_object` is what the rule is asked about: the row, or what it belongs to where
    `get_permission_object` says so. Both are set here and nowhere else."""

    object: Any

    def get_permission_object(self) -> Any:
        return self.object

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)


class SmallForm(FormView):
    """A page with one short form: subclasses say what stands on it, and `act` calls the service."""

    template_name = "common/form_page.html"
    heading: Any = ""
    intro: Any = ""
    button: Any = ""
    who_reads: Any = ""

    def act(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def back_url(self) -> str:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.act(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in ("heading", "intro", "button", "who_reads")}
        return super().get_context_data(**words, back_url=self.back_url(), **kwargs)


def next_page(request: HttpRequest, fallback: str = "") -> str:
    """Where `next` of the form or the address says, when that is a path of this site, else the fallback.

    A path begins with a slash: `redirect` takes any other word for the name of a view."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if own and target.startswith("/") else fallback


class PrivacyPage(TemplateView):
    """What is kept about whom, why and until when."""

    template_name = "common/privacy.html"


class AccessibilityPage(TemplateView):
    """How accessible the pages are, what is not, and whom to tell."""

    template_name = "common/accessibility.html"
