"""Asking the local support group beside the answers of a form, or what it thinks of a version."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from programmes.conversations.enums import AskingKind
from programmes.conversations.groups.forms import MOST_QUESTIONS, AskGroupForm
from programmes.conversations.groups.views import AskGroup
from programmes.conversations.models import Asking
from programmes.partnerships.boundary import awake
from programmes.partnerships.models import SupportGroup

from .. import structure
from ..links import COMMENT
from ..models import Part, QuestionBeside, Response, SharedVersion, VersionAsking
from ..wording import numbered, worded
from .base import ResponseMixin
from .sharing import VersionMixin


class BesideForm(AskGroupForm):
    """Questions that stand beside boxes of a form: the first of them beside the first box, and so on."""

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["part"] = forms.MultipleChoiceField(
            choices=[(key, key) for key in parts], initial=parts, widget=forms.MultipleHiddenInput
        )

    @property
    def beside(self) -> list[tuple[int, str]]:
        """Order of a question that was not left empty, and the key of its box."""
        written = [name for name in self._names if self.cleaned_data[name].strip()]
        keys = {f"question_{number}": key for number, key in enumerate(self.cleaned_data["part"], start=1)}
        return [(order, keys[name]) for order, name in enumerate(written, start=1) if name in keys]


class AskBeside(ResponseMixin, AskGroup):
    """`part` (several): the boxes beside which the answers will stand. By the team whose form it is."""

    model: Any = Response
    permission_required = "assessments.ask_group"
    form_class = BesideForm
    has_kinds = False

    @cached_property
    def group(self) -> SupportGroup:
        """Of the team whose form it is; 404 where it keeps none that is awake."""
        rows = SupportGroup.objects.filter(awake(), team=self.object.team_id).select_related("city")
        found = rows.order_by("pk").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """404 where none is named, or one that the form does not ask."""
        asked = structure.parts_of(self.object.questionnaire_version)
        given = self.request.POST.getlist("part") or self.request.GET.getlist("part")
        found = [asked.get(key) for key in dict.fromkeys(given)]
        if not found or None in found or len(found) > MOST_QUESTIONS:
            raise Http404
        return found  # type: ignore[return-value]

    def ready(self) -> list[str]:
        variables = self.object.enrolment.programme.variables
        return [worded(part.question.title, variables) or worded(part.label, variables) for part in self.parts]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"parts": [part.key for part in self.parts]}

    def about(self) -> str:
        variables = self.object.enrolment.programme.variables
        names = [numbered(part.question.number, worded(part.question.title, variables)) for part in self.parts]
        return _("Beside: %(questions)s") % {"questions": "; ".join(dict.fromkeys(names))}

    def cancel_url(self) -> str:
        return f"{self.object.get_absolute_url()}?section={self.parts[0].question.section.key}"

    @transaction.atomic
    def ask(self, form: BesideForm) -> Asking:
        asking = super().ask(form)
        questions = {row.order: row for row in asking.questions.all()}
        for order, key in form.beside:
            QuestionBeside.objects.get_or_create(
                question=questions[order], defaults={"response": self.object, "part_key": key}
            )
        return asking


class AskMembers(VersionMixin, AskGroup):
    """Each member, by a link that shows what of the version was shared with the group."""

    model: Any = SharedVersion
    selector: Any = VersionMixin.selector
    permission_required = "assessments.recall"
    form_class = AskGroupForm
    purpose = COMMENT
    has_kinds = False
    kind = AskingKind.COMMENT

    @cached_property
    def group(self) -> SupportGroup:
        """The one that reads it; 404 where none does."""
        grants = self.object.grants.filter(recalled_at=None, support_group__isnull=False)
        team = self.object.shared_by_id
        rows = SupportGroup.objects.filter(awake(), pk__in=grants.values("support_group"), team=team)
        found = rows.select_related("city").order_by("pk").first()
        if found is None:
            raise Http404
        return found

    def ready(self) -> list[str]:
        return [_("Is this how you know it? What is missing, and what would you say otherwise?")]

    def about(self) -> str:
        words = {"title": str(self.object.response.questionnaire), "number": self.object.number}
        return _("%(title)s, version %(number)s") % words

    def cancel_url(self) -> str:
        return reverse("assessments:version", args=[self.object.pk])

    @transaction.atomic
    def ask(self, form: AskGroupForm) -> Asking:
        asking = super().ask(form)
        VersionAsking.objects.get_or_create(asking=asking, defaults={"version": self.object})
        return asking
