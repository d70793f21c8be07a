"""Writing a benchmark: the whole, one factor, single passages, who else is here."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import Http404
from django.urls import reverse
from django.views.generic import DetailView

from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.autosave import AutosaveView, HistoryView, PresenceView, SavedBox
from programmes.common.languages import endonym
from programmes.common.revisions import Saved

from .. import boundary, pages
from ..booklet import Words
from ..boxes import ABOUT, OF_A_CONTEXT, OF_A_FACTOR, OF_AN_EXAMPLE, OF_THE_WHOLE, Asked
from ..models import BenchmarkVersion, KeyFactor, Passage
from ..pages import NO_LANGUAGE, box_name
from ..services import writing as services
from .base import PlaceMixin, WritingMixin, place_in


class _Writing(WritingMixin, DetailView):
    context_object_name = "version"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        benchmark = self.object.benchmark
        titles = pages.titles_in(self.object, self.language)
        return super().get_context_data(
            version=self.object,
            language=self.language,
            first_language=benchmark.first_language,
            languages=[(code, endonym(code)) for code in benchmark.languages],
            theme=titles.get(ABOUT, Words()),
            titles=titles,
            **kwargs,
        )


class WritePage(_Writing):
    """What is said of the whole, and the list of its factors."""

    template_name = "benchmarks/write.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(boxes=pages.boxes_of_the_whole(self.object, self.language), **kwargs)
        for name, rows in (("factors", self.object.factors), ("contexts", self.object.contexts)):
            named = [(place, context["titles"].get(place.key, Words())) for place in rows.all()]
            context[name] = [row for row in named if row[0].removed_at is None]
            context[f"removed_{name}"] = [row for row in named if row[0].removed_at is not None]
        return context


class PlacePage(PlaceMixin, _Writing):
    """One key factor or context factor, in one language."""

    template_name = "benchmarks/place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        boxes = pages.boxes_of(self.place, self.language)
        more = self._examples() if isinstance(self.place, KeyFactor) else self._bearing(context["titles"])
        title = context["titles"].get(self.place.key, Words())
        return context | {"place": self.place, "boxes": boxes, "place_title": title} | more

    def _examples(self) -> dict[str, Any]:
        examples = list(self.place.examples.all())
        present = [example for example in examples if example.removed_at is None]
        return {
            "is_factor": True,
            "examples": pages.boxes_of_examples(self.place, present, self.language),
            "removed_examples": [example for example in examples if example.removed_at is not None],
        }

    def _bearing(self, titles: dict[str, Words]) -> dict[str, Any]:
        present = self.place.bears_on.filter(removed_at=None)
        return {"is_factor": False, "bears_on": [titles.get(factor.key, Words(factor.key)) for factor in present]}


class WritingPresence(WritingMixin, PresenceView):
    """Who else writes here, and what was saved meanwhile."""

    kind = "benchmark"

    def get_place(self):
        return self.object.pk, boundary.writers_of(self.object.benchmark)

    def get_revisions(self) -> dict[str, int]:
        rows = self.object.passages.values_list("key", "language", "revision")
        return {box_name(key, language): revision for key, language, revision in rows}

    def get_boxes(self, names: set[str]):
        for row in self.object.passages.select_related("updated_by"):
            name = box_name(row.key, row.language)
            asked = asked_in(row.key)
            if name in names and asked is not None:
                yield SavedBox(name, row, asked.value_kind, asked.box(row.key))


def asked_in(key: str) -> Asked | None:
    """What a box of this key asks, by its place alone: "about.…", "<factor>.…" or "<factor>.example-1.…". A context
    factor and a key factor have no box of the same name but the title."""
    *place, name = key.split(".")
    boxes = OF_THE_WHOLE if place == [ABOUT] else (*OF_A_FACTOR, *OF_A_CONTEXT) if len(place) == 1 else OF_AN_EXAMPLE
    return next((asked for asked in boxes if asked.name == name), None)


class PassageMixin(WritingMixin):
    """One box of the version, in one language."""

    asked: Asked
    spoken: str

    def load_object(self) -> BenchmarkVersion:
        version = super().load_object()
        asked = asked_of(version, self.kwargs["box"])
        language = self.kwargs["language"]
        self.spoken = "" if language == NO_LANGUAGE else language
        if asked is None or asked.has_language != bool(self.spoken):
            raise Http404
        if self.spoken and self.spoken not in version.benchmark.languages:
            raise Http404
        self.asked = asked
        return version

    @property
    def named(self) -> dict[str, Any]:
        return {"version": self.object, "key": self.kwargs["box"], "language": self.spoken}

    def box_url(self) -> str:
        key = self.kwargs["box"].split(".")[0]
        is_whole = key == ABOUT
        page = reverse(
            "benchmarks:write" if is_whole else "benchmarks:place", args=[self.object.pk, *([] if is_whole else [key])]
        )
        language = f"?in={self.spoken}" if self.spoken else ""
        return f"{page}{language}#{pages.slug(box_name(self.kwargs['box'], self.spoken))}-value"


def asked_of(version: BenchmarkVersion, key: str) -> Asked | None:
    """What the box of this key asks in this version; None where it has no such box."""
    place, _dot, rest = key.partition(".")
    if place == ABOUT:
        boxes = OF_THE_WHOLE
    else:
        factor = place_in(version, place)
        example, _dot, name = rest.partition(".")
        if name:
            is_there = isinstance(factor, KeyFactor) and factor.examples.filter(key=example).exists()
            boxes, rest = (OF_AN_EXAMPLE if is_there else ()), name
        else:
            boxes = OF_A_FACTOR if isinstance(factor, KeyFactor) else OF_A_CONTEXT
    return next((asked for asked in boxes if asked.name == rest), None)


class PassageSave(PassageMixin, AutosaveView):
    """Saves what stands in one box."""

    def get_row(self) -> Passage:
        """Only named here; it is made when there is something to save."""
        return Passage(**self.named)

    def get_success_url(self) -> str:
        return self.box_url()

    def get_value_form(self, data: Any) -> forms.Form:
        form = self.asked.value_kind.form(self.asked.box(self.kwargs["box"]), data=data, label=str(self.asked.title))
        if self.asked.is_link:
            form.fields["value"].validators.append(URLValidator(schemes=["http", "https"]))
        return form

    def show_value(self, value: Any) -> str:
        return self.asked.value_kind.compared(value, self.asked.box(self.kwargs["box"]))

    def read_base(self, text: str) -> Any:
        return self.asked.value_kind.untyped(text)

    def stored(self, row: Any) -> Passage | None:
        return Passage.objects.filter(**self.named).first()

    def save_value(self, row: Any, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        self.row = revisions.get_row(Passage, **self.named)
        kind = self.asked.value_kind
        saved = services.save_passage(
            passage=self.row,
            base=base,
            base_value=base_value,
            value="" if kind.is_empty(value) and self.row.is_empty else value,
            by=access.user,
            merge=kind.merges,
        )
        return replace(saved, value=self.show_value(saved.value))


class PassageHistory(PassageMixin, HistoryView):
    """Earlier texts of one box; restoring makes a new revision."""

    def get_row(self) -> Passage:
        row = Passage.objects.filter(**self.named).first()
        if row is None:
            raise Http404
        return row

    def get_back_url(self) -> str:
        return self.box_url()

    def get_title(self) -> str:
        return str(self.asked.title)

    def show_value(self, value: Any) -> str:
        return self.asked.value_kind.markup(value, self.asked.box(self.kwargs["box"]))

    def restore_value(self, row: Any, *, revision: int, access: Access) -> Saved:
        return services.restore_passage(passage=row, revision=revision, by=access.user)
