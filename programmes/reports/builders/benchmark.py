"""A benchmark: a booklet with a chapter per key factor, or blank as a sheet to fill in at a workshop."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.benchmarks.booklet import Booklet, Context, Factor, ShownExample, Words, booklet_of
from programmes.benchmarks.booklet import Lines as WordLines
from programmes.benchmarks.boundary import versions_visible_to
from programmes.benchmarks.enums import Effect, Grade
from programmes.benchmarks.models import BenchmarkVersion
from programmes.benchmarks.wording import ideal, origin
from programmes.common.access import Access
from programmes.partnerships.models import Partnership

from ..blocks import Blank, Block, Choices, DocumentContent, Heading, Lines, ListBlock, Note, Paragraph, Prose
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing, register
from . import header

EVIDENCE_LINES, WHY_LINES = 3, 2


@register
class BenchmarkBooklet(Builder):
    """One version, as everybody reads it who may. `holds`: `{"version": its id}`."""

    kind = "benchmark"
    title = gettext_lazy("Benchmark")
    blank_label = gettext_lazy("As a sheet to fill in at a workshop")
    has_texts = False

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        rows = BenchmarkVersion.objects.all() if options.reader is None else versions_visible_to(options.reader)
        wanted = subject_id or (options.blank and self.example()) or 0
        version = rows.select_related("benchmark__programme", "benchmark__origin").filter(pk=wanted).first()
        if version is None:
            raise SubjectMissing
        booklet = booklet_of(version, options.language)
        return Gathered(_content(booklet, options), {"version": version.pk})

    def visible_to(self, access: Access) -> QuerySet:
        return versions_visible_to(access).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        """It belongs to none: what a city wrote with it is another document."""
        return BenchmarkVersion.objects.none().values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        return versions_visible_to(access).filter(pk=holds["version"]).exists()

    def example(self) -> int | None:
        """The published one with the most factors."""
        rows = BenchmarkVersion.objects.filter(published_at__isnull=False)
        fullest = rows.annotate(size=Count("factors", filter=Q(factors__removed_at=None))).order_by("-size", "pk")
        return fullest.values_list("pk", flat=True).first()


def _content(booklet: Booklet, options: DocumentOptions) -> DocumentContent:
    writer = _Writer(booklet, options.language)
    state = {"dated": None, "is_blank": True} if options.blank else _state(booklet.version)
    return DocumentContent(
        kind=BenchmarkBooklet.kind,
        title=booklet.title.text or _("Benchmark"),
        subtitle=_("Sheet for a workshop") if options.blank else _("Key factors of a theme"),
        language=options.language,
        blocks=tuple(writer.sheet() if options.blank else writer.booklet_blocks()),
        **state,
        **header.of_programme(booklet.version.benchmark.programme),
    )


def _state(version: BenchmarkVersion) -> dict[str, Any]:
    if version.published_at is None:
        return header.state(header.working_version(), timezone.localdate(version.updated_at), _("draft of %(day)s"))
    name = _("Version %(number)s") % {"number": version.number}
    return header.state(name, timezone.localdate(version.published_at), _("published on %(day)s"))


class _Writer:
    """A booklet as blocks, in the active language."""

    def __init__(self, booklet: Booklet, language: str):
        self.booklet, self.language = booklet, language

    def booklet_blocks(self) -> Iterator[Block]:
        yield from self._prose(self.booklet.intro)
        yield Note(origin(self.booklet))
        yield Heading(2, _("Key factors"))
        yield Prose("\n".join(f"{factor.number}. {self._title(factor.title)}" for factor in self.booklet.factors))
        yield Heading(2, _("Why nothing is scored"))
        for words in ideal():
            yield Paragraph(words)
        for factor in self.booklet.factors:
            yield from self._factor(factor)
        if self.booklet.contexts:
            yield Heading(2, _("What a city cannot decide"))
            for context in self.booklet.contexts:
                yield from self._context(context)
        yield from self._end()

    def sheet(self) -> Iterator[Block]:
        """What a group fills in by hand: for each factor its questions, a mark and what shows it."""
        yield Lines((_("City"), _("Date"), _("Who was there")))
        yield Note(origin(self.booklet))
        yield Paragraph(
            _(
                "Take the factors that matter to you and leave the others out. Strengths first; nobody "
                "adds anything up."
            ),
            "lead",
        )
        for factor in self.booklet.factors:
            yield Heading(2, self._title(factor.title), str(factor.number))
            yield from self._list(factor.questions)
            yield Choices(tuple(str(label) for label in Grade.labels))
            yield Paragraph(_("What shows it"), "label")
            yield Blank(EVIDENCE_LINES)
        if self.booklet.contexts:
            yield Heading(2, _("What a city cannot decide"))
            for context in self.booklet.contexts:
                yield Heading(3, self._title(context.title))
                yield Choices(tuple(str(label) for label in Effect.labels))
                yield Paragraph(_("Why"), "label")
                yield Blank(WHY_LINES)

    def _factor(self, factor: Factor) -> Iterator[Block]:
        yield Heading(2, self._title(factor.title), str(factor.number))
        for heading, words in ((_("Why it matters"), factor.why), (_("How to fulfil it"), factor.how)):
            if words:
                yield Heading(3, heading)
                yield from self._prose(words)
        for heading, lines in (
            (_("Questions to look at your city with"), factor.questions),
            (_("Practical tips"), factor.tips),
        ):
            if lines:
                yield Heading(3, heading)
                yield from self._list(lines)
        if factor.examples:
            yield Heading(3, _("How others did it"))
            for example in factor.examples:
                yield from self._example(example)

    def _example(self, example: ShownExample) -> Iterator[Block]:
        yield Paragraph(example.city, "label")
        yield from self._prose(example.summary)
        if example.link:
            yield Prose(example.link)

    def _context(self, context: Context) -> Iterator[Block]:
        yield Heading(3, self._title(context.title), beside=context.level)
        yield from self._prose(context.bearing)
        if context.bears_on:
            names = " · ".join(f"{factor.number} {self._title(factor.title)}" for factor in context.bears_on)
            yield Paragraph(_("Bears on: %(factors)s") % {"factors": names}, "help")

    def _end(self) -> Iterator[Block]:
        if self.booklet.authors:
            yield Heading(2, _("Written by"))
            yield from self._prose(self.booklet.authors)
        if self.booklet.sources:
            yield Heading(2, _("Sources"))
            yield from self._list(self.booklet.sources)
        if self.booklet.changes:
            yield Heading(2, _("What changed in this version"))
            yield from self._prose(self.booklet.changes)

    def _prose(self, words: Words) -> Iterator[Block]:
        if words:
            yield Prose(words.text, self._lang(words.language))

    def _list(self, lines: WordLines) -> Iterator[Block]:
        if lines:
            yield ListBlock(lines.items, self._lang(lines.language))

    def _title(self, words: Words) -> str:
        return words.text or _("Without a title")

    def _lang(self, language: str) -> str:
        return "" if language == self.language else language
