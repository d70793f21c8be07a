"""Invitations: followed by whoever got the mail, sent again or withdrawn by whoever may invite there."""

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from programmes.common.errors import Refusal
from programmes.common.views import next_page
from programmes.notices.selectors import last_mails_about

from ..boundary import places_of
from ..enums import InvitationState, TeamRole
from ..forms.teams import InviteForm, JoinForm
from ..models import Invitation, Participation, SupportGroupMember
from ..rules import may_copy_link
from ..selectors import invitations_visible_to
from ..services import invitations as services
from .base import Act, FormPage, site_of

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationPage(View):
    """What a link leads to: a first password, a "join" button, or a sentence that says why neither is possible."""

    invitation: Invitation
    copied: bool

    def dispatch(self, request, *args, **kwargs):
        try:
            self.invitation, self.copied = services.invitation_of(kwargs["token"])
        except services.OlderLink as refusal:
            return self.say(refusal, status=410)
        except services.UnknownInvitation as refusal:
            return self.say(refusal, status=404)
        response = super().dispatch(request, *args, **kwargs)
        # The address of this page lets somebody in: no other site shall learn it. Stricter still ("no-referrer") makes
        # browsers send the form with `Origin: null`, which the check against forged requests refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    def get(self, request, token):
        state, form = self.situation(), None
        if state == "newcomer":
            form = JoinForm(self.invitation)
        return self.page(state, form)

    def post(self, request, token):
        state = self.situation()
        if state == "newcomer":
            return self.join_as_newcomer()
        if state == "welcome":
            return self.join()
        return self.page(state)

    def situation(self) -> str:
        """`over`, `newcomer`, `sign_in` (the address has an account), `welcome` or `other_account`."""
        if self.invitation.state != InvitationState.PENDING:
            return "over"
        account = services.account_of(self.invitation)
        if self.request.user.is_authenticated:
            return "welcome" if account == self.request.user else "other_account"
        return "sign_in" if account else "newcomer"

    def join(self):
        try:
            services.accept(invitation=self.invitation, user=self.request.user, copied=self.copied)
        except Refusal as refusal:
            return self.say(refusal, status=409)
        return self.arrive(self.request.user)

    def join_as_newcomer(self):
        form = JoinForm(self.invitation, self.request.POST)
        if not form.is_valid():
            return self.page("newcomer", form)
        data = form.cleaned_data
        try:
            user = services.accept_as_newcomer(
                invitation=self.invitation,
                name=data["name"],
                language=data["language"],
                password=data["new_password1"],
                copied=self.copied,
            )
        except (Refusal, ValidationError) as refusal:
            sentences = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            form.add_error(None, sentences)
            return self.page("newcomer", form)
        login(self.request, user, backend=MODEL_BACKEND)
        if self.copied:
            user.emailaddress_set.get().send_confirmation(self.request)
        return self.arrive(user)

    def arrive(self, user):
        with translation.override(user.language):
            messages.success(
                self.request,
                _("Welcome. You are part of %(place)s now.") % {"place": services.place_name(self.invitation)},
            )
        return redirect(landing_url(self.invitation))

    def page(self, state: str, form: Any = None):
        context = {
            "invitation": self.invitation,
            "place": services.place_name(self.invitation),
            "state": state,
            "form": form,
            "here": self.request.path,
        }
        status = 410 if state == "over" else 200
        return render(self.request, "partnerships/invitation.html", context, status=status)

    def say(self, refusal: Refusal, status: int):
        context = {"state": "refused", "sentence": str(refusal)}
        return render(self.request, "partnerships/invitation.html", context, status=status)


def landing_url(invitation: Invitation) -> str:
    """The page an invitation is about: the one partnership of a city, the programme of a coordinator, else My work."""
    if invitation.team is None:
        return reverse("overview:my_work")
    enrolment = invitation.team.enrolment
    if invitation.team.role == TeamRole.COORDINATOR:
        return reverse("partnerships:people", args=[enrolment.programme_id])
    rows = Participation.objects.filter(team=invitation.team, ended_on=None, partnership__ended_on=None)
    partnerships = set(rows.values_list("partnership", flat=True)[:2])
    if invitation.team.role == TeamRole.CITY and len(partnerships) == 1:
        return reverse("overview:partnership", args=[partnerships.pop()])
    return reverse("overview:my_work")


class _OnInvitation(Act):
    """Rule: whoever may invite there, or sent it and is still in the programme."""

    model = Invitation
    selector = staticmethod(invitations_visible_to)
    permission_required = "partnerships.manage_invitation"

    def get_success_url(self):
        if self.object.team_id:
            fallback = reverse("partnerships:team", args=[self.object.team_id])
        else:
            fallback = reverse("partnerships:invite_seat", args=[self.object.seat_id])
        return next_page(self.request, fallback)


class InvitationAgain(_OnInvitation):
    def act(self):
        row = services.send_again(invitation=self.object, by=self.request.user, site=site_of(self.request))
        say_invited(self.request, row)


class InvitationRevoke(_OnInvitation):
    done_message = gettext_lazy("The invitation is withdrawn; its link no longer works.")

    def act(self):
        services.revoke(invitation=self.object, by=self.request.user)


def seats_visible_to(access):
    """Lines of the support groups that the person's teams keep."""
    rows = SupportGroupMember.objects.filter(group__team__in=places_of(access).teams)
    return rows.select_related("group__city")


class SeatInvite(FormPage):
    """Invite the person on a line of the support group; they read what is shared with the group."""

    model = SupportGroupMember
    selector = staticmethod(seats_visible_to)
    permission_required = "partnerships.invite_seat"
    context_object_name = "seat"
    form_class = InviteForm
    template_name = "partnerships/invite_seat.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seat": True}

    def get_initial(self):
        return {"name": self.object.name, "language": get_language()}

    def get_context_data(self, **kwargs):
        invitations = open_invitations(self.request, self.object.invitations.all())
        return super().get_context_data(invitations=invitations, **kwargs)

    def carry_out(self, form):
        invitation = services.invite_to_seat(
            member=self.object,
            by=self.request.user,
            site=site_of(self.request),
            form_key=form.key,
            **form.cleaned_data,
        )
        say_invited(self.request, invitation)

    def get_success_url(self):
        return reverse("partnerships:invite_seat", args=[self.object.pk])


def say_invited(request: Any, invitation: Invitation) -> None:
    """A worker sends it; where the mail server refuses it, the list of invitations says so."""
    messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": invitation.name})


def open_invitations(request: Any, invitations: Any) -> list[dict]:
    """Pending and expired ones that this person may send again, each with its link to copy."""
    rows = invitations.filter(accepted_at=None, revoked_at=None).select_related(
        "team__enrolment__programme", "seat__group", "invited_by", "office"
    )
    mine = [row for row in rows if rules.has_perm("partnerships.manage_invitation", request.access, row)]
    mails = last_mails_about("invitation", [row.pk for row in mine])
    return [{"invitation": row, "link": _link(request, row), "mail": mails.get(row.pk)} for row in mine]


def _link(request: Any, invitation: Any) -> str:
    """To copy; empty where there is none, or not for this person."""
    if invitation.state != InvitationState.PENDING or not may_copy_link.test(request.access, invitation):
        return ""
    return services.link_of(invitation, site_of(request), copied=True)
