"""Pages of the team that asks its support group: asking, answers side by side, what was taken up."""

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.links.selectors import requests_by, to_copy
from programmes.partnerships.links import asks_group
from programmes.partnerships.models import SupportGroup
from programmes.partnerships.selectors import support_groups_visible_to
from programmes.partnerships.views.base import site_of

from ..enums import AskingKind
from ..models import ANSWER, Asking, GroupAnswer
from . import services
from .boundary import answers_taken_up_by, askings_changed_by, askings_visible_to
from .forms import AskGroupForm, TakeUpForm
from .selectors import side_by_side

READY = {
    AskingKind.VISIT: (
        gettext_lazy("Which places in our city should visitors see?"),
        gettext_lazy("Which practices work well here and should be shown?"),
        gettext_lazy("Whom should visitors meet?"),
    ),
    AskingKind.END_USERS: (
        gettext_lazy("What do those say for whom we do this? What has changed for them, and what has not?"),
    ),
}
"""Questions that are worded already, to be changed at will."""


class AskGroup(ObjectPermissionMixin, VisibleObjectMixin, FormView):
    """Up to five questions in one go; each member gets a link. What is asked about something inherits it."""

    model: Any = SupportGroup
    selector: Any = staticmethod(support_groups_visible_to)
    permission_required = "conversations.ask_group"
    template_name = "conversations/ask_group.html"
    form_class = AskGroupForm
    purpose = ANSWER
    has_kinds = True
    """Whether questions for other ends are worded already, and offered."""

    @property
    def group(self) -> SupportGroup:
        return self.object

    @property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in READY else AskingKind.QUESTIONS

    def ready(self) -> list[str]:
        return [str(text) for text in READY.get(AskingKind(self.kind), ())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"ready": self.ready()}

    def about(self) -> str:
        """What is asked about, in a few words."""
        return ""

    def cancel_url(self) -> str:
        return self.group.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = list(services.members_of(self.group))
        return super().get_context_data(
            group=self.group,
            members=members,
            kinds=[(kind, kind.label) for kind in READY if self.kind != kind] if self.has_kinds else [],
            about=self.about(),
            cancel_url=self.cancel_url(),
            **kwargs,
        )

    def form_valid(self, form: AskGroupForm) -> HttpResponse:
        try:
            asking = self.ask(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Asked. Whoever has an address gets a mail; pass on the other links by hand."))
        return redirect(asking)

    def ask(self, form: AskGroupForm) -> Asking:
        return services.ask(
            group=self.group,
            questions=form.questions,
            introduction=form.cleaned_data["introduction"],
            days=form.cleaned_data["days"],
            kind=self.kind,
            purpose=self.purpose,
            language=self.request.user.language,
            by=self.request.user,
            site=site_of(self.request),
            form_key=form.key,
        )


class AskingPage(ObjectPermissionMixin, VisibleObjectMixin, TemplateView):
    """Answers side by side, and what became of each link; for the team that asked."""

    model = Asking
    selector = staticmethod(askings_visible_to)
    permission_required = "conversations.view_asking"
    template_name = "conversations/asking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asking, access = self.object, self.request.access
        may_change = rules.has_perm("conversations.change_asking", access, asking)
        links, site = list(services.links_of(asking)), site_of(self.request)
        asked, sentence = side_by_side(asking, links), partial(asks_group, asking.group)
        return super().get_context_data(
            asking=asking,
            group=asking.group,
            questions=asked.questions,
            sent=[(seat, link, to_copy(link, site, sentence) if may_change else None) for seat, link in asked.sent],
            without_link=asked.without_link if may_change and asking.is_open else 0,
            link_requests=requests_by(services.links_of(asking)) if may_change else [],
            may_change=may_change,
            **kwargs,
        )


class _OnAsking(ObjectPermissionMixin, VisibleObjectMixin, View):
    """POST: one button, and back to the page."""

    http_method_names = ["post"]
    model: Any = Asking
    selector: Any = staticmethod(askings_changed_by)
    permission_required = "conversations.change_asking"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(self.page())

    def page(self) -> str:
        return self.object.get_absolute_url()

    def act(self) -> str:
        raise NotImplementedError


class CloseAsking(_OnAsking):
    def act(self) -> str:
        services.close(asking=self.object, by=self.request.user)
        return _("Closed: nobody answers any more.")


class SendLinks(_OnAsking):
    """For members who joined since."""

    def act(self) -> str:
        services.send_links(asking=self.object, by=self.request.user, site=site_of(self.request))
        return _("Everybody in the group has a link now.")


class TakeUp(_OnAsking):
    """POST `where`: the city took up an answer, and the group is told; with `back`: it did not."""

    model = GroupAnswer
    selector = staticmethod(answers_taken_up_by)
    permission_required = "conversations.take_up"

    def page(self) -> str:
        url = reverse("conversations:asking", args=[self.object.question.asking_id])
        return f"{url}#answer-{self.object.pk}"

    def act(self) -> str:
        if "back" in self.request.POST:
            services.put_back(answer=self.object, by=self.request.user)
            return _("No longer marked.")
        form = TakeUpForm(self.request.POST)
        if not form.is_valid():
            raise Refusal(" ".join(error for errors in form.errors.values() for error in errors))
        where = form.cleaned_data["where"]
        services.take_up(answer=self.object, where=where, by=self.request.user, site=site_of(self.request))
        return _("Marked. The group reads where it went, and gets a mail.")
