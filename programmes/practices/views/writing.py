"""Describing a practice: its head, its points, whom to ask."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from programmes.assessments.models import Answer
from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.autosave import AutosaveView, HistoryView, PresenceView, SavedBox, language_offer
from programmes.common.choosing import ChoosingMixin
from programmes.common.errors import Refusal
from programmes.common.revisions import Saved
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, PermissionMixin, SignedInMixin, SmallForm, VisibleObjectMixin
from programmes.partnerships.boundary import places_of

from .. import boundary, factors, pages, selectors, services, snapshots
from ..beginnings import answers_about_strengths, beginnings, beginnings_in
from ..forms import ContactForm, FactorsForm, HeadForm, NewPracticeForm, PictureForm
from ..models import Practice, PracticeText
from ..points import Point, box_named, boxes
from .base import PracticeMixin


class OwnPractices(SignedInMixin, ListView):
    """What one's teams describe."""

    template_name = "practices/own.html"
    paginate_by = 50
    request: Any

    def get_queryset(self) -> QuerySet[Practice]:
        return selectors.own_practices(self.request.access)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = self.request.access
        may_add = bool(places_of(access).teams)
        found = beginnings(access) if may_add else []
        judgements = selectors.own_judgements(access)
        return super().get_context_data(may_add=may_add, beginnings=found, judgements=judgements, **kwargs)


class BeginFrom(ObjectPermissionMixin, VisibleObjectMixin, View):
    """POST `words`, the key of a paragraph of one's strengths: it becomes the beginning of a practice."""

    http_method_names = ["post"]
    permission_required = "practices.add_practice"
    request: Any

    def load_object(self) -> Answer:
        own = answers_about_strengths(self.request.access)
        answer = next((row for row in own if row.pk == self.kwargs["pk"]), None)
        if answer is None:
            raise Http404
        return answer

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        chosen = [found for found in beginnings_in(self.object) if found.key == request.POST.get("words")]
        if not chosen:
            messages.error(request, _("These words were changed meanwhile. Please choose again."))
            return redirect("practices:own")
        try:
            practice = services.begin_from(beginning=chosen[0], by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("practices:own")
        messages.success(request, _("Begun with your own words. Your team alone reads it until you offer it."))
        return redirect(practice)


class PracticeAdd(PermissionMixin, ChoosingMixin, SmallForm):
    """Begin to describe a practice, of one's own city or of one outside."""

    permission_required = "practices.add_practice"
    form_class = NewPracticeForm
    heading = gettext_lazy("Describe a good practice")
    intro = gettext_lazy("A name and a place are enough to begin with. Only your team reads it until you offer it.")
    button = gettext_lazy("Begin")
    request: Any

    @cached_property
    def team(self):
        """Of several teams the one that `team` of the address names."""
        teams = {str(team.pk): team for team in selectors.teams_that_describe(self.request.access)}
        return teams.get(self.request.GET.get("team", ""), next(iter(teams.values())))

    def get_initial(self) -> dict[str, Any]:
        own = self.team.enrolment.organisation
        language = next(iter(own.languages), self.request.user.language)
        return {"language": language} | ({"city": own} if own.is_city else {})

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"team": self.team, "access": self.request.access}

    def act(self, form: NewPracticeForm) -> HttpResponse:
        practice = services.describe(
            team=self.team,
            by=self.request.user,
            themes=form.cleaned_data.get("themes", ()),
            form_key=form.key,
            **form.head,
        )
        return redirect(practice)

    def back_url(self) -> str:
        return reverse("practices:own")


class PracticePage(PracticeMixin, DetailView):
    """The practice to write in; to read for a team whose organisation takes part no more."""

    permission_required = "practices.read_practice"
    template_name = "practices/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frame = pages.frame(self.request.access, self.object)
        what = {"cards": pages.cards(self.object)} if frame["may_write"] else self._article()
        return super().get_context_data(**frame, **what, **kwargs)

    def _article(self) -> dict[str, Any]:
        return pages.article(snapshots.take(self.object), self.object)


