"""Pages of a partnership that its coordinator and its people work with: pairing, changes midway, tools."""

from typing import Any

import rules
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.seen import SeenView

from ..enums import CITY_ROLES, Role
from ..forms.partnerships import ChangeForm, LeaveForm, PairForm, ReplaceForm, TakePartForm, ToolsForm, teams_for
from ..forms.teams import EndForm
from ..models import Participation, Partnership, Programme
from ..selectors import (
    dates_out_of_use,
    participations_visible_to,
    people_of,
    programmes_visible_to,
    visible_partnership,
)
from ..selectors.letters import letters_in
from ..services import partnerships as services
from ..services import retention
from ..tool_use import tools_off
from ..tools import all_tools
from .base import Act, FormPage, ObjectPage


class Pair(FormPage):
    """Two cities are brought together by hand; what they need and know stands beside the form, where shared."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.pair"
    context_object_name = "programme"
    form_class = PairForm
    template_name = "partnerships/pair.html"
    done_message = gettext_lazy("The partnership is made. Agree its first dates next.")
    made: Partnership

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.object}

    def get_initial(self):
        asked = self.request.GET
        single = {role for role, rule in self.object.roles.items() if rule.get("most") == 1}
        return {role: asked.get(role) if role in single else asked.getlist(role) for role in self.object.roles}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "compare_url": _compare_url(self.object),
            "may_pair_many": {Role.MENTEE, Role.MENTOR} <= set(self.object.roles),
            "has_cities": teams_for(self.object, Role.MENTEE).exists(),
        }

    def carry_out(self, form):
        data = form.cleaned_data
        self.made = services.create_partnership(
            programme=self.object,
            theme=data["theme"],
            cities=data["cities"],
            facilitator=data["facilitator"],
            reason=data["reason"],
            started_on=data["started_on"],
            by=self.request.user,
            form_key=form.key,
        )

    def get_success_url(self):
        return reverse("partnerships:dates", args=[self.made.pk])


def _compare_url(programme: Any) -> str:
    """The page of needs beside strengths belongs to an app above this one; nothing where it is not installed."""
    try:
        return reverse("overview:pair_compare", args=[programme.pk])
    except NoReverseMatch:
        return ""


class OfPartnership:
    model = Partnership
    permission_required = "partnerships.change_partnership"
    context_object_name = "partnership"

    def load_object(self):
        found = visible_partnership(self.request.access, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(**{"partnership": row, "programme": row.programme} | kwargs)


class History(OfPartnership, ObjectPage):
    """Everybody who took part, from–to, with the reasons; for the coordinator the place to change it."""

    permission_required = "partnerships.view_partnership"
    template_name = "partnerships/history.html"

    def get_context_data(self, **kwargs):
        rows = self.object.participations.select_related("organisation", "team__enrolment__organisation", "ended_by")
        may = {"may_change": "change_partnership", "may_date": "record_stage", "may_choose": "choose_tools"}
        may["may_write"] = "write_letters"
        access = self.request.access
        return super().get_context_data(
            teams=people_of(self.object),
            rows=rows.order_by("started_on", "pk"),
            earlier_dates=dates_out_of_use(self.object),
            letters=letters_in(access, self.object),
            **{name: rules.has_perm(f"partnerships.{perm}", access, self.object) for name, perm in may.items()},
            open=self.object.ended_on is None,
            roles=self.object.programme.role_choices(Role),
            **kwargs,
        )


class Change(SeenView, OfPartnership, FormPage):
    form_class = ChangeForm
    template_name = "partnerships/partnership_form.html"
    done_message = gettext_lazy("The partnership is saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.object}

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=_("Theme and reason"), **kwargs)

    def carry_out(self, form):
        services.change_partnership(partnership=self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:history", args=[self.object.pk])


class TakePart(OfPartnership, FormPage):
    """Somebody joins midway, in the part of the address."""

    form_class = TakePartForm
    template_name = "partnerships/partnership_form.html"
    done_message = gettext_lazy("The team takes part from now on.")

    @property
    def role(self) -> Role:
        try:
            return Role(self.kwargs["role"])
        except ValueError as error:
            raise Http404 from error

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.object, "role": self.role}

    def get_context_data(self, **kwargs):
        part = self.object.programme.role_word(self.role)
        return super().get_context_data(heading=_("Add: %(part)s") % {"part": part}, **kwargs)

    def carry_out(self, form):
        services.add_participation(partnership=self.object, role=self.role, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:history", args=[self.object.pk])


class PartnershipEnd(OfPartnership, FormPage):
    form_class = EndForm
    template_name = "partnerships/confirm.html"
    done_message = gettext_lazy("The partnership has ended. It can be taken up again.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("Has the work of this partnership ended?"),
            label=_("End the partnership"),
            loss=_("Its agreed dates no longer appear as tasks. Its teams go on reading what is theirs."),
            cancel_url=self.get_success_url(),
            **kwargs,
        )

    def carry_out(self, form):
        services.end_partnership(partnership=self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:history", args=[self.object.pk])


class PartnershipReopen(OfPartnership, Act):
    done_message = gettext_lazy("The partnership goes on.")

    def act(self):
        services.reopen_partnership(partnership=self.object, by=self.request.user)

    def get_success_url(self):
        return reverse("partnerships:history", args=[self.object.pk])


class KeepConversations(OfPartnership, Act):
    """A city's choice about what it said here: `keep` says yes, without it no."""

    permission_required = "partnerships.keep_conversations"
    done_message = gettext_lazy("Your choice is noted.")

    def act(self):
        keep = "keep" in self.request.POST
        retention.keep_conversations(partnership=self.object, keep=keep, access=self.request.access)

    def get_success_url(self):
        return reverse("overview:partnership", args=[self.object.pk])


