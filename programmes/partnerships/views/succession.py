"""Who follows in a team: stand-in and office, the ways back into an empty team, and the team's own history."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from programmes.common.errors import Refusal
from programmes.common.seen import SeenView

from ..forms.succession import AcceptBackingForm, OfficeForm, PersonForm, StandInForm
from ..models import Backing, Team, TeamOffice, TeamReopening, TeamStandIn
from ..selectors import backings_visible_to, confirming_team, reopenings_visible_to
from ..selectors.succession import confirmers_of, office_comes_first, office_has_until
from ..services import succession as services
from ..services.backings import accept_backing
from .base import Act, FormPage, ObjectPage, site_of
from .teams import OfTeam


class TeamHistory(OfTeam, ObjectPage):
    """Who joined, left and was invited; for the team and its partner city's team."""

    permission_required = "partnerships.read_team_history"
    template_name = "partnerships/team_history.html"

    def get_context_data(self, **kwargs):
        events = self.object.events.select_related("person", "by")[:200]
        return super().get_context_data(
            events=events, team=self.object, programme=self.object.enrolment.programme, **kwargs
        )


class Succession(OfTeam, ObjectPage):
    """Who follows when the last member leaves: seen and changed by the team alone."""

    permission_required = "partnerships.arrange_succession"
    template_name = "partnerships/succession.html"

    def get_context_data(self, **kwargs):
        team = self.object
        forms = {
            "stand_in_form": StandInForm(instance=row_of(TeamStandIn, team)),
            "office_form": OfficeForm(instance=row_of(TeamOffice, team)),
        }
        return super().get_context_data(**{"team": team, "programme": team.enrolment.programme} | forms | kwargs)


def row_of(model: type[TeamStandIn] | type[TeamOffice], team: Team) -> TeamStandIn | TeamOffice:
    """The one that the team named, or a new one in the language of whoever names it."""
    return model._default_manager.filter(team=team).first() or model(team=team, language=get_language())


class _Arrange(SeenView, OfTeam, FormPage):
    """One of the two forms; refused, it stands on the same page again."""

    permission_required = "partnerships.arrange_succession"
    template_name = "partnerships/enrolment_form.html"
    heading: Any = ""
    named: type[TeamStandIn] | type[TeamOffice]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": row_of(self.named, self.object)}

    def get_context_data(self, **kwargs):
        enrolment = self.object.enrolment
        context = {"enrolment": enrolment, "programme": enrolment.programme, "heading": self.heading}
        return super().get_context_data(**context, **kwargs)

    def get_success_url(self):
        return reverse("partnerships:succession", args=[self.object.pk])


class StandIn(_Arrange):
    form_class = StandInForm
    named = TeamStandIn
    heading = gettext_lazy("Stand-in")
    done_message = gettext_lazy("The stand-in is named, and invited when the last of you leaves.")

    def carry_out(self, form):
        services.name_stand_in(team=self.object, by=self.request.user, **form.cleaned_data)


class Office(_Arrange):
    form_class = OfficeForm
    named = TeamOffice
    heading = gettext_lazy("Office that appoints")
    done_message = gettext_lazy("The office is named. It counts once it has confirmed its address by mail.")

    def carry_out(self, form):
        data = form.cleaned_data
        services.name_office(team=self.object, by=self.request.user, site=site_of(self.request), **data)


class Reopen(OfTeam, FormPage):
    """For the coordinator at an empty team: what can be done, and by whom."""

    permission_required = "partnerships.reopen_team"
    form_class = PersonForm
    template_name = "partnerships/reopen.html"
    done_message = gettext_lazy("The person is named. One of the other organisations confirms now.")

    def get_initial(self):
        return {"language": get_language()}

    def get_context_data(self, **kwargs):
        team = self.object
        office = TeamOffice.objects.filter(team=team, confirmed_at__isnull=False).first()
        confirmers = list(confirmers_of(team).select_related("enrolment__organisation"))
        stopped = team.reopenings.filter(stopped_at__isnull=False).exists()
        wait = office_comes_first(team)
        return super().get_context_data(
            team=team,
            programme=team.enrolment.programme,
            office=office,
            office_has_until=office_has_until(office) if office else None,
            office_comes_first=wait,
            confirmers=confirmers,
            reopening=team.reopenings.filter(stopped_at=None, opened_at=None).first(),
            groups=team.support_groups.exists(),
            may_begin_anew=(stopped or not confirmers) and not wait,
            **kwargs,
        )

    def carry_out(self, form):
        services.ask_to_reopen(team=self.object, by=self.request.user, **form.cleaned_data)


class AskOffice(OfTeam, Act):
    """The office is written to again."""

    permission_required = "partnerships.reopen_team"
    done_message = gettext_lazy("The office was written to.")

    def act(self):
        services.ask_office_again(team=self.object, site=site_of(self.request))


