"""Pages of the directory."""

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, View
from django_filters.views import FilterView

from programmes.common.choosing import CHOOSE, aim, hits, is_choosing, unjudged, unjudged_lines
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, SignedInMixin, VisibleObjectMixin, next_page

from . import services
from .enums import OrganisationKind
from .filters import OrganisationFilter
from .forms import (
    AffiliationFormSet,
    FigureFormSet,
    MembershipForm,
    NameFormSet,
    OrganisationForm,
)
from .models import Figure, Membership, Organisation
from .selectors import figures_of, organisations_visible_to


class Directory(SignedInMixin, FilterView):
    """All organisations, searched by any of their names."""

    filterset_class = OrganisationFilter
    template_name = "participants/directory.html"
    paginate_by = 50
    strict = False

    def get_queryset(self):
        return organisations_visible_to(self.request.access)

    def get_context_data(self, **kwargs):
        addable = [kind for kind in OrganisationKind if may_add(self.request.access, kind)]
        return super().get_context_data(addable=addable, **kwargs)


def may_add(access, kind: str) -> bool:
    perm = "add_stakeholder" if kind == OrganisationKind.STAKEHOLDER else "add_organisation"
    return rules.has_perm(f"participants.{perm}", access)


class OrganisationPage(ObjectPermissionMixin, VisibleObjectMixin, DetailView):
    model = Organisation
    selector = staticmethod(organisations_visible_to)
    permission_required = "participants.view_organisation"
    template_name = "participants/organisation.html"
    context_object_name = "organisation"

    def get_context_data(self, **kwargs):
        access, organisation = self.request.access, self.object
        may_change = rules.has_perm("participants.change_organisation", access, organisation)
        return super().get_context_data(
            may_change=may_change,
            other_names=organisation.other_names.all(),
            figures=figures_of(organisation),
            affiliations=organisation.affiliations.select_related("association"),
            affiliated=organisation.affiliated.filter(ended_on=None).select_related("city"),
            people=_people(organisation) if may_change else [],
            **kwargs,
        )


def _people(organisation):
    return organisation.memberships.filter(ended_on=None).select_related("person").order_by("person__name")


class OrganisationEdit(SeenView, SignedInMixin, FormView):
    """Add or change an organisation with its names, and for a city its figures and associations, in one page."""

    model = Organisation
    template_name = "participants/organisation_form.html"
    form_class = OrganisationForm

    def dispatch(self, request, *args, **kwargs):
        self.organisation = None
        if "pk" in kwargs and request.user.is_authenticated:
            self.organisation = get_object_or_404(organisations_visible_to(request.access), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def _check(self):
        access, organisation = self.request.access, self.organisation
        allowed = (
            may_add(access, self.kind)
            if organisation is None
            else rules.has_perm("participants.change_organisation", access, organisation)
        )
        if not allowed:
            raise PermissionDenied

    @property
    def kind(self) -> str:
        if self.organisation:
            return self.organisation.kind
        kind = self.request.GET.get("kind", OrganisationKind.CITY)
        if kind not in OrganisationKind.values:
            raise Http404
        return kind

    def get_form_kwargs(self):
        instance = self.organisation or Organisation()
        return super().get_form_kwargs() | {"kind": self.kind, "instance": instance}

    def formsets(self, form):
        data = self.request.POST if self.request.method == "POST" else None
        classes = {"names": NameFormSet}
        if self.kind == OrganisationKind.CITY:
            classes |= {"affiliations": AffiliationFormSet, "figures": FigureFormSet}
        # Figures that an answer fed and the city has not shared are not for the directory's editors.
        rows = {"figures": {"queryset": Figure.objects.filter(published=True)}}
        made = {
            name: formset(data, instance=form.instance, prefix=name, **rows.get(name, {}))
            for name, formset in classes.items()
        }
        aim(self.request.get_full_path(), *(line for formset in made.values() for line in formset.forms))
        return made

    def get(self, request, *args, **kwargs):
        self._check()
        return self._hits() or super().get(request, *args, **kwargs)

    def _hits(self):
        if CHOOSE not in self.request.GET:
            return None
        formsets = self.formsets(self.get_form())
        return hits(self.request, [line for formset in formsets.values() for line in formset.forms])

    def post(self, request, *args, **kwargs):
        self._check()
        form = self.get_form()
        formsets = self.formsets(form)
        if is_choosing(request):
            lines = {name: unjudged_lines(formset) for name, formset in formsets.items()}
            return self.render_to_response(self.get_context_data(form=unjudged(form), formsets=lines))
        if not all([form.is_valid(), *(formset.is_valid() for formset in formsets.values())]):
            return self.render_to_response(self.get_context_data(form=form, formsets=formsets))
        organisation = services.save_organisation(
            organisation=form.instance, by=request.user, related=formsets.values()
        )
        messages.success(request, _("Saved: %(name)s.") % {"name": organisation.name})
        return redirect(self._back_with(organisation) or organisation)

    def _back_with(self, organisation: Organisation) -> str:
        """The page that sent us here; a new organisation is chosen there already (`added`)."""
        back = next_page(self.request)
        if not back or self.organisation is not None:
            return back
        return f"{back}{'&' if '?' in back else '?'}added={organisation.pk}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("formsets", self.formsets(context["form"]))
        kind_label = OrganisationKind(self.kind).label
        return context | {"organisation": self.organisation, "kind_label": kind_label, "next": next_page(self.request)}


class PersonAdd(ObjectPermissionMixin, VisibleObjectMixin, FormView):
    """Name somebody who works for, or speaks for, the organisation."""

    model = Organisation
    selector = staticmethod(organisations_visible_to)
    permission_required = "participants.change_organisation"
    template_name = "participants/person_form.html"
    form_class = MembershipForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(organisation=self.object, **kwargs)

    def form_valid(self, form):
        services.add_function(organisation=self.object, by=self.request.user, form_key=form.key, **form.cleaned_data)
        messages.success(self.request, _("Added."))
        return redirect(self.object)


class PersonEnd(ObjectPermissionMixin, View):
    http_method_names = ["post"]
    permission_required = "participants.change_organisation"

    def get_object(self):
        organisation = get_object_or_404(organisations_visible_to(self.request.access), pk=self.kwargs["organisation"])
        rows = Membership.objects.filter(organisation=organisation, ended_on=None)
        return get_object_or_404(rows.select_related("organisation"), pk=self.kwargs["pk"])

    def get_permission_object(self):
        return self.object.organisation

    def post(self, request, *args, **kwargs):
        services.end_function(membership=self.object, by=request.user)
        messages.success(request, _("Ended. The history keeps that it was so."))
        return redirect(self.object.organisation)
