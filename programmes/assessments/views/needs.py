"""The list of needs, one need, and a would-be mentor's word on it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin

from .. import boundary, rules
from ..conversations import conversations_on
from ..forms import HelpForm, NeedForm
from ..models import HelpStatement, Need
from ..pages.choices import about_words, likely_languages
from ..pages.writing import FormPage
from ..services import needs as services
from .base import ResponseMixin


class NeedFormMixin:
    """A form of one need of `self.response_of_need`."""

    form_class = NeedForm
    template_name = "assessments/needs.html"

    @cached_property
    def page(self) -> FormPage:
        return FormPage(self.response_of_need, self.request.access)

    def get_form_kwargs(self):
        response, access = self.response_of_need, self.request.access
        parts = self.page.own_questions
        return super().get_form_kwargs() | {"parts": parts, "languages": likely_languages(response, access)}

    def get_success_url(self):
        return reverse("assessments:needs", args=[self.response_of_need.pk])


class NeedList(NeedFormMixin, ResponseMixin, FormView):
    """The needs of a needs analysis, with a form for one more."""

    permission_required = "assessments.write_needs"

    @property
    def response_of_need(self):
        return self.object

    def get_initial(self):
        return {"part_key": self.request.GET.get("part", ""), "language": self.page.language}

    def get_context_data(self, **kwargs):
        rows = self.object.needs.select_related("created_by").prefetch_related("shared_in")
        statements: dict[int, list] = {}
        for said in (
            boundary.help_visible_to(self.request.access)
            .filter(need__response=self.object)
            .select_related("team__enrolment__organisation", "by")
        ):
            statements.setdefault(said.need_id, []).append(said)
        by_need: dict[int | None, list] = {}
        for row in conversations_on(self.object, self.request.access, part_keys=()):
            by_need.setdefault(row.about_answer.need_id, []).append((about_words(row, {}), row))
        needs = [(need, statements.get(need.pk, []), by_need.get(need.pk, [])) for need in rows]
        return super().get_context_data(
            response=self.object,
            page=self.page,
            needs=[row for row in needs if row[0].retired_at is None],
            retired=[row for row in needs if row[0].retired_at is not None],
            conversations=bool(by_need),
            **kwargs,
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Need(response=self.object)}

    def form_valid(self, form):
        need = services.add_need(response=self.object, access=self.request.access, form_key=form.key, **form.values())
        messages.success(self.request, _("Need %(number)s is on the list.") % {"number": need.number})
        return super().form_valid(form)


class NeedMixin(ObjectPermissionMixin, VisibleObjectMixin):
    model = Need
    selector = staticmethod(
        lambda access: boundary.needs_visible_to(access).select_related(
            "response__questionnaire",
            "response__questionnaire_version",
            "response__team__enrolment__organisation",
            "response__team__enrolment__programme",
        )
    )


class NeedWriteMixin(NeedMixin):
    """A need whose list the person writes."""

    permission_required = "assessments.write_needs"

    def get_permission_object(self):
        return self.object.response

    @property
    def response_of_need(self):
        return self.object.response


class NeedChange(SeenView, NeedFormMixin, NeedWriteMixin, FormView):
    """One need, to be put in better words."""

    template_name = "assessments/need.html"

    def get_form_kwargs(self):
        # A copy: a refused text must not stand in the heading.
        return super().get_form_kwargs() | {"instance": Need.objects.get(pk=self.object.pk)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(response=self.response_of_need, page=self.page, need=self.object, **kwargs)

    def form_valid(self, form):
        services.change_need(need=self.object, access=self.request.access, **form.values())
        messages.success(self.request, _("The need is saved."))
        return super().form_valid(form)


class NeedRetire(NeedWriteMixin, View):
    """Takes a need off the list, or brings it back."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if "back" in request.POST:
            services.bring_back_need(need=self.object, by=request.user)
            messages.success(request, _("Need %(number)s is on the list again.") % {"number": self.object.number})
        else:
            services.retire_need(need=self.object, by=request.user)
            messages.success(request, _("Need %(number)s is removed from the list.") % {"number": self.object.number})
        return redirect("assessments:needs", self.object.response_id)


class StateHelp(SeenView, NeedMixin, FormView):
    """Whether the would-be mentor's team feels able to help with this need."""

    permission_required = "assessments.state_help"
    form_class = HelpForm
    template_name = "assessments/help.html"

    @cached_property
    def team(self):
        return rules.help_team(self.request.access, self.object.response)

    def get_form_kwargs(self):
        own = HelpStatement.objects.filter(need=self.object, team=self.team).first()
        return super().get_form_kwargs() | {"instance": own or HelpStatement(), "number": self.object.pk}

    def get_context_data(self, **kwargs):
        version = boundary.shared_sections(self.request.access, self.object.response)[boundary.NEEDS_SECTION]
        shared = next((need for need in version.content["needs"] if need["id"] == self.object.pk), None)
        return super().get_context_data(need=shared, response=self.object.response, **kwargs)

    def form_valid(self, form):
        services.state_help(need=self.object, team=self.team, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Your answer to need %(number)s is saved.") % {"number": self.object.number})
        return super().form_valid(form)

    def get_success_url(self):
        return f"{reverse('assessments:read', args=[self.object.response_id])}#needs"
