"""Asking the partner city about an answer or a need."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, RedirectView

from programmes.common.errors import Refusal
from programmes.common.views import VisibleObjectMixin
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.models import Conversation

from .. import boundary, structure
from ..boxes import slug
from ..conversations import partners_beside
from ..enums import NEEDS_SECTION
from ..forms import AskForm
from ..models import AnswerConversation, Need, Part
from ..services.conversations import ask_about
from ..wording import numbered, worded
from .base import ResponseMixin


class ConversationPlace(VisibleObjectMixin, RedirectView):
    """To where a conversation stands beside the form, for whoever still reads that; else to its own page."""

    model = Conversation
    http_method_names = ["get", "head"]

    @staticmethod
    def selector(access):
        rows = conversations_visible_to(access).filter(about_answer__isnull=False)
        return rows.select_related("about_answer__response__questionnaire_version", "about_answer__response__team")

    def get_redirect_url(self, *args, **kwargs):
        conversation, access = self.get_object(), self.request.access
        about = conversation.about_answer
        if not boundary.responses_visible_to(access).filter(pk=about.response_id).exists():
            return conversation.get_absolute_url()
        return f"{self.page_of(about)}#conversation-{conversation.pk}"

    def page_of(self, about: AnswerConversation) -> str:
        if boundary.writing_of(self.request.access, about.response) is None:
            return reverse("assessments:read", args=[about.response_id])
        if about.need_id:
            return reverse("assessments:needs", args=[about.response_id])
        part = structure.parts_of(about.response.questionnaire_version).get(about.part_key)
        section = f"?section={part.question.section.key}" if part else ""
        return about.response.get_absolute_url() + section


class Ask(ResponseMixin, FormView):
    """A new conversation; `about` is `part:<key>` or `need:<id>`. Asked by the team of either city of a partnership."""

    form_class = AskForm
    template_name = "assessments/ask.html"

    @cached_property
    def about(self) -> Part | Need:
        """What is asked about; 404 for what does not stand in this form or may not be read."""
        given = self.request.POST.get("about") or self.request.GET.get("about") or ""
        kind, _colon, key = given.partition(":")
        if kind == "need" and key.isdecimal() and len(key) < 19:
            found = boundary.needs_visible_to(self.request.access).filter(response=self.object, pk=int(key)).first()
        else:
            found = structure.parts_of(self.object.questionnaire_version).get(key) if kind == "part" else None
        if found is None:
            raise Http404
        return found

    @property
    def section_key(self) -> str:
        return NEEDS_SECTION if isinstance(self.about, Need) else self.about.question.section.key

    def get_form_kwargs(self):
        partners = partners_beside(self.object, self.request.access, self.section_key)
        if not partners:
            raise PermissionDenied
        return super().get_form_kwargs() | {"partners": partners}

    def get_initial(self):
        return {"about": self.request.GET.get("about", "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(response=self.object, subject=self.subject(), **kwargs)

    def subject(self) -> str:
        if isinstance(self.about, Need):
            return _("Need %(number)s") % {"number": self.about.number}
        question, variables = self.about.question, self.object.enrolment.programme.variables
        return numbered(question.number, worded(question.title, variables))

    def form_valid(self, form):
        subject = {"need": self.about} if isinstance(self.about, Need) else {"part_key": self.about.key}
        try:
            ask_about(
                response=self.object,
                sides=form.chosen_sides(),
                text=form.cleaned_data["text"],
                access=self.request.access,
                form_key=form.key,
                **subject,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your message was sent to the partner city."))
        return super().form_valid(form)

    def get_success_url(self):
        if boundary.writing_of(self.request.access, self.object):
            if isinstance(self.about, Need):
                return reverse("assessments:needs", args=[self.object.pk])
            return f"{self.object.get_absolute_url()}?section={self.section_key}#{slug(self.about.key)}"
        anchor = "needs" if isinstance(self.about, Need) else slug(self.about.key)
        return f"{reverse('assessments:read', args=[self.object.pk])}#{anchor}"
