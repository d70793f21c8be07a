"""Pages of one conversation; elsewhere conversations stand in the margin as `conversations/_conversation.html`."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin, next_page

from . import services, tool_use
from .boundary import conversations_visible_to, opened_anew
from .enums import OpenedTo
from .forms import MessageForm
from .models import Conversation
from .selectors import with_messages

HEADING_LEVELS = ("2", "3", "4")


class ConversationMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A conversation that the person reads; 404 for any other."""

    model = Conversation
    permission_required = "conversations.view_conversation"
    selector = staticmethod(lambda access: with_messages(conversations_visible_to(access)))

    def load_object(self) -> Conversation:
        try:
            return super().load_object()
        except Http404:
            tool_use.refuse(self.request.access, self.kwargs["pk"])
            raise

    @property
    def heading_level(self) -> str:
        """That of the page on which the conversation stands."""
        asked = self.request.POST.get("heading_level", "")
        return asked if asked in HEADING_LEVELS else ""

    def done(self) -> HttpResponse:
        """Back to where the conversation stood; for HTMX the conversation as it is now."""
        if self.request.htmx:
            fresh = self.get_queryset().get(pk=self.object.pk)
            context = {"conversation": fresh, "next": next_page(self.request), "heading_level": self.heading_level}
            return render(self.request, "conversations/_conversation.html", context)
        return redirect(next_page(self.request, self.object.get_absolute_url()))


class PageMixin(ConversationMixin):
    """A page of its own: `next` leads to where the conversation stood, `here` back to this page with that way."""

    template_name = "conversations/conversation.html"

    def get_context_data(self, **kwargs):
        where, here = next_page(self.request), self.object.get_absolute_url()
        if where:
            here = f"{here}?{urlencode({'next': where})}"
        return super().get_context_data(conversation=self.object, next=where, here=here, **kwargs)


class ConversationPage(PageMixin, TemplateView):
    """One conversation with its messages."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_new=opened_anew(self.request.access, self.object), **kwargs)


class Seen(ConversationMixin, View):
    """POST: one of those to whom it was opened says that they have read it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        services.mark_seen(conversation=self.object, access=request.access)
        return redirect(next_page(request, self.object.get_absolute_url()))


class Reply(PageMixin, FormView):
    """A message in a conversation; a page of its own where the first try was refused."""

    form_class = MessageForm
    permission_required = "conversations.answer_conversation"

    def form_valid(self, form):
        try:
            services.reply(
                conversation=self.object,
                text=form.cleaned_data["text"],
                access=self.request.access,
                form_key=form.key,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.done()


class Settle(ConversationMixin, View):
    """POST only: resolved, or open again."""

    http_method_names = ["post"]
    permission_required = "conversations.resolve_conversation"
    act = ""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            getattr(services, self.act)(conversation=self.object, access=request.access)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return self.done()


class ConsentToOpen(ConversationMixin, View):
    """POST `to` (OpenedTo) and `agree` (yes or no): one city's word on letting others read."""

    http_method_names = ["post"]
    permission_required = "conversations.open_conversation"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        to, agree = request.POST.get("to", ""), request.POST.get("agree") == "yes"
        try:
            if to not in OpenedTo.values:
                raise Refusal(_("Please choose to whom this conversation should be opened."))
            services.consent(conversation=self.object, to=to, agree=agree, access=request.access)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return self.done()
