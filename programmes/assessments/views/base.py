"""What the views of one response share."""

from typing import Any

from django.http import Http404

from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin

from .. import selectors, structure, versions
from ..models import Part, Response
from ..rules import SectionOf


class ResponseMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A response that the person may see, in part or in whole; 404 for any other."""

    model = Response
    permission_required = "assessments.view_response"
    request: Any
    kwargs: dict[str, Any]

    def load_object(self) -> Response:
        response = selectors.response_to_show(self.request.access, self.kwargs["pk"])
        if response is None:
            raise Http404
        return response


class BoxMixin(ResponseMixin):
    """One box of a response, which the person writes; also one that the form asked in an earlier version, so that
    whoever had it open is told instead of losing what they typed."""

    permission_required = "assessments.write_section"

    part: Part

    def load_object(self) -> Response:
        response = super().load_object()
        key = self.kwargs["part"]
        asked = structure.parts_of(response.questionnaire_version)
        part = asked.get(key) or versions.earlier_parts(response).get(key)
        if part is None:
            raise Http404
        self.part = part
        return response

    def get_permission_object(self) -> SectionOf:
        return SectionOf(self.object, self.part.question.section)

    def page_url(self) -> str:
        """The page of the box, with its anchor."""
        return selectors.box_url(self.object, self.part)
