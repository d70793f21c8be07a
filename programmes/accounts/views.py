"""One's own account: profile, language, what was kept for me; and the outbox."""

from typing import Any

import rules
from allauth.account.models import EmailConfirmationHMAC
from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView, ListView

from programmes.common.seen import SeenView, is_carried

from . import kept, replies, selectors, services
from .forms import ConfirmAddressForm, LanguageForm, ProfileForm
from .models import User

PICTURE_POLICY = {"default-src": [NONE], "style-src": ["'unsafe-inline'"], "sandbox": ["allow-top-navigation"]}
YEAR = 365 * 24 * 60 * 60


class ProfileView(SeenView, LoginRequiredMixin, FormView):
    model = User
    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_form_kwargs(self):
        # A copy, so that a refused name does not show up in the page's header.
        return {**super().get_form_kwargs(), "instance": User.objects.get(pk=self.request.user.pk or 0)}

    def rows_changed(self) -> QuerySet[User]:
        return User.objects.filter(pk=self.request.user.pk)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        services.change_profile(user=form.instance, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(self.request, _("Your profile is saved."))
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class ConfirmAddressView(LoginRequiredMixin, FormView):
    """The link that was sent to a new address: it changes the address of whoever is signed in and types the password,
    if it was this person who asked for it."""

    template_name = "account/email_confirm.html"
    form_class = ConfirmAddressForm
    success_url = reverse_lazy("accounts:profile")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.confirmation = self._confirmation(kwargs["key"]) if request.user.is_authenticated else None
        if request.user.is_authenticated and self.confirmation is None:
            return self.render_to_response({"form": None}, status=404)
        return super().dispatch(request, *args, **kwargs)

    def _confirmation(self, key: str) -> EmailConfirmationHMAC | None:
        """None for a link that is not ours, too old, somebody else's, or whose address another account has proved."""
        found = EmailConfirmationHMAC.from_key(key)
        if found is None or found.email_address.user_id != self.request.user.pk:
            return None
        return found if found.email_address.can_set_verified() else None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(new_address=self.confirmation.email_address.email, **kwargs)

    def form_valid(self, form: ConfirmAddressForm) -> HttpResponse:
        self.confirmation.confirm(self.request)
        services.record(by=self.request.user, verb="changed address", target=self.request.user)
        return super().form_valid(form)


class LanguageView(View):
    """Switch the language, signed in or not, and come back to the page one was on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(_safe_next(request))
        form = LanguageForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("These pages are not available in that language."))
            return response
        code = form.cleaned_data["language"]
        if request.user.is_authenticated:
            services.change_language(user=request.user, language=code)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
        return response


@method_decorator(never_cache, name="dispatch")
class CsrfView(View):
    """For pages that save as you type: a fresh token, whether one is still signed in, and as whom.

    `person` is a pseudonym of the account, under which the browser keeps unsaved copies of its texts, so that
    the next person at the same computer is not offered them; empty when nobody is signed in.
    """

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        signed_in = request.user.is_authenticated
        person = salted_hmac("accounts.person", str(request.user.pk)).hexdigest()[:16] if signed_in else ""
        return JsonResponse({"token": get_token(request), "signed_in": signed_in, "person": person})


@method_decorator(never_cache, name="dispatch")
class KeptListView(LoginRequiredMixin, ListView):
    template_name = "accounts/kept_list.html"
    context_object_name = "kept_posts"
    paginate_by = 20

    def get_queryset(self):
        return selectors.kept_posts_of(self.request.user)


@method_decorator(never_cache, name="dispatch")
class KeptView(LoginRequiredMixin, DetailView):
    """What was typed, with a button that sends it again to where it was going; POST throws it away."""

    template_name = "accounts/kept_detail.html"
    context_object_name = "kept_post"

    def get_queryset(self):
        return selectors.kept_posts_of(self.request.user)

    def get_context_data(self, **kwargs):
        fields = kept.fields_of(self.object)
        return super().get_context_data(fields=fields, texts=_readable(fields), field_name=kept.FIELD, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.get_object().delete()
        messages.success(request, _("The kept form is deleted."))
        return redirect("accounts:kept_list")


class OutboxMixin(LoginRequiredMixin, View):
    """Seen by whoever the rules say; refused to others, wherever mails go."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not rules.has_perm("accounts.view_outbox", request.access):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return selectors.outbox_messages_visible_to(self.request.access)


class OutboxView(OutboxMixin, ListView):
    template_name = "accounts/outbox_list.html"
    context_object_name = "mails"
    paginate_by = 25

    def get_context_data(self, **kwargs):
        return super().get_context_data(demo=settings.DEMO, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.record(by=request.user, verb="read outbox", target=request.user)
        return super().get(request, *args, **kwargs)


class OutboxMessageView(OutboxMixin, DetailView):
    template_name = "accounts/outbox_message.html"
    context_object_name = "mail"

    def get_object(self, queryset=None):
        mail = super().get_object(queryset)
        services.record(by=self.request.user, verb="read mail", target=mail)
        return mail


@method_decorator(csp_replace(PICTURE_POLICY), name="dispatch")
class OutboxPicture(OutboxMessageView):
    """The mail as a mailbox shows it, in a page that may do nothing: no script, no form, nothing from elsewhere."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mail = self.get_object()
        if not mail.html:
            raise Http404
        return HttpResponse(mail.html)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the form was rendered for an earlier sign-in, or for nobody."""
    return replies.form_too_old(request)


def _safe_next(request: HttpRequest) -> str:
    """Only a path of our own, and never one that takes POSTs only."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed and target != reverse("accounts:language") else "/"


def _readable(fields: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """What a person typed, told from the numbers and codes that forms carry along: (field, text)."""
    typed = [(name.replace("_", " ").replace("-", " "), values) for name, values in fields if not is_carried(name)]
    pairs = [(name, text) for name, values in typed for text in values]
    return [(name, text) for name, text in pairs if text.strip() and not text.strip().isdecimal() and name[:1] != " "]
