"""Which mails one gets."""

from typing import Any

import rules
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from programmes.accounts.models import Person
from programmes.common.seen import SeenView
from programmes.common.views import SignedInMixin
from programmes.notices import choosing
from programmes.partnerships.models import QuietPartnership
from programmes.partnerships.selectors.recipients import partnerships_to_hear_of
from programmes.partnerships.services.quiet import keep_quiet

from .. import digests
from ..forms import MailsForm


class DemoDigests(SignedInMixin, View):
    """In the demo: the summary of now to each of its accounts, into the outbox."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not (settings.DEMO and rules.has_perm("accounts.view_outbox", request.access)):
            raise PermissionDenied
        digests.post_to_demo()
        messages.success(request, _("The summaries are being written: open this page again in a moment."))
        return redirect("accounts:outbox")


class Mails(SeenView, SignedInMixin, FormView):
    """One's own choice; who is known by no place yet gets no mails, and is told so."""

    model = Person
    template_name = "overview/mails.html"
    form_class = MailsForm
    success_url = reverse_lazy("overview:mails")
    person: Person | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = getattr(request.user, "person", None)

    def rows_changed(self) -> QuerySet[Person]:
        return Person.objects.filter(user=self.request.user.pk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.person is None:
            return self.render_to_response({"form": None})
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.person is None:
            return self.render_to_response({"form": None})
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "partnerships": partnerships_to_hear_of(self.person)}

    def get_initial(self):
        chosen = choosing.settings_of(self.person)
        quiet = QuietPartnership.objects.filter(person=self.person).values_list("partnership", flat=True)
        return {
            "rhythm": chosen.rhythm,
            "weekday": chosen.weekday,
            "hour": chosen.hour,
            "at_once": chosen.at_once,
            "quiet": list(quiet),
        }

    def form_valid(self, form: MailsForm) -> HttpResponse:
        chosen = dict(form.cleaned_data)
        quiet = chosen.pop("quiet", ())
        choosing.choose(person=self.person, by=self.request.user, **chosen)
        keep_quiet(person=self.person, partnerships=quiet)
        messages.success(self.request, _("Your choice is saved."))
        return super().form_valid(form)
