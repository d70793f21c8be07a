"""What the views of one practice share."""

from typing import Any

from django.shortcuts import get_object_or_404

from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin

from ..models import Practice
from ..selectors import practices_to_show


class PracticeMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A practice that the person reads; 404 for any other. To who reads only what was offered, the rules say no."""

    model = Practice
    permission_required = "practices.change_practice"
    request: Any

    def load_object(self) -> Practice:
        return get_object_or_404(practices_to_show(self.request.access), pk=self.kwargs["pk"])
