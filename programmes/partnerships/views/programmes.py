"""Pages of a programme: the list, a new one, its settings, words, pictures, stages and themes; what mentoring is."""

import rules
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, TemplateView

from programmes.common.access import Access
from programmes.common.choosing import ChoosingMixin
from programmes.common.errors import Refusal
from programmes.common.pictures import as_sent
from programmes.common.seen import SeenView
from programmes.common.views import SignedInMixin
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation

from ..boundary import places_of
from ..design import mentoring_points
from ..enums import EnrolmentRole, TeamRole
from ..forms.programmes import NewProgrammeForm, NewStageForm, NewThemeForm, ProgrammeForm, StageForm, ThemeForm
from ..forms.words import WordsForm
from ..models import Programme, Stage, Theme
from ..selectors import programmes_visible_to
from ..services import programmes as services
from ..services.enrolments import KINDS
from .base import Act, FormPage, ObjectPage


class Programmes(SignedInMixin, ListView):
    """The programmes in which the person takes part."""

    template_name = "partnerships/programmes.html"
    context_object_name = "programmes"
    paginate_by = 50

    def get_queryset(self):
        return programmes_visible_to(self.request.access).select_related("network")

    def get_context_data(self, **kwargs):
        may_add = rules.has_perm("partnerships.add_programme", self.request.access)
        return super().get_context_data(may_add=may_add, **kwargs)


