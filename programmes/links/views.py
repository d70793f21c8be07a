"""Pages behind personal links. Looking changes nothing: scanners of mails open every link they find. One button begins
a session for that link alone, on an address without the secret; an account that is signed in on the same machine takes
no part in any of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_too_often
from programmes.common.seen import SeenView, is_carried
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin, sign_in_first

from . import services, session, tokens
from .forms import OwnLinkForm
from .models import PersonalLink
from .registry import LinkWords, Over, Purpose, purpose_of
from .selectors import links_visible_to

MOST_SENT_AN_HOUR = 120
"""Forms sent by one link: more is no person."""


class ClosedDoor(Refusal):
    """The link opens nothing now; the sentence says why."""


class NotHeld(Refusal):
    message = gettext_lazy(
        "This page opens from your link: please open it again from your message. On another phone or computer, or "
        "after two weeks, that is needed once."
    )


class SignInFirst(Refusal):
    """The purpose calls for an account, and the person has one."""


@method_decorator(never_cache, name="dispatch")
class _LinkView(View):
    """What all pages of a link share: its language, no account, no referrer, no search engine."""

    link: PersonalLink
    held = False
    """Whether whoever asks may act: the link was opened on this browser, or it is meant for their account."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.account: User | AnonymousUser = request.user
        request.user, request.access = AnonymousUser(), Access()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.find()
        except SignInFirst:
            return sign_in_first(request)
        except tokens.OlderLink as refusal:
            return self.closed(refusal, status=410)
        except Refusal as refusal:
            return self.closed(refusal, status=404)
        self._speak()
        response = super().dispatch(request, *args, **kwargs)
        # Stricter ("no-referrer") makes browsers send forms with `Origin: null`, which the check against forged
        # requests refuses; no other site learns the address either way.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def find(self) -> None:
        """Sets `link` and `held`."""
        raise NotImplementedError

    def _speak(self) -> None:
        asked = self.request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else self.link.language
        translation.activate(language)
        self.request.LANGUAGE_CODE = language
        timezone.deactivate()

    @cached_property
    def purpose(self) -> Purpose:
        return purpose_of(self.link)

    @cached_property
    def words(self) -> LinkWords:
        return self.purpose.words(self.link)

    def here(self, name: str, *args: Any) -> str:
        """An address of the same link, in the language that was asked for."""
        asked = self.request.GET.get("language", "")
        query = QueryDict(mutable=True)
        if asked in dict(settings.LANGUAGES):
            query["language"] = asked
        return reverse(name, args=args) + (f"?{query.urlencode()}" if query else "")

    def refuse_closed(self) -> None:
        """Raises ClosedDoor, or what the purpose says."""
        link = self.link
        if link.handed_back_at:
            raise ClosedDoor(_("You handed this link back. What you wrote stays with those it was written for."))
        if link.revoked_at:
            raise ClosedDoor(_("This link was withdrawn. If you think this is a mistake, ask whoever sent it."))
        if link.is_expired:
            words = {"day": date_format(timezone.localdate(link.expires_at))}
            raise ClosedDoor(_("This link was open until %(day)s. Ask whoever sent it for a new one.") % words)
        self.purpose.holds(self.request.access, link)

    def closed(self, refusal: Refusal, *, status: int = 410) -> HttpResponse:
        """Nothing that was typed is lost: it stands on the page to be copied."""
        typed = [
            text
            for name, values in self.request.POST.lists()
            for text in values
            if text.strip() and not is_carried(name) and not text.isdecimal()
        ]
        context = {"sentence": str(refusal), "typed": typed, **self.shell()}
        response = render(self.request, "links/closed.html", context, status=status)
        response["Referrer-Policy"] = "same-origin"
        return response

    def shell(self) -> dict[str, Any]:
        """What the frame of the page shows: other languages, and this one."""
        others = [(code, f"{self.request.path}?language={code}") for code, _name in settings.LANGUAGES]
        return {"other_languages": [item for item in others if item[0] != translation.get_language()]}

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        words = self.words
        context = {"link": self.link, "words": words, "until": words.until(self.link), **self.shell()} | context
        return render(self.request, template, context, status=status)


class _ByToken(_LinkView):
    """The address of the mail, which holds the secret."""

    def find(self) -> None:
        self.link = tokens.link_of(self.kwargs["token"])