class PracticeHead(SeenView, PracticeMixin, ChoosingMixin, SmallForm):
    """Name, place, kind, language, themes, summary, address."""

    form_class = HeadForm
    heading = gettext_lazy("Name, place and themes")
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        row = Practice.objects.get(pk=self.object.pk)
        return super().get_form_kwargs() | {"instance": row, "team": self.object.team}

    def act(self, form: HeadForm) -> HttpResponse:
        services.change_head(
            practice=self.object, by=self.request.user, themes=form.cleaned_data.get("themes"), **form.head
        )
        messages.success(self.request, _("Saved."))
        return redirect(self.object)

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PracticeContact(SeenView, PracticeMixin, SmallForm):
    """Whom to ask about it."""

    form_class = ContactForm
    heading = gettext_lazy("Whom to ask")
    intro = gettext_lazy(
        "Named to readers only if that person agreed. Emptied here, the name is gone from all versions."
    )
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Practice.objects.get(pk=self.object.pk)}

    def act(self, form: ContactForm) -> HttpResponse:
        services.change_head(practice=self.object, by=self.request.user, **form.head)
        messages.success(self.request, _("Saved."))
        return redirect(self.object)

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PracticeFactors(SeenView, PracticeMixin, SmallForm):
    """Which key factors of benchmarks it serves."""

    form_class = FactorsForm
    heading = gettext_lazy("Key factors it serves")
    intro = gettext_lazy("Whoever reads one of these key factors is led to this practice, once it is offered to them.")
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"choices": factors.choices(self.request.access)}

    def get_initial(self) -> dict[str, Any]:
        rows = self.object.factors_served.all()
        return {"factors": [factors.as_choice((row.benchmark_id, row.factor_key)) for row in rows]}

    def act(self, form: FactorsForm) -> HttpResponse:
        factors.set_factors(practice=self.object, by=self.request.user, chosen=form.chosen, offered=form.offered)
        messages.success(self.request, _("Saved."))
        return redirect(self.object)

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PictureAdd(PracticeMixin, SmallForm):
    """One more picture, with what it shows."""

    form_class = PictureForm
    heading = gettext_lazy("Add a picture")
    intro = gettext_lazy("Place, time and camera are taken out of the file before it is kept.")
    button = gettext_lazy("Add it")

    def act(self, form: PictureForm) -> HttpResponse:
        file, caption = form.cleaned_data["file"], form.cleaned_data["caption"]
        services.add_picture(practice=self.object, file=file, caption=caption, by=self.request.user, form_key=form.key)
        messages.success(self.request, _("The picture is added."))
        return redirect(f"{self.object.get_absolute_url()}#pictures")

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PictureTakeAway(PracticeMixin, View):
    """POST: gone for everybody."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        picture = get_object_or_404(self.object.pictures.all(), pk=kwargs["picture"])
        services.take_away(picture=picture, by=request.user)
        messages.success(request, _("The picture is gone, also from what was offered."))
        return redirect(f"{self.object.get_absolute_url()}#pictures")


class PracticePresence(PracticeMixin, PresenceView):
    """Who else writes here, and what was saved meanwhile."""

    kind = "practice"

    def get_place(self):
        return self.object.pk, selectors.writers_of(self.object)

    def get_revisions(self) -> dict[str, int]:
        return dict(PracticeText.objects.filter(practice=self.object).values_list("point_key", "revision"))

    def get_boxes(self, names: set[str]):
        points = {point.key: point for point in boxes() if point.key in names}
        rows = PracticeText.objects.filter(practice=self.object, point_key__in=points).select_related("updated_by")
        for row in rows:
            point = points[row.point_key]
            yield SavedBox(point.key, row, point.kind, point.box)


class TextMixin(PracticeMixin):
    """One point of a practice."""

    point: Point

    def load_object(self) -> Practice:
        found = box_named(self.kwargs["point"])
        if found is None:
            raise Http404
        self.point = found
        return super().load_object()

    def box_url(self) -> str:
        return f"{self.object.get_absolute_url()}#{self.point.slug}-value"


class TextSave(TextMixin, AutosaveView):
    """Saves what stands in one box."""

    def get_row(self) -> PracticeText:
        """Only named here; it is made when there is something to save."""
        return PracticeText(practice=self.object, point_key=self.point.key)

    def get_success_url(self) -> str:
        return self.box_url()

    def get_value_form(self, data: Any) -> forms.Form:
        self.value_form = self.point.kind.form(self.point.box, data=data, label=self.point.title)
        return self.value_form

    def stored(self, row: Any) -> PracticeText | None:
        return PracticeText.objects.filter(practice=row.practice, point_key=row.point_key).first()

    def save_value(self, row: Any, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        self.row = revisions.get_row(PracticeText, practice=self.object, point_key=self.point.key)
        self.row.practice = self.object
        saved = services.save_text(
            text=self.row,
            base=base,
            base_value=base_value,
            value=value,
            by=access.user,
            on_behalf=boundary.writes_on_behalf(access, self.object),
            language=self.value_form.cleaned_data.get("language", ""),
        )
        return replace(saved, value=self.show_value(saved.value))

    def offered_language(self, saved: Saved) -> dict[str, str] | None:
        if not self.point.kind.has_words(self.row.value):
            return None
        return language_offer(saved.value, self.row.language, self.object.team.enrolment.programme.languages)


class TextHistory(TextMixin, HistoryView):
    """Earlier texts of one point; restoring makes a new revision."""

    def get_row(self) -> PracticeText:
        row = PracticeText.objects.filter(practice=self.object, point_key=self.point.key).first()
        if row is None:
            raise Http404
        row.practice = self.object
        return row

    def get_back_url(self) -> str:
        return self.box_url()

    def get_title(self) -> str:
        return self.point.title

    def restore_value(self, row: Any, *, revision: int, access: Access) -> Saved:
        on_behalf = boundary.writes_on_behalf(access, self.object)
        return revisions.restore(row, revision=revision, by=access.user, on_behalf=on_behalf)
