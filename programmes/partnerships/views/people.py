"""Who takes part in a programme: enrolments, the associations behind cities, more teams."""

import rules
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters.views import FilterView

from programmes.common.access import Access
from programmes.common.choosing import aim
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin
from programmes.participants.enums import OrganisationKind
from programmes.participants.selectors import associations_of

from ..boundary import places_of
from ..enums import CITY_ENROLMENTS, TEAM_OF, WRITING_TEAMS, EnrolmentRole, TeamRole
from ..filters import EnrolmentFilter
from ..forms.teams import BackingForm, EndForm, EnrolForm, EnrolmentForm, TeamForm
from ..models import Backing, Enrolment, Participation, Programme
from ..selectors import (
    backings_visible_to,
    enrolments_visible_to,
    prepared_visible_to,
    programmes_visible_to,
    with_teams,
)
from ..services import enrolments as services
from ..services.backings import back, end_backing
from ..services.enrolments import KINDS
from ..services.teams import create_team
from .base import Act, FormPage, ObjectPage


class People(ObjectPermissionMixin, FilterView):
    """Everybody who takes part, with the people in their teams. Names and functions are known to all who take part."""

    permission_required = "partnerships.view_programme"
    filterset_class = EnrolmentFilter
    template_name = "partnerships/people.html"
    context_object_name = "enrolments"
    paginate_by = 50
    strict = False

    def get_object(self) -> Programme:
        return get_object_or_404(programmes_visible_to(self.request.access), pk=self.kwargs["pk"])

    def get_queryset(self):
        return with_teams(self.object.enrolments.all())

    def get_filterset_kwargs(self, filterset_class):
        return super().get_filterset_kwargs(filterset_class) | {"programme": self.object}

    def get_context_data(self, **kwargs):
        programme, access = self.object, self.request.access
        may_enrol = rules.has_perm("partnerships.enrol", access, programme)
        return super().get_context_data(
            programme=programme,
            may_enrol=may_enrol,
            to_invite=_to_invite(access, programme) if may_enrol else 0,
            may_pair=rules.has_perm("partnerships.pair", access, programme),
            roles=programme.role_choices(EnrolmentRole),
            **kwargs,
        )


def _to_invite(access: Access, programme: Programme) -> int:
    return prepared_visible_to(access).filter(team__enrolment__programme=programme).count()


class Enrol(FormPage):
    """One organisation in the role of the address."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.enrol"
    form_class = EnrolForm
    template_name = "partnerships/enrol.html"
    done_message = gettext_lazy("The organisation takes part now. Invite the first member of its team.")
    enrolled: Enrolment

    @property
    def role(self) -> EnrolmentRole:
        try:
            return EnrolmentRole(self.kwargs["role"])
        except ValueError as error:
            raise Http404 from error

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.object, "role": self.role}

    def get_initial(self):
        return {"organisation": self.request.GET.get("added", "")}

    def get_context_data(self, **kwargs):
        kinds = [{"label": OrganisationKind(kind).label, "url": self._new(kind)} for kind in KINDS[self.role]]
        return super().get_context_data(
            programme=self.object, role=self.object.role_word(self.role), kinds=kinds, **kwargs
        )

    @transaction.atomic
    def carry_out(self, form):
        data = form.cleaned_data
        associations = data.get("associations")
        if self.role in CITY_ENROLMENTS and not associations:
            associations = associations_of(data["organisation"])
        self.enrolled = services.enrol(
            programme=self.object,
            organisation=data["organisation"],
            role=self.role,
            themes=data.get("themes") or (),
            by=self.request.user,
        )
        for association in associations or ():
            back(enrolment=self.enrolled, association=association, by=self.request.user)

    def get_success_url(self):
        team = services.team_in(self.enrolled, TEAM_OF[self.role])
        return reverse("partnerships:team", args=[team.pk])

    def _new(self, kind: str) -> str:
        return f"{reverse('participants:organisation_add')}?kind={kind}&next={self.request.path}"


class OfEnrolment:
    """For pages about an enrolment that the coordinator changes."""

    model = Enrolment
    permission_required = "partnerships.enrol"
    context_object_name = "enrolment"

    @staticmethod
    def selector(access):
        return with_teams(enrolments_visible_to(access))

    def get_success_url(self):
        return reverse("partnerships:enrolment", args=[self.object.pk])


class EnrolmentPage(OfEnrolment, ObjectPage):
    """One organisation in the programme: its theme, teams, associations and partnerships."""

    permission_required = "partnerships.view_enrolment"
    template_name = "partnerships/enrolment.html"

    def get_context_data(self, **kwargs):
        row, access = self.object, self.request.access
        may_change = rules.has_perm("partnerships.enrol", access, row) and row.ended_on is None
        is_city = row.organisation.is_city
        return super().get_context_data(
            enrolment=row,
            programme=row.programme,
            may_change=may_change,
            is_city=is_city,
            in_city=any(team.role == TeamRole.CITY and team.pk in places_of(access).teams for team in row.teams.all()),
            role_form=EnrolmentForm(enrolment=row) if may_change else None,
            backing_form=_backing_form(row) if may_change and is_city else None,
            team_form=TeamForm() if may_change and TEAM_OF[EnrolmentRole(row.role)] not in WRITING_TEAMS else None,
            **kwargs,
        )


def _backing_form(enrolment: Enrolment) -> BackingForm:
    """For the enrolment's page; it is sent, and searched, elsewhere."""
    form = BackingForm(enrolment=enrolment)
    aim(reverse("partnerships:backing_add", args=[enrolment.pk]), form)
    return form