class OfParticipation:
    """For pages about one part in a partnership; one that ended already is gone from them."""

    model = Participation
    permission_required = "partnerships.change_partnership"
    template_name = "partnerships/partnership_form.html"

    @staticmethod
    def selector(access):
        rows = participations_visible_to(access).filter(ended_on=None)
        return rows.select_related("organisation", "partnership__programme", "team__enrolment")

    def get_permission_object(self):
        return self.object.partnership

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"participation": self.object}

    def get_context_data(self, **kwargs):
        row = self.object
        words = {"name": row.organisation.name, "part": row.get_role_display()}
        loss = _("The team of %(name)s loses this partnership at once. What it wrote stays under its name.") % words
        return super().get_context_data(
            partnership=self.object.partnership,
            programme=self.object.partnership.programme,
            heading=self.heading % words,
            loss=loss,
            leaves=row,
            note=self.city_note if row.role in CITY_ROLES else "",
            **kwargs,
        )

    def get_success_url(self):
        return reverse("partnerships:history", args=[self.object.partnership_id])


class Replace(OfParticipation, FormPage):
    form_class = ReplaceForm
    heading = gettext_lazy("Replace %(name)s (%(part)s)")
    city_note = gettext_lazy("The city’s associations leave with it; those of its successor join.")
    done_message = gettext_lazy("The organisation is replaced. The history keeps both.")

    def carry_out(self, form):
        services.replace_participation(old=self.object, by=self.request.user, **form.cleaned_data)


class Leave(OfParticipation, FormPage):
    form_class = LeaveForm
    heading = gettext_lazy("%(name)s (%(part)s) leaves the partnership")
    city_note = gettext_lazy("The city’s associations leave with it.")
    done_message = gettext_lazy("The part has ended. The history keeps it.")

    def carry_out(self, form):
        services.end_participation(participation=self.object, by=self.request.user, **form.cleaned_data)


class Tools(SeenView, OfPartnership, FormPage):
    """What the cities use; switching off hides and deletes nothing."""

    permission_required = "partnerships.choose_tools"
    form_class = ToolsForm
    template_name = "partnerships/tools.html"
    done_message = gettext_lazy("The tools are saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.object}

    def get_context_data(self, **kwargs):
        access = self.request.access
        return super().get_context_data(tools=all_tools(), tools_off=tools_off(access, self.object), **kwargs)

    def carry_out(self, form):
        services.choose_tools(partnership=self.object, tools=form.cleaned_data["tools"], by=self.request.user)

    def get_success_url(self):
        return reverse("overview:partnership", args=[self.object.pk])