class BeginAnew(OfTeam, Act):
    permission_required = "partnerships.reopen_team"
    done_message = gettext_lazy("The team is begun anew. Invite its first member.")

    def act(self):
        self.new = services.begin_anew(team=self.object, by=self.request.user)

    def get_success_url(self):
        return reverse("partnerships:team", args=[getattr(self, "new", self.object).pk])


class ReopeningConfirm(Act):
    """Another organisation confirms whom the coordinator named; asked on a page first."""

    http_method_names = ["get", "head", "post"]
    model = TeamReopening
    selector = staticmethod(reopenings_visible_to)
    permission_required = "partnerships.confirm_reopening"
    done_message = gettext_lazy("Confirmed. Former members are told; the invitation goes out in a week.")

    def get(self, request, *args, **kwargs):
        row = self.object
        context = {"reopening": row, "programme": row.team.enrolment.programme, "days": services.OBJECT_WITHIN.days}
        return render(request, "partnerships/reopening.html", context)

    def act(self):
        team = confirming_team(self.request.access, self.object)
        if team is None:
            raise services.NotYoursToConfirm
        services.confirm_reopening(reopening=self.object, team=team, by=self.request.user, site=site_of(self.request))

    def get_success_url(self):
        return reverse("overview:my_work")


class BackingAccept(FormPage):
    """The city's team accepts an association that would stand behind it."""

    model = Backing
    permission_required = "partnerships.accept_backing"
    form_class = AcceptBackingForm
    template_name = "partnerships/backing_accept.html"
    done_message = gettext_lazy("It is your city’s association now, in its partnerships too.")

    @staticmethod
    def selector(access):
        rows = backings_visible_to(access).filter(ended_on=None)
        return rows.select_related("team__enrolment__organisation", "enrolment__programme", "enrolment__organisation")

    def get_context_data(self, **kwargs):
        return super().get_context_data(backing=self.object, programme=self.object.enrolment.programme, **kwargs)

    def carry_out(self, form):
        accept_backing(backing=self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:enrolment", args=[self.object.enrolment_id])


@method_decorator(never_cache, name="dispatch")
class _ByLink(View):
    """A page behind a signed link, without signing in: opening it changes nothing."""

    template_name = "partnerships/by_link.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.find(kwargs["token"])
        except Refusal as refusal:
            return self.page(refused=str(refusal), status=404)
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    def find(self, token: str) -> None:
        raise NotImplementedError

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, self.template_name, context, status=status)


class OfficeConfirm(_ByLink):
    signer: signing.Signer = services.CONFIRM_OFFICE

    def find(self, token):
        self.office = services.office_of(token, self.signer)

    def get(self, request, token):
        text = _("Shall “%(post)s” be able to name somebody when nobody is left in the team of %(team)s?")
        words = {"post": self.office.post, "team": self.office.team}
        return self.page(text=text % words, label=_("Yes, this is our address"))

    def post(self, request, token):
        services.confirm_office(office=self.office)
        return self.page(done=_("Thank you. You are written to when nobody is left in the team."))


class OfficeOpen(OfficeConfirm):
    """The office names who takes the work on."""

    signer = services.OPEN_BY_OFFICE

    def get(self, request, token):
        return self.ask(PersonForm(initial={"language": self.office.language}, label=_("Invite this person")))

    def post(self, request, token):
        form = PersonForm(request.POST, label=_("Invite this person"))
        if not form.is_valid():
            return self.ask(form)
        try:
            services.open_by_office(office=self.office, site=site_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.ask(form)
        return self.page(done=_("Thank you. The invitation is on its way; you read nothing of the team yourself."))

    def ask(self, form: PersonForm) -> HttpResponse:
        text = _("Nobody is left in the team of %(team)s. Who takes the work on? The person is invited by mail.")
        return self.page(text=text % {"team": self.office.team}, form=form)


class ReopeningObject(_ByLink):
    """A former member objects to whom the coordinator named."""

    def find(self, token):
        self.reopening, self.person = services.objection_of(token)

    def get(self, request, token):
        row = self.reopening
        if row.stopped_at or row.opened_at:
            return self.page(done=_("This has been decided already."))
        text = _("%(by)s named %(name)s (%(email)s) for the team of %(team)s. If you object, nobody is invited.")
        words = {"by": row.asked_by, "name": row.name, "email": row.email, "team": row.team}
        return self.page(text=text % words, label=_("I object"))

    def post(self, request, token):
        try:
            services.stop_reopening(reopening=self.reopening, person=self.person)
        except Refusal as refusal:
            return self.page(refused=str(refusal), status=409)
        return self.page(done=_("Nobody is invited. The coordinator is told so."))
