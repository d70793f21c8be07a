"""Benchmarks to read: the list, the booklet, a page per factor, all on one page."""

from typing import Any

import rules
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView

from programmes.common.views import SignedInMixin

from .. import selectors
from ..booklet import Booklet, booklet_of
from .base import PersonRequest, VersionMixin


class BenchmarkList(SignedInMixin, TemplateView):
    """What there is, and why nothing is scored."""

    template_name = "benchmarks/list.html"
    request: PersonRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = self.request.access
        return super().get_context_data(
            entries=selectors.to_read(access),
            drafts=selectors.being_written(access),
            may_begin=rules.has_perm("benchmarks.add_benchmark", access),
            **kwargs,
        )


class _Booklet(VersionMixin, DetailView):
    outline = False

    @cached_property
    def booklet(self) -> Booklet:
        return booklet_of(self.object, outline=self.outline)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"booklet": self.booklet, "version": self.object, "may_write": self.may_write}
        return super().get_context_data(**more, **kwargs)


class BookletPage(_Booklet):
    """The overview: all factors at a glance."""

    template_name = "benchmarks/booklet.html"
    outline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            newest=selectors.newer_than(self.object) if self.object.retired_at else None,
            draft=selectors.draft_of(self.object) if self.may_write and not self.object.is_draft else None,
            may_copy=rules.has_perm("benchmarks.add_benchmark", self.request.access),
            **kwargs,
        )


class WholePage(_Booklet):
    """All of it on one page, to print or to search."""

    template_name = "benchmarks/whole.html"


class FactorPage(_Booklet):
    """One key factor, with the one before and the one behind it."""

    template_name = "benchmarks/factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factors = self.booklet.factors
        place = next((n for n, factor in enumerate(factors) if factor.key == self.kwargs["key"]), None)
        if place is None:
            raise Http404
        return super().get_context_data(
            factor=factors[place],
            before=factors[place - 1] if place else None,
            after=factors[place + 1] if place + 1 < len(factors) else None,
            **kwargs,
        )