class _OnEnrolmentPage(OfEnrolment, FormPage):
    """A small form of the enrolment's page; refused, it stands on a page of its own."""

    template_name = "partnerships/enrolment_form.html"
    heading = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            programme=self.object.programme, heading=self.heading, back_url=self.get_success_url(), **kwargs
        )


class EnrolmentChange(SeenView, _OnEnrolmentPage):
    form_class = EnrolmentForm
    heading = gettext_lazy("Role and themes")
    done_message = gettext_lazy("Role and themes are saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"enrolment": self.object}

    def carry_out(self, form):
        data = form.cleaned_data
        services.change_enrolment(
            enrolment=self.object, role=data["role"], themes=data.get("themes") or (), by=self.request.user
        )


class BackingAdd(_OnEnrolmentPage):
    form_class = BackingForm
    heading = gettext_lazy("Add an association")
    done_message = gettext_lazy("The association is proposed. It takes part once the city’s team accepts.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"enrolment": self.object}

    def carry_out(self, form):
        back(enrolment=self.object, association=form.cleaned_data["association"], by=self.request.user)


class TeamAdd(_OnEnrolmentPage):
    form_class = TeamForm
    heading = gettext_lazy("Add a team")
    done_message = gettext_lazy("The team is added. Invite its first member.")

    def carry_out(self, form):
        name, by = form.cleaned_data["name"], self.request.user
        self.team = create_team(enrolment=self.object, name=name, by=by, form_key=form.key)

    def get_success_url(self):
        team = getattr(self, "team", None)
        return reverse("partnerships:team", args=[team.pk]) if team else super().get_success_url()


class BackingEnd(Act):
    model = Backing
    selector = staticmethod(backings_visible_to)
    permission_required = "partnerships.end_backing"
    done_message = gettext_lazy("The city and this association no longer work together here.")

    def act(self):
        end_backing(backing=self.object, by=self.request.user)

    def get_success_url(self):
        return reverse("partnerships:enrolment", args=[self.object.enrolment_id])


class EnrolmentEnd(OfEnrolment, FormPage):
    """Asks before an organisation leaves, and says what that means."""

    form_class = EndForm
    template_name = "partnerships/confirm.html"
    done_message = gettext_lazy("The organisation has left the programme. What it wrote stays under its name.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"with_reason": True}

    def get_context_data(self, **kwargs):
        name = self.object.organisation.name
        loss = ngettext(
            "It leaves %(count)s partnership, and open invitations are withdrawn. Its people stay in its teams: they "
            "go on reading what is their own, write nothing, and read nothing that others shared with them. All of it "
            "is back when the organisation is enrolled again.",
            "It leaves %(count)s partnerships, and open invitations are withdrawn. Its people stay in its teams: they "
            "go on reading what is their own, write nothing, and read nothing that others shared with them. All of it "
            "is back when the organisation is enrolled again.",
            count := self._partnerships(),
        ) % {"count": count}
        return super().get_context_data(
            programme=self.object.programme,
            title=_("Shall %(name)s leave the programme?") % {"name": name},
            label=_("End the enrolment"),
            loss=loss,
            cancel_url=reverse("partnerships:enrolment", args=[self.object.pk]),
            **kwargs,
        )

    def _partnerships(self) -> int:
        rows = Participation.objects.filter(team__enrolment=self.object, ended_on=None)
        return rows.values("partnership").distinct().count()

    def carry_out(self, form):
        services.end_enrolment(enrolment=self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:people", args=[self.object.programme_id])
