"""Pages of one thread; elsewhere threads stand in the margin as `partnerships/_thread.html`."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin, next_page

from ..boundary import threads_visible_to
from ..conversation import with_messages
from ..enums import OpenedTo
from ..models import Thread
from ..services import threads as services


class MessageForm(forms.Form):
    """What is said; light markup."""

    text = forms.CharField(
        label=_("Your words"), max_length=10000, widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""})
    )


class ThreadView(ObjectPermissionMixin, VisibleObjectMixin, FormView):
    """One thread with its messages and a box to answer."""

    model = Thread
    permission_required = "partnerships.view_thread"
    selector = staticmethod(lambda access: with_messages(threads_visible_to(access)))
    form_class = MessageForm
    template_name = "partnerships/thread.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(thread=self.object, next=next_page(self.request), **kwargs)

    def form_valid(self, form):
        try:
            services.reply(thread=self.object, text=form.cleaned_data["text"], by=self.request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return _done(self.request, self.object)


class ThreadAct(ObjectPermissionMixin, VisibleObjectMixin, FormView):
    """POST only: one small act on a thread."""

    http_method_names = ["post"]
    model = Thread
    permission_required = "partnerships.view_thread"
    selector = staticmethod(threads_visible_to)
    act = ""

    def post(self, request, *args, **kwargs):
        try:
            getattr(services, self.act)(thread=self.object, by=request.user, **self.arguments())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return _done(request, self.object)

    def arguments(self) -> dict:
        return {}


class ThreadConsent(ThreadAct):
    act = "consent"

    def post(self, request, *args, **kwargs):
        if request.POST.get("to") not in OpenedTo.values:
            messages.error(request, _("Please choose to whom this conversation should be opened."))
            return _done(request, self.object)
        return super().post(request, *args, **kwargs)

    def arguments(self) -> dict:
        return {"to": self.request.POST["to"], "agree": self.request.POST.get("agree") == "yes"}


def _done(request, thread):
    if request.htmx:
        fresh = with_messages(threads_visible_to(request.access)).get(pk=thread.pk)
        return render(request, "partnerships/_thread.html", {"thread": fresh, "next": next_page(request)})
    return redirect(next_page(request, reverse("partnerships:thread", args=[thread.pk])))