class ProgrammeAdd(SignedInMixin, ChoosingMixin, FormView):
    """A new programme. Whoever creates it for their own network is in its team; others invite the coordinator next."""

    form_class = NewProgrammeForm
    template_name = "partnerships/programme_add.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not rules.has_perm("partnerships.add_programme", request.access):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def networks(self):
        """Administrators found programmes for any network; a coordinator for those they coordinate for already."""
        access = self.request.access
        rows = Organisation.objects.filter(kind__in=KINDS[EnrolmentRole.COORDINATOR])
        if access.is_administrator:
            return rows
        return rows.filter(
            enrolments__ended_on=None,
            enrolments__teams__role=TeamRole.COORDINATOR,
            enrolments__teams__in=places_of(access).teams,
        ).distinct()

    def get_form_kwargs(self):
        known = programmes_visible_to(self.request.access)
        return super().get_form_kwargs() | {"networks": self.networks(), "programmes": known}

    def get_initial(self):
        return {"languages": ["en"], "time_zone": "Europe/Brussels", "network": self.request.GET.get("added", "")}

    def get_context_data(self, **kwargs):
        new_network = f"{reverse('participants:organisation_add')}?kind={OrganisationKind.NETWORK}"
        return super().get_context_data(
            new_network_url=f"{new_network}&next={self.request.path}",
            has_networks=self.networks().exists(),
            may_add_network=self.request.user.is_superuser,
            **kwargs,
        )

    def form_valid(self, form):
        try:
            programme = services.create_programme(by=self.request.user, form_key=form.key, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        team = programme.enrolments.get(role=EnrolmentRole.COORDINATOR).teams.get()
        if team.pk in places_of(Access(self.request.user)).teams:  # read anew: this is one more than a moment ago
            return redirect(programme)
        return redirect("partnerships:team", pk=team.pk)


class OfProgramme:
    """For pages whose object is a programme."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.change_programme"
    context_object_name = "programme"


class Settings(SeenView, OfProgramme, FormPage):
    form_class = ProgrammeForm
    template_name = "partnerships/settings.html"
    done_message = _("The programme is saved.")

    def get_form_kwargs(self):
        copy = Programme.objects.get(pk=self.object.pk)
        return super().get_form_kwargs() | {"instance": copy}

    def carry_out(self, form):
        services.change_programme(programme=self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:settings", args=[self.object.pk])


class Words(SeenView, OfProgramme, FormPage):
    """What the programme calls its roles, and what its questions speak of."""

    form_class = WordsForm
    template_name = "partnerships/words.html"
    done_message = _("The words are saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"words": self.object.words}

    def carry_out(self, form):
        services.change_programme(programme=self.object, by=self.request.user, words=form.own_words)

    def get_success_url(self):
        return reverse("partnerships:words", args=[self.object.pk])


class Picture(OfProgramme, ObjectPage):
    """Emblem or logo, to whom may see the programme; sent as the picture it was found to be."""

    permission_required = "partnerships.view_programme"

    def get(self, request, *args, **kwargs):
        response = as_sent(getattr(self.object, kwargs["which"]))
        response["Cache-Control"] = "private, max-age=300"
        return response


class Stages(OfProgramme, FormPage):
    """The stages in order, and a form for one more."""

    form_class = NewStageForm
    template_name = "partnerships/stages.html"
    done_message = _("The stage is added.")

    def get_context_data(self, **kwargs):
        stages = list(self.object.stages.filter(partnership=None))
        may_date = rules.has_perm("partnerships.pair", self.request.access, self.object)
        return super().get_context_data(stages=stages, may_date=may_date, **kwargs)

    def carry_out(self, form):
        services.add_stage(programme=self.object, by=self.request.user, form_key=form.key, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:stages", args=[self.object.pk])


class Themes(OfProgramme, FormPage):
    form_class = NewThemeForm
    template_name = "partnerships/themes.html"
    done_message = _("The theme is added.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(themes=list(self.object.themes.all()), **kwargs)

    def carry_out(self, form):
        services.add_theme(programme=self.object, by=self.request.user, form_key=form.key, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:themes", args=[self.object.pk])


class OfPart:
    """For pages about a stage or a theme: the rule is asked about its programme."""

    permission_required = "partnerships.change_programme"
    back = ""

    def get_permission_object(self):
        return self.object.programme

    def get_success_url(self):
        return reverse(self.back, args=[self.object.programme_id])


def stages_visible_to(access):
    rows = Stage.objects.filter(programme__in=programmes_visible_to(access), partnership=None)
    return rows.select_related("programme")


def themes_visible_to(access):
    return Theme.objects.filter(programme__in=programmes_visible_to(access)).select_related("programme")


class StageEdit(SeenView, OfPart, FormPage):
    model = Stage
    selector = staticmethod(stages_visible_to)
    form_class = StageForm
    template_name = "partnerships/part_edit.html"
    back = "partnerships:stages"
    back_label = _("Stages")
    done_message = _("The stage is saved.")

    def get_initial(self):
        return {"title": self.object.title, "purpose": self.object.purpose}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            part=self.object,
            programme=self.object.programme,
            back_url=self.get_success_url(),
            back_label=self.back_label,
            **kwargs,
        )

    def carry_out(self, form):
        services.change_stage(stage=self.object, by=self.request.user, **form.cleaned_data)


class ThemeEdit(StageEdit):
    model = Theme
    selector = staticmethod(themes_visible_to)
    form_class = ThemeForm
    back = "partnerships:themes"
    back_label = _("Themes")
    done_message = _("The theme is saved.")

    def get_initial(self):
        return {"title": self.object.title}

    def carry_out(self, form):
        services.change_theme(theme=self.object, by=self.request.user, **form.cleaned_data)


class StageMove(OfPart, Act):
    model = Stage
    selector = staticmethod(stages_visible_to)
    back = "partnerships:stages"

    def act(self):
        step = -1 if self.request.POST.get("direction") == "up" else 1
        services.move_stage(stage=self.object, step=step, by=self.request.user)


class ThemeRetire(OfPart, Act):
    model = Theme
    selector = staticmethod(themes_visible_to)
    back = "partnerships:themes"

    def act(self):
        theme = self.object
        services.retire_theme(theme=theme, retired=not theme.retired, by=self.request.user)


class Mentoring(SignedInMixin, TemplateView):
    """What a mentor offers, does and does not do (Annex 1)."""

    template_name = "partnerships/mentoring.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(points=mentoring_points(), **kwargs)
