"""Several practices of the library, chosen by one person, as one booklet."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.partnerships.models import Partnership
from programmes.practices.boundary import versions_visible_to
from programmes.practices.models import Booklet, Practice, PracticeVersion
from programmes.practices.selectors import booklets_visible_to, library, offered_to_anybody

from ..blocks import Block, DocumentContent, Heading, ListBlock, Paragraph
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing, register
from . import header, practice_blocks
from .practice import practices_in_full, still_there, taken_back


@register
class PracticeBooklet(Builder):
    """The chosen practices as they are offered to whoever asks; those withdrawn since are left out.

    `holds`: `{"practices": [[id of the practice, id of the version, what of it may be taken back], …]}`."""

    kind = "practice-booklet"
    title = gettext_lazy("Booklet of good practices")
    has_blank: ClassVar[bool] = False

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        rows = Booklet.objects.all() if options.reader is None else booklets_visible_to(options.reader)
        booklet = rows.filter(pk=subject_id).first()
        if booklet is None:
            raise SubjectMissing
        versions = _versions(booklet, options)
        if not versions:
            raise SubjectMissing
        practices = practices_in_full().in_bulk([version.practice_id for version in versions])
        holds = [[row.practice_id, row.pk, taken_back(practices[row.practice_id])] for row in versions]
        programmes = {practice.team.enrolment.programme for practice in practices.values()}
        content = DocumentContent(
            kind=self.kind,
            title=booklet.title,
            subtitle=_("Good practices"),
            language=options.language,
            blocks=tuple(_blocks(versions, practices)),
            **header.state("", max(timezone.localdate(row.created_at) for row in versions), _("as of %(day)s")),
            **header.of_programme(programmes.pop() if len(programmes) == 1 else None),
        )
        return Gathered(content, {"practices": holds})

    def visible_to(self, access: Access) -> QuerySet:
        return booklets_visible_to(access).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        return Booklet.objects.none().values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        """As long as each of the practices is offered to this person, with its pictures and whom to ask."""
        ids = [practice for practice, _version, _taken in holds["practices"]]
        practices = Practice.objects.prefetch_related("pictures").in_bulk(ids)
        readable = set(versions_visible_to(access).filter(practice__in=ids).values_list("practice", "pk"))
        return booklets_visible_to(access).filter(pk=subject_id).exists() and all(
            (practice, version) in readable and still_there(practices[practice], taken)
            for practice, version, taken in holds["practices"]
        )

    def example(self) -> int | None:
        fullest = Booklet.objects.annotate(size=Count("practices")).order_by("-size", "pk").first()
        return fullest.pk if fullest else None


def _versions(booklet: Booklet, options: DocumentOptions) -> list[PracticeVersion]:
    """What of the chosen ones is offered to the reader; to an operator, the newest that is offered to anybody."""
    rows = offered_to_anybody() if options.reader is None else library(options.reader)
    found = rows.filter(practice__in=booklet.practices.values("pk"))
    return sorted(found, key=lambda version: version.content["title"].casefold())


def _blocks(versions: list[PracticeVersion], practices: dict[int, Any]) -> Iterator[Block]:
    """First what is in it, then one practice after the other."""
    contents = [version.content for version in versions]
    yield Heading(2, _("In this booklet"))
    yield ListBlock(tuple(f"{content['title']}, {practice_blocks.where(content)}" for content in contents))
    for version, content in zip(versions, contents, strict=True):
        yield Heading(2, content["title"])
        named = " · ".join(fact.value for fact in practice_blocks.facts(content))
        yield Paragraph(named, "help")
        yield from practice_blocks.filled(content, practices[version.practice_id], level=3, as_article=True)
