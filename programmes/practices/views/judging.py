"""Could it work here? A city judges a practice of another, for itself until it shares that (GP3)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView, View

from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.autosave import AutosaveView, HistoryView, PresenceView, SavedBox, language_offer
from programmes.common.errors import ExplainedAbsence, Refusal
from programmes.common.revisions import Saved
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, SmallForm, VisibleObjectMixin
from programmes.partnerships.boundary import places_of
from programmes.sharing.boundary import ever_granted_to

from .. import boundary, judging, pages, selectors
from ..forms import DecideForm, ShareJudgementForm
from ..models import Judgement, JudgementGrant, JudgementText, JudgementVersion, PracticeVersion
from ..points import Point, question_named, questions
from ..readers import possible_readers


class JudgementMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A judgement that the person reads; 404 for any other. To who reads only what was shared, the rules say no."""

    model = Judgement
    permission_required = "practices.change_judgement"
    request: Any

    def load_object(self) -> Judgement:
        return get_object_or_404(selectors.judgements_to_show(self.request.access), pk=self.kwargs["pk"])


class Judge(ObjectPermissionMixin, VisibleObjectMixin, View):
    """POST: begin to judge a practice that one reads in the library; of several teams `team` says for which."""

    http_method_names = ["post"]
    permission_required = "practices.judge"
    request: Any

    def load_object(self) -> PracticeVersion:
        version = selectors.version_to_show(self.request.access, self.kwargs["pk"])
        if version is None:
            raise Http404
        return version

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        teams = {str(team.pk): team for team in selectors.teams_that_judge(request.access)}
        team = teams.get(request.POST.get("team", ""), next(iter(teams.values())))
        try:
            judgement = judging.judge(version=self.object, team=team, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("practices:entry", kwargs["pk"])
        return redirect(judgement)


class JudgementPage(JudgementMixin, DetailView):
    """The five questions to write in, who reads them, what comes next."""

    permission_required = "practices.read_judgement"
    template_name = "practices/judgement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        judgement, access = self.object, self.request.access
        return super().get_context_data(
            judgement=judgement,
            boxes=pages.question_boxes(judgement),
            may_write=boundary.writes_judgement(access, judgement),
            is_own=judgement.team_id in places_of(access).own,
            still_offered=selectors.version_to_show(access, judgement.practice_id) is not None,
            grants=selectors.grants_of(judgement),
            decision_form=DecideForm(instance=judgement),
            **kwargs,
        )


class Decide(SeenView, JudgementMixin, SmallForm):
    """Transfer, part of it, not here."""

    form_class = DecideForm
    heading = gettext_lazy("What do we decide?")
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Judgement.objects.get(pk=self.object.pk)}

    def act(self, form: DecideForm) -> HttpResponse:
        judging.decide(judgement=self.object, decision=form.cleaned_data["decision"], by=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect(f"{self.object.get_absolute_url()}#decision")

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class JudgementPresence(JudgementMixin, PresenceView):
    """Who else writes here, and what was saved meanwhile."""

    kind = "judgement"

    def get_place(self):
        return self.object.pk, selectors.writers_of_judgement(self.object)

    def get_revisions(self) -> dict[str, int]:
        return selectors.revisions_of(self.object)

    def get_boxes(self, names: set[str]):
        asked = {question.key: question for question in questions() if question.key in names}
        rows = JudgementText.objects.filter(judgement=self.object, question_key__in=asked).select_related("updated_by")
        for row in rows:
            question = asked[row.question_key]
            yield SavedBox(question.key, row, question.kind, question.box)


class AnswerMixin(JudgementMixin):
    """One of the five questions."""

    question: Point

    def load_object(self) -> Judgement:
        found = question_named(self.kwargs["question"])
        if found is None:
            raise Http404
        self.question = found
        return super().load_object()

    def box_url(self) -> str:
        return f"{self.object.get_absolute_url()}#{self.question.slug}-value"

    @property
    def on_behalf(self) -> bool:
        return self.object.team_id not in places_of(self.request.access).teams


class AnswerSave(AnswerMixin, AutosaveView):
    """Saves what stands in one box."""

    def get_row(self) -> JudgementText:
        """Only named here; it is made when there is something to save."""
        return JudgementText(judgement=self.object, question_key=self.question.key)

    def get_success_url(self) -> str:
        return self.box_url()

    def get_value_form(self, data: Any) -> forms.Form:
        self.value_form = self.question.kind.form(self.question.box, data=data, label=self.question.title)
        return self.value_form

    def stored(self, row: Any) -> JudgementText | None:
        return JudgementText.objects.filter(judgement=row.judgement, question_key=row.question_key).first()

    def save_value(self, row: Any, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        self.row = revisions.get_row(JudgementText, judgement=self.object, question_key=self.question.key)
        self.row.judgement = self.object
        saved = judging.save_answer(
            text=self.row,
            base=base,
            base_value=base_value,
            value=value,
            by=access.user,
            on_behalf=self.on_behalf,
            language=self.value_form.cleaned_data.get("language", ""),
        )
        return replace(saved, value=self.show_value(saved.value))

    def offered_language(self, saved: Saved) -> dict[str, str] | None:
        if not self.question.kind.has_words(self.row.value):
            return None
        return language_offer(saved.value, self.row.language, self.object.team.enrolment.programme.languages)


class AnswerHistory(AnswerMixin, HistoryView):
    """Earlier texts of one answer; restoring makes a new revision."""

    def get_row(self) -> JudgementText:
        row = JudgementText.objects.filter(judgement=self.object, question_key=self.question.key).first()
        if row is None:
            raise Http404
        row.judgement = self.object
        return row

    def get_back_url(self) -> str:
        return self.box_url()

    def get_title(self) -> str:
        return self.question.title

    def restore_value(self, row: Any, *, revision: int, access: Access) -> Saved:
        return revisions.restore(row, revision=revision, by=access.user, on_behalf=self.on_behalf)


class Share(JudgementMixin, SmallForm):
    """Let partners read it as it stands now."""

    permission_required = "practices.share_judgement"
    form_class = ShareJudgementForm
    heading = gettext_lazy("Who may read what you judged")
    intro = gettext_lazy("They read it as it stands now, with your decision. You can recall it at any time.")
    button = gettext_lazy("Share")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"readers": possible_readers(self.object)}

    def act(self, form: ShareJudgementForm) -> HttpResponse:
        chosen = form.cleaned_data["readers"]
        judging.share(
            judgement=self.object,
            teams=[reader.team for reader in chosen if reader.team],
            groups=[reader.group for reader in chosen if reader.group],
            by=self.request.user,
            form_key=form.key,
        )
        messages.success(self.request, _("Shared. You can recall it at any time."))
        return redirect(f"{self.object.get_absolute_url()}#readers")

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PutBeside(JudgementMixin, View):
    """POST: whoever reads the practice reads what was decided."""

    http_method_names = ["post"]
    permission_required = "practices.share_judgement"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        try:
            judging.put_beside(judgement=self.object, by=request.user)
            messages.success(request, _("It stands beside the practice now, for everybody who reads that."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.object.get_absolute_url()}#readers")


class TakeBack(JudgementMixin, View):
    """POST: it stands beside the practice no more."""

    http_method_names = ["post"]
    permission_required = "practices.recall_judgement"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        judging.take_back(judgement=self.object, by=request.user)
        messages.success(request, _("It stands beside the practice no more. What you wrote stays with you."))
        return redirect(f"{self.object.get_absolute_url()}#readers")


class VersionPage(ObjectPermissionMixin, VisibleObjectMixin, TemplateView):
    """A judgement as it was shared; who was recalled is told so."""

    template_name = "practices/judgement_version.html"
    permission_required = "practices.view_judgement_version"
    request: Any

    def load_object(self) -> JudgementVersion:
        access, pk = self.request.access, self.kwargs["pk"]
        version = boundary.judgement_versions_visible_to(access).filter(pk=pk).first()
        if version is None:
            if (
                ever_granted_to(access, JudgementGrant)
                .filter(version__in=JudgementVersion.objects.filter(pk=pk))
                .exists()
            ):
                raise ExplainedAbsence("practices/recalled.html", {})
            raise Http404
        return version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(version=self.object, **pages.judged(self.object.content), **kwargs)


class Recall(JudgementMixin, View):
    """POST: one reader reads none of its versions any more; nothing of it is lost."""

    http_method_names = ["post"]
    permission_required = "practices.recall_judgement"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        grant = get_object_or_404(JudgementGrant, version__judgement=self.object, pk=kwargs["grant"])
        if grant.recalled_at is not None:
            messages.error(request, _("This is recalled already."))
        else:
            judging.recall(judgement=self.object, grant=grant, by=request.user)
            messages.success(request, _("Recalled: they read it no longer. What you wrote stays with you."))
        return redirect(f"{self.object.get_absolute_url()}#readers")
