"""What the views of one version of a benchmark share."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from programmes.common.access import Access
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships.models import Programme

from .. import boundary
from ..models import BenchmarkVersion, ContextFactor, KeyFactor


class PersonRequest(HttpRequest):
    """As the middleware leaves it."""

    access: Access
    user: Any


class VersionMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A version that the person may read; 404 for any other."""

    model = BenchmarkVersion
    object: BenchmarkVersion
    request: PersonRequest
    permission_required = "benchmarks.view_version"

    def get_queryset(self):
        rows = boundary.versions_visible_to(self.request.access)
        return rows.select_related("benchmark__origin", "benchmark__programme")

    @property
    def may_write(self) -> bool:
        return boundary.writes(self.request.access, self.object.benchmark)


class WritingMixin(VersionMixin):
    """The same for those who write it."""

    permission_required = "benchmarks.change_version"

    @cached_property
    def language(self) -> str:
        """The one that is written: `in` of the address where the benchmark has it, else the first."""
        asked = self.request.GET.get("in", "")
        languages = self.object.benchmark.languages
        return asked if asked in languages else languages[0]


class PlaceMixin(WritingMixin):
    """A key factor or context factor of the version, by its key; removed ones too."""

    place: Any

    def load_object(self) -> BenchmarkVersion:
        version = super().load_object()
        self.place = place_in(version, self.kwargs["key"])
        return version

    def place_url(self) -> str:
        return reverse("benchmarks:place", args=[self.object.pk, self.place.key])


def place_in(version: BenchmarkVersion, key: str) -> KeyFactor | ContextFactor:
    """Raises Http404."""
    for rows in (version.factors, version.contexts):
        place = rows.filter(key=key).first()
        if place is not None:
            place.version = version
            return place
    raise Http404


def programmes_to_write_in(access: Access):
    return Programme.objects.filter(pk__in=boundary.programmes_steered_by(access))