class Door(_ByToken):
    """GET says for which seat the link is, who asks, who will read and until when; POST opens it on this browser."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.refuse_closed()
            return self.page("links/door.html", own_url=self.here("links:own", kwargs["token"]))
        except Refusal as refusal:
            return self.closed(refusal)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            self.refuse_closed()
            refuse_too_often("links.open", self.link.pk, MOST_SENT_AN_HOUR)
        except Refusal as refusal:
            return self.closed(refusal)
        work = self.here("links:work", self.link.pk)
        session.begin(request, self.link)
        return redirect(work)


class OwnLink(_ByToken):
    """Somebody to whom the link was passed on asks for one of their own."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(OwnLinkForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = OwnLinkForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            self.refuse_closed()
            told = {"team": self.purpose.team_of(self.link), "path": self.purpose.back_url(self.link)}
            services.ask_for_own_link(link=self.link, told=told, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        return self.page("links/done.html", sentence=_("Thank you. Whoever sent the link reads this and decides."))

    def show(self, form: OwnLinkForm) -> HttpResponse:
        try:
            return self.page("links/own.html", form=form)
        except Refusal as refusal:
            return self.closed(refusal)


@method_decorator(csrf_exempt, name="dispatch")
class StopMails(_ByToken):
    """No mails with links any more. Mail programmes send this by themselves when "unsubscribe" is pressed (RFC 8058),
    so that no page of ours stands before it; the secret in the address says who it is."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.page("links/stop.html")
        except Refusal as refusal:
            return self.closed(refusal)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.stop_mails(person=self.link.person)
        sentence = _("You get no mails with links any more. Whoever needs your word may still give you a link by hand.")
        try:
            return self.page("links/done.html", sentence=sentence)
        except Refusal as refusal:
            return self.closed(refusal)


class _Held(_LinkView):
    """An address without the secret, for the browser that opened the link or the account that it is meant for."""

    def find(self) -> None:
        named = ("person__without_mail", "person__erasure_request")
        row = PersonalLink.objects.select_related(*named).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise NotHeld
        self.link = row
        own = self.account.is_authenticated and row.person.user_id == self.account.pk
        if not own and not session.holds(self.request, row):
            raise NotHeld
        if not own and purpose_of(row).needs_account and row.person.user_id is not None:
            raise SignInFirst
        self.by_link = not own
        self.request.access = Access(person=row.person)


class Work(SeenView, _Held):
    """What the link is for: read, write, change what one wrote. The row is locked first: two who opened the same link
    at once do not overwrite each other."""

    model = PersonalLink

    def is_sent(self, request: HttpRequest) -> bool:
        return request.method == "POST"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.refuse_closed()
            return self.show(self.purpose.form(request.access, self.link))
        except Refusal as refusal:
            return self.closed(refusal)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        access = request.access
        try:
            self.refuse_closed()
            self.purpose.refuse_over(self.link)
            refuse_too_often("links.send", self.link.pk, MOST_SENT_AN_HOUR)
        except Refusal as refusal:
            return self.closed(refusal)
        form = self.purpose.form(access, self.link, request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            told = self.purpose.save(access, self.link, form, by_link=self.by_link)
        except Over as refusal:
            return self.closed(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        services.note_answer(self.link)
        messages.success(request, told)
        return redirect(self.here("links:work", self.link.pk))

    def show(self, form: Any) -> HttpResponse:
        content = self.purpose.page(self.request.access, self.link)
        person = self.link.person
        return self.page(
            content.template,
            form=form,
            content=content,
            by_link=self.by_link,
            has_account=person.user_id is not None,
            without_mail=hasattr(person, "without_mail"),
            erasure=getattr(person, "erasure_request", None),
            **content.context,
        )


class _Act(_Held):
    """POST: one button, and back to the page of the link."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.refuse_closed()
            told = self.act()
        except Refusal as refusal:
            return self.closed(refusal)
        messages.success(request, told)
        return redirect(self.here("links:work", self.link.pk))

    def act(self) -> str:
        """Answers what the person is told."""
        raise NotImplementedError


class Decline(_Act):
    def act(self) -> str:
        self.purpose.decline(self.request.access, self.link)
        services.note_no(self.link)
        return _("Whoever asked sees that you said no.")


class HandBack(_Act):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.hand_back(link=self.link)
        session.end(request, self.link)
        sentence = _("You handed this link back. What you wrote stays with those it was written for.")
        return render(request, "links/closed.html", {"sentence": sentence, "done": True, **self.shell()})


class Mails(_Act):
    def act(self) -> str:
        if self.request.POST.get("mails") == "yes":
            services.take_mails_again(person=self.link.person)
            return _("You get mails with links again.")
        services.stop_mails(person=self.link.person)
        return _("You get no mails with links any more. Whoever needs your word may still give you a link by hand.")


class Erase(_Act):
    def act(self) -> str:
        if self.request.POST.get("erase") == "no":
            services.withdraw_erasure(person=self.link.person)
            return _("Your data stays.")
        services.ask_for_erasure(person=self.link.person)
        return _("Your name and address are erased in seven days. Until then you can take that back on this page.")


class _Managed(ObjectPermissionMixin, VisibleObjectMixin, View):
    """POST by whoever looks after a link that was sent; nobody else learns that there is one."""

    http_method_names = ["post"]
    permission_required = "links.manage_link"
    model = PersonalLink
    selector = staticmethod(links_visible_to)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(purpose_of(self.object).back_url(self.object))

    def act(self) -> str:
        raise NotImplementedError


class Again(_Managed):
    """A new link for as long again; the older ones die."""

    def act(self) -> str:
        link = self.object
        lasts = max(link.expires_at - link.updated_at, services.SHORTEST)
        row = services.renew(link=link, by=self.request.user, expires_at=services.in_time(lasts))
        purpose_of(row).renewed(row)
        if services.send(link=row, site=self.request.build_absolute_uri("/")):
            return _("A new link is on its way; the older one no longer works.")
        return _("There is a new link, to be passed on by you; the older one no longer works.")


class Withdraw(_Managed):
    def act(self) -> str:
        services.revoke(links=PersonalLink.objects.filter(pk=self.object.pk), by=self.request.user)
        return _("The link is withdrawn: whoever opens it is told so.")
