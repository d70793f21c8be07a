"""Pages of a local support group, seen by the team that keeps it and by its facilitator: anybody else gets 404."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from programmes.common.choosing import ChoosingMixin, is_choosing, unjudged, unjudged_lines
from programmes.common.languages import complete_languages
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.links.selectors import requests_by, to_copy
from programmes.links.services import about
from programmes.participants.enums import OrganisationKind

from .. import hints
from ..forms.seat_links import AboutGroupForm, SeatLinksForm
from ..forms.support_groups import GroupMemberFormSet, HandOnForm, SupportGroupForm
from ..hints import COMFORTABLE_SIZE
from ..links import offers_seat
from ..models import SupportGroup, SupportGroupMember, Team
from ..selectors import mirrors_of, successors_of, support_groups_visible_to, teams_visible_to
from ..services import support_groups as services
from ..services.seat_links import SEAT, invite_by_link
from .base import Act, FormPage, ObjectPage, site_of

SOME_MORE_LINES = 3


class SupportGroupPage(ObjectPage):
    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.view_support_group"
    template_name = "partnerships/support_group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group, access = self.object, self.request.access
        members = list(group.members.select_related("person"))
        may_change = rules.has_perm("partnerships.change_support_group", access, group)
        return super().get_context_data(
            group=group,
            city=group.city,
            members=members,
            rows=lines_of(self.request, group, members) if may_change else [(member, None, None) for member in members],
            link_requests=requests_by(about([SEAT], [member.pk for member in members])) if may_change else [],
            any_free=any(member.person_id is None and member.ended_on is None for member in members),
            hints=hints.hints_for(members),
            tasks=hints.about(),
            mirrors=mirrors_of(access, group),
            may_change=may_change,
            may_hand_on=may_change and successors_of(group).exists(),
            **kwargs,
        )


def lines_of(request: Any, group: SupportGroup, members: list[SupportGroupMember]) -> list[tuple[Any, Any, Any]]:
    """Each with its newest link, for whoever keeps the group, and what to copy of it where there is something."""
    links = {link.subject_id: link for link in about([SEAT], [m.pk for m in members]).select_related("person", "mail")}
    site, sentence = site_of(request), partial(offers_seat, group)
    return [(member, link := links.get(member.pk), to_copy(link, site, sentence)) for member in members]


class SeatLinks(FormPage):
    """Links for the seats that nobody has taken up: mailed, or passed on by hand."""

    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.change_support_group"
    template_name = "partnerships/seat_links.html"
    form_class = SeatLinksForm
    context_object_name = "group"
    done_message = gettext_lazy("The links are made. Pass on by hand those without an address.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def get_form_kwargs(self) -> dict[str, Any]:
        seats = self.object.members.filter(person=None, ended_on=None)
        return super().get_form_kwargs() | {"seats": list(seats)}

    def carry_out(self, form: SeatLinksForm) -> None:
        invite_by_link(
            group=self.object,
            seats=form.chosen,
            language=form.cleaned_data["language"],
            days=form.cleaned_data["days"],
            by=self.request.user,
            site=site_of(self.request),
        )

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class AboutGroup(SeenView, FormPage):
    """Half a page to pass on, what the group costs, whether partner cities may know of it."""

    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.change_support_group"
    template_name = "partnerships/support_group_about.html"
    form_class = AboutGroupForm
    context_object_name = "group"
    done_message = gettext_lazy("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        group = self.object
        codes = [*group.city.languages, *group.half_page, *(code for code, _name in complete_languages())]
        return super().get_form_kwargs() | {"instance": group, "languages": list(dict.fromkeys(codes))}

    def carry_out(self, form: AboutGroupForm) -> None:
        services.describe(group=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class _GroupForm(SeenView, ObjectPermissionMixin, VisibleObjectMixin, ChoosingMixin, FormView):
    """A group with its ten lines on one page; typed in a minute."""

    template_name = "partnerships/support_group_form.html"
    form_class = SupportGroupForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.group}

    def cancel_url(self) -> str:
        return self.group.get_absolute_url()

    def lines(self) -> Any:
        data = self.request.POST if self.request.method == "POST" else None
        formset = GroupMemberFormSet(data, instance=self.group, prefix="members")
        formset.extra = max(SOME_MORE_LINES, COMFORTABLE_SIZE - formset.initial_form_count())
        return formset

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form, lines = self.get_form(), self.lines()
        if is_choosing(request):
            return self.render_to_response(self.get_context_data(form=unjudged(form), lines=unjudged_lines(lines)))
        if not all([form.is_valid(), lines.is_valid()]):
            return self.render_to_response(self.get_context_data(form=form, lines=lines))
        group = services.save_group(group=form.instance, members=lines, by=request.user, form_key=form.key)
        messages.success(request, _("The group is saved."))
        return redirect(group)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("lines", self.lines())
        members = list(self.group.members.all()) if self.group.pk else []
        query = urlencode({"kind": OrganisationKind.STAKEHOLDER, "next": self.request.path})
        return context | {
            "group": self.group,
            "city": self.group.city,
            "hints": hints.hints_for(members),
            "add_body_url": f"{reverse('participants:organisation_add')}?{query}",
            "cancel_url": self.cancel_url(),
        }


class SupportGroupAdd(_GroupForm):
    """A city's team begins a group, and keeps it."""

    model = Team
    selector = staticmethod(teams_visible_to)
    permission_required = "partnerships.add_support_group"

    @cached_property
    def group(self) -> SupportGroup:
        return SupportGroup(team=self.object, city=self.object.enrolment.organisation)

    def cancel_url(self) -> str:
        return reverse("partnerships:team", args=[self.group.team_id])


class SupportGroupEdit(_GroupForm):
    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.change_support_group"

    @property
    def group(self) -> SupportGroup:
        return self.object


class _OnGroup(Act):
    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.change_support_group"

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class SupportGroupRest(_OnGroup):
    """Let a group rest, or wake it; nothing is lost either way."""

    wake = False

    def act(self) -> None:
        act = services.wake_group if self.wake else services.rest_group
        act(group=self.object, by=self.request.user)


class SupportGroupHandOn(FormPage):
    """Another team of the city keeps the group from now on."""

    model = SupportGroup
    selector = staticmethod(support_groups_visible_to)
    permission_required = "partnerships.change_support_group"
    template_name = "partnerships/support_group_hand_on.html"
    form_class = HandOnForm
    context_object_name = "group"
    done_message = gettext_lazy("The group is handed over: that team keeps it now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"teams": successors_of(self.object)}

    def carry_out(self, form: HandOnForm) -> None:
        services.hand_on(group=self.object, team=form.cleaned_data["team"], by=self.request.user)

    def get_success_url(self) -> str:
        """Whoever gave it away reads it no longer."""
        return reverse("overview:my_work")
