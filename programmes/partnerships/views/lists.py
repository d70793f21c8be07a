"""A list of who takes part: pasted or sent, looked at, confirmed; and the people in it, invited later."""

from typing import Any

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from programmes.common.errors import Refusal
from programmes.common.languages import complete_languages
from programmes.common.views import next_page

from ..forms.lists import ListForm
from ..lists.checking import check
from ..lists.results import Checked
from ..lists.words import HEADINGS
from ..models import PreparedInvitation, Programme
from ..selectors import prepared_visible_to, programmes_visible_to
from ..services import lists as services
from ..services import prepared as preparing
from .base import Act, FormPage, ObjectPage, site_of
from .invitations import say_invited

ROWS_A_PAGE = 50
MOST_MENDED = 300
"""Cells that the preview offers for mending at once: a form has its limit of fields."""


class ListAdd(FormPage):
    """Paste or send a list; it is shown as it was understood, and stored once that is confirmed (`take`). Whoever
    presses “Change the list” (`change`) gets its text back."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.enrol"
    context_object_name = "programme"
    form_class = ListForm
    template_name = "partnerships/list_add.html"

    def get_initial(self):
        codes = [code for code, _name in complete_languages()]
        own = self.object.working_language
        return {"language": own if own in codes else get_language()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(headings=list(HEADINGS.values()), **kwargs)

    def form_valid(self, form):
        if "change" in self.request.POST:
            given = {"text": form.as_text(), "language": form.cleaned_data["language"]}
            return self.render_to_response(self.get_context_data(form=self.form_class(initial=given)))
        if "take" in self.request.POST:
            return self.take(form)
        return self.preview(form)

    def preview(self, form: ListForm, refusal: str = ""):
        checked = check(self.object, form.cleaned_data["rows"], form.answers())
        context = _preview(checked) | {"text": form.as_text(), "refusal": refusal}
        return self.render_to_response(self.get_context_data(form=form, **context))

    def take(self, form: ListForm):
        data = form.cleaned_data
        try:
            taken = services.take_in(
                programme=self.object,
                rows=data["rows"],
                answers=form.answers(),
                shown=self.request.POST.get("shown", ""),
                language=data["language"],
                by=self.request.user,
            )
        except Refusal as refusal:
            return self.preview(form, str(refusal))
        messages.success(self.request, _told(taken))
        return redirect(self.get_success_url())

    def get_success_url(self):
        return reverse("partnerships:prepared", args=[self.object.pk])


def _preview(checked: Checked) -> dict[str, Any]:
    return {"checked": checked, "to_mend": {cell.field for cell in checked.faults[:MOST_MENDED]}}


def _told(taken: services.TakenIn) -> str:
    if not (taken.enrolled or taken.prepared):
        return _("All of it is here already.")
    here = ngettext("%(n)s organisation takes part.", "%(n)s organisations take part.", taken.enrolled)
    waiting = ngettext("%(n)s person can be invited.", "%(n)s people can be invited.", taken.prepared)
    return f"{here % {'n': taken.enrolled}} {waiting % {'n': taken.prepared}}"


class Prepared(ObjectPage):
    """Who was entered and is not invited yet, team by team."""

    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.enrol"
    context_object_name = "programme"
    template_name = "partnerships/prepared.html"

    def get_context_data(self, **kwargs):
        rows = prepared_visible_to(self.request.access).filter(team__enrolment__programme=self.object)
        rows = rows.order_by("team__enrolment__organisation__normalised", "team", "pk")
        first = set(preparing.first_of_each(self.object).values_list("pk", flat=True))
        may_invite = rules.has_perm("partnerships.pair", self.request.access, self.object)
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, first=first, may_invite=may_invite, **kwargs)


class PreparedAll(ObjectPage):
    """One button: the first person of each team."""

    http_method_names = ["post"]
    model = Programme
    selector = staticmethod(programmes_visible_to)
    permission_required = "partnerships.pair"

    def post(self, request, *args, **kwargs):
        sent = preparing.invite_first_of_each(programme=self.object, by=request.user, site=site_of(request))
        said = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent.invited)
        messages.success(request, said % {"n": sent.invited})
        for refused in sent.refused:
            messages.error(request, refused)
        return redirect("partnerships:prepared", pk=self.object.pk)


class _OnPrepared(Act):
    model = PreparedInvitation
    selector = staticmethod(prepared_visible_to)

    def get_permission_object(self):
        return self.object.team

    def get_success_url(self):
        return next_page(self.request, reverse("partnerships:team", args=[self.object.team_id]))


class PreparedInvite(_OnPrepared):
    permission_required = "partnerships.add_member"

    def act(self):
        by, site = self.request.user, site_of(self.request)
        invitation = preparing.invite_prepared(prepared=self.object, by=by, site=site)
        say_invited(self.request, invitation)


class PreparedDiscard(_OnPrepared):
    """Whoever sees the row may take it away: the team, and those who enter names for it."""

    permission_required = "partnerships.view_team"
    done_message = gettext_lazy("Nobody is invited. The name and the address are deleted.")

    def act(self):
        preparing.discard(prepared=self.object, by=self.request.user)
