"""The page of a team: its people, invitations into it, and what it allows its facilitator."""

from typing import Any

import rules
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.seen import SeenView

from ..boundary import places_of
from ..enums import TeamRole
from ..forms.succession import LastLeaveForm
from ..forms.teams import EndForm, FunctionForm, InviteForm, TeamAddressForm
from ..models import Participation, Team, TeamMember
from ..selectors import (
    members_visible_to,
    partnerships_visible_to,
    prepared_visible_to,
    support_groups_visible_to,
    teams_visible_to,
    with_confirmation,
)
from ..services import invitations as inviting
from ..services import succession
from ..services import teams as services
from .base import Act, FormPage, ObjectPage, site_of
from .invitations import open_invitations, say_invited


def _teams(access):
    return teams_visible_to(access).select_related("enrolment__organisation", "enrolment__programme")


class OfTeam:
    model = Team
    selector = staticmethod(_teams)
    permission_required = "partnerships.view_team"
    context_object_name = "team"

    def get_success_url(self):
        return reverse("partnerships:team", args=[self.object.pk])


class TeamPage(OfTeam, ObjectPage):
    """Who is in the team. Access hangs on this list, not on who works where."""

    template_name = "partnerships/team.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**team_context(self.request, self.object), **kwargs)


class TeamInvite(OfTeam, FormPage):
    """Invite somebody; the form stands on the team's page, and there again when it is refused."""

    permission_required = "partnerships.add_member"
    form_class = InviteForm
    template_name = "partnerships/team.html"

    def get_initial(self):
        return {"language": get_language()}

    def get_context_data(self, **kwargs):
        context = team_context(self.request, self.object) | {"invite_form": kwargs.get("form") or self.get_form()}
        return super().get_context_data(**context, **kwargs)

    def carry_out(self, form):
        invitation = inviting.invite(
            team=self.object,
            by=self.request.user,
            site=site_of(self.request),
            form_key=form.key,
            **form.cleaned_data,
        )
        say_invited(self.request, invitation)


class TeamFacilitator(OfTeam, Act):
    """The team allows its facilitator to write for it, or takes that back."""

    permission_required = "partnerships.allow_facilitator"

    def act(self):
        allowed = self.request.POST.get("allowed") == "yes"
        services.allow_facilitator(team=self.object, allowed=allowed, by=self.request.user)


class TeamAddress(SeenView, OfTeam, FormPage):
    """Where to write to the team as a whole."""

    permission_required = "partnerships.change_team_address"
    form_class = TeamAddressForm
    template_name = "partnerships/part_edit.html"
    done_message = gettext_lazy("The address is saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.object}

    def get_context_data(self, **kwargs):
        team = self.object
        words = {"part": _("Address of the team"), "back_url": self.get_success_url(), "back_label": str(team)}
        return super().get_context_data(**words, programme=team.enrolment.programme, **kwargs)

    def carry_out(self, form):
        services.change_address(team=self.object, email=form.cleaned_data["email"], by=self.request.user)


class OfMember:
    """For pages about one place in a team: the rule is asked about the team."""

    model = TeamMember
    permission_required = "partnerships.end_member"

    @staticmethod
    def selector(access):
        return members_visible_to(access).select_related("person", "team__enrolment__programme")

    def get_permission_object(self):
        return self.object.team

    def get_success_url(self):
        return reverse("partnerships:team", args=[self.object.team_id])


class MemberEdit(SeenView, OfMember, FormPage):
    form_class = FunctionForm
    template_name = "partnerships/member.html"
    done_message = gettext_lazy("The function is saved.")

    def get_initial(self):
        return {"function": self.object.function}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            member=self.object, team=self.object.team, programme=self.object.team.enrolment.programme, **kwargs
        )

    def carry_out(self, form):
        services.change_function(member=self.object, by=self.request.user, **form.cleaned_data)


class MemberEnd(OfMember, FormPage):
    """Asks before somebody loses a place, and says what that means."""

    template_name = "partnerships/confirm.html"
    done_message = gettext_lazy("The membership has ended, and with it the access.")

    @property
    def is_last(self) -> bool:
        return not self.object.team.members.filter(ended_on=None).exclude(pk=self.kwargs["pk"]).exists()

    def get_form_class(self):
        return LastLeaveForm if self.is_last else EndForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | ({"team": self.object.team} if self.is_last else {})

    def get_initial(self):
        return {"language": get_language()}

    def get_context_data(self, **kwargs):
        member = self.object
        words = {"person": member.person, "team": member.team}
        last = _("This is the last place in the team: name a successor, who is invited by mail at this moment.")
        return super().get_context_data(
            programme=self.object.team.enrolment.programme,
            title=_("Shall %(person)s leave the team of %(team)s?") % words,
            label=_("End membership"),
            loss=_(
                "%(person)s reads nothing of this team from this moment on. Invitations to the team that they sent "
                "and nobody answered are withdrawn. What they wrote stays."
            )
            % words,
            text=last if self.is_last else "",
            cancel_url=self.get_success_url(),
            **kwargs,
        )

    @transaction.atomic
    def carry_out(self, form):
        data, by = form.cleaned_data, self.request.user
        if data.get("email"):
            details = {name: data[name] for name in ("name", "email")}
            language = data.get("language") or get_language()
            succession.name_stand_in(team=self.object.team, by=by, language=language, **details)
        succession.leave(member=self.object, by=by, on=data["on"], site=site_of(self.request))

    def get_success_url(self):
        """One who left a team themselves may not see it any more: asked anew, as the next request will."""
        still = teams_visible_to(Access(self.request.user)).filter(pk=self.object.team_id).exists()
        return super().get_success_url() if still else reverse("overview:my_work")


def team_context(request: Any, team: Team) -> dict:
    """What the page of a team shows to this person."""
    access, enrolment = request.access, team.enrolment
    over = enrolment.ended_on is not None or team.closed_at is not None
    members = list(team.members.select_related("person"))
    here = team.members.filter(ended_on=None).select_related("person__user", "invited_by")
    may_end = rules.has_perm("partnerships.end_member", access, team) and not over
    may_add = rules.has_perm("partnerships.add_member", access, team) and not over
    is_city = team.role == TeamRole.CITY
    return {
        "programme": enrolment.programme,
        "enrolment": enrolment,
        "members": with_confirmation(here),
        "former": [row for row in members if row.ended_on is not None],
        "may_add": may_add,
        "may_end": may_end,
        "mine": team.pk in places_of(access).teams,
        "may_see_history": rules.has_perm("partnerships.read_team_history", access, team),
        "may_reopen": rules.has_perm("partnerships.reopen_team", access, team) and not over,
        "groups": support_groups_visible_to(access).filter(team=team).annotate(seats=Count("members")),
        "may_add_group": rules.has_perm("partnerships.add_support_group", access, team) and not over,
        "is_city": is_city,
        "may_allow": is_city and rules.has_perm("partnerships.allow_facilitator", access, team) and not over,
        "invitations": open_invitations(request, team.invitations.all()),
        "prepared": prepared_visible_to(access).filter(team=team) if may_add else (),
        "invite_form": InviteForm(initial={"language": get_language()}) if may_add else None,
        "participations": _participations(access, team),
    }


def _participations(access: Access, team: Team):
    rows = Participation.objects.filter(team=team, ended_on=None, partnership__in=partnerships_visible_to(access))
    return rows.select_related("partnership").prefetch_related("partnership__participations__organisation")
