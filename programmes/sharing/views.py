"""The page that lays two versions side by side. Apps say which versions a person may read, and what stands in them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from .comparison import Topic, compare
from .models import SharedSnapshot


class ComparisonPage(TemplateView):
    """GET: what changed between the version of the address and the one that `with` names, the older one first;
    without `with` the one before it, else the one after. Mixed into a view that has loaded `object`."""

    template_name = "sharing/compare.html"
    object: Any

    def readable(self) -> QuerySet[Any]:
        """All versions of the same that the person may read."""
        raise NotImplementedError

    def topics(self, older: Any, newer: Any) -> tuple[list[Topic], list[Topic]]:
        """What stands in both, as far as the person may read both."""
        raise NotImplementedError

    def left_out(self, older: Any, newer: Any) -> list[str]:
        """Titles of what the person may read in one of them only."""
        return []

    def heading(self) -> str:
        raise NotImplementedError

    def page_of(self, version: Any) -> str:
        """The address of one version."""
        raise NotImplementedError

    @cached_property
    def others(self) -> list[SharedSnapshot]:
        """Newest first, without their texts."""
        return list(self.readable().exclude(pk=self.object.pk).defer("data").order_by("-number"))

    def chosen(self) -> SharedSnapshot | None:
        """The other version; 404 for one that the person may not read."""
        wanted = self.request.GET.get("with")
        if wanted is not None:
            found = [version for version in self.others if str(version.pk) == wanted]
            if not found:
                raise Http404
            return found[0]
        earlier = [version for version in self.others if version.number < self.object.number]
        return next(iter(earlier or self.others[::-1]), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, other = self.object, self.chosen()
        context: dict[str, Any] = {"version": version, "other": other, "others": self.others, "title": self.heading()}
        context["version_url"] = self.page_of(version)
        if other is not None:
            older, newer = sorted((version, other), key=lambda row: row.number)
            before, after = self.topics(older, newer)
            context |= {
                "older": older,
                "newer": newer,
                "older_url": self.page_of(older),
                "newer_url": self.page_of(newer),
                "changed": compare(before, after),
                "has_common": bool(before or after),
                "left_out": self.left_out(older, newer),
            }
        return super().get_context_data(**context, **kwargs)
