"""My forms, beginning one, writing in it, reading what others shared."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from programmes.common.views import ObjectPermissionMixin, SignedInMixin
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Team
from programmes.partnerships.selectors import teams_visible_to

from .. import boundary, selectors, structure
from ..enums import Purpose
from ..models import Response
from ..pages.reading import ReadPage
from ..pages.writing import FormPage
from ..rules import FormOf
from ..services import answers as services
from ..wording import worded
from .base import ResponseMixin


class FormList(SignedInMixin, TemplateView):
    """What I write, what waits to be begun, what was shared with me."""

    template_name = "assessments/form_list.html"

    def get_context_data(self, **kwargs):
        access = self.request.access
        return super().get_context_data(
            written=selectors.responses_to_write(access),
            to_begin=selectors.forms_to_begin(access),
            to_read=selectors.responses_to_read(access),
            **kwargs,
        )


class Start(ObjectPermissionMixin, TemplateView):
    """A form before anybody wrote in it: what it is for, and the button that begins it."""

    template_name = "assessments/start.html"
    permission_required = "assessments.begin"

    def get_object(self) -> Team:
        """Whose form it is."""
        if self.kwargs["purpose"] not in Purpose.values:
            raise Http404
        rows = teams_visible_to(self.request.access).select_related("enrolment__organisation", "enrolment__programme")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_permission_object(self) -> FormOf:
        return FormOf(self.object, self.kwargs["purpose"])

    def get(self, request, *args, **kwargs):
        begun = Response.objects.filter(team=self.object, questionnaire__purpose=kwargs["purpose"]).first()
        return redirect(begun) if begun else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return redirect(services.begin(team=self.object, purpose=kwargs["purpose"], access=request.access))

    def get_context_data(self, **kwargs):
        programme = self.object.enrolment.programme
        version = structure.newest_for(programme, self.kwargs["purpose"])
        if version is None:
            raise Http404
        intro = worded(version.intro, programme.variables)
        return super().get_context_data(
            enrolment=self.object.enrolment, questionnaire=version.questionnaire, intro=intro, **kwargs
        )


class FormView(ResponseMixin, TemplateView):
    """One section to write in, or to read where somebody else writes it. Readers get the page made for reading."""

    template_name = "assessments/form.html"

    def get(self, request, *args, **kwargs):
        if boundary.writing_of(request.access, self.object) is None:
            return redirect("assessments:read", self.object.pk)
        return super().get(request, *args, **kwargs)

    def _unfolds(self) -> bool | None:
        return False if "fold" in self.request.GET else True if "all" in self.request.GET else None

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("section", "")
        page = FormPage(self.object, self.request.access, section_key=asked, unfolds=self._unfolds())
        backed = [] if self.object.team.role == TeamRole.CITY else selectors.cities_backed_by(self.object)
        own_context = selectors.own_context_url(self.object, page.writing, page.section)
        return super().get_context_data(
            response=self.object, page=page, backed=backed, own_context=own_context, **kwargs
        )


class ReadView(ResponseMixin, TemplateView):
    """What was shared with this person, section by section, the newest version of each."""

    template_name = "assessments/read.html"

    def get_context_data(self, **kwargs):
        page = ReadPage(self.object, self.request.access)
        return super().get_context_data(response=self.object, page=page, **kwargs)
