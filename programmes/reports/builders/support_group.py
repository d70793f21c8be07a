"""The local support group of a city (Annex 5): its seats, its dates, what it does; nobody's address."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.partnerships import hints
from programmes.partnerships.enums import CITY_ROLES
from programmes.partnerships.models import Partnership, SupportGroup, SupportGroupMember
from programmes.partnerships.selectors import support_groups_visible_to
from programmes.partnerships.selectors.dates import dates_of_group

from ..blocks import (
    Blank,
    Block,
    Cell,
    Column,
    DocumentContent,
    Fact,
    Heading,
    Lines,
    ListBlock,
    Paragraph,
    Prose,
    Table,
    Unanswered,
)
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing, register
from . import header


@register
class SupportGroupDocument(Builder):
    """The group as its team and its facilitator see it now; blank: ten lines for a first meeting."""

    kind = "support-group"
    title = gettext_lazy("Local support group")

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        rows = SupportGroup.objects.all() if options.reader is None else support_groups_visible_to(options.reader)
        group = rows.select_related("city", "body", "team__enrolment__programme").filter(pk=subject_id).first()
        if options.blank:
            return Gathered(self._blank(group, options))
        if group is None:
            raise SubjectMissing
        return Gathered(self._content(group, options), {})

    def visible_to(self, access: Access) -> QuerySet:
        return support_groups_visible_to(access).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        teams = [row.team_id for row in partnership.current_in(*CITY_ROLES)]
        return SupportGroup.objects.filter(team__in=teams).values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        return support_groups_visible_to(access).filter(pk=subject_id).exists()

    def example(self) -> int | None:
        """The group with the most lines."""
        fullest = SupportGroup.objects.annotate(size=Count("members")).order_by("-size", "pk").first()
        return fullest.pk if fullest else None

    def _content(self, group: SupportGroup, options: DocumentOptions) -> DocumentContent:
        changed = timezone.localdate(group.updated_at)
        return DocumentContent(
            kind=self.kind,
            title=str(group),
            language=options.language,
            mentee=group.city.name,
            facts=(Fact(_("Serves as the group"), group.body.name),) if group.body else (),
            blocks=tuple(_blocks(group)),
            **header.state(header.working_version(), changed, _("last changed on %(day)s")),
            **header.of_programme(group.team.enrolment.programme),
        )

    def _blank(self, group: SupportGroup | None, options: DocumentOptions) -> DocumentContent:
        row = (*(Cell((Blank(1),)) for _column in _columns()),)
        table = Table(_("Seats"), _columns(), tuple(row for _line in range(hints.COMFORTABLE_SIZE)))
        return DocumentContent(
            kind=self.kind,
            title=_("Local support group"),
            subtitle=_("Blank form"),
            language=options.language,
            dated=None,
            is_blank=True,
            blocks=(Lines((_("City"), _("Written by"))), table),
            **header.of_programme(group.team.enrolment.programme if group else None),
        )


def _columns() -> tuple[Column, ...]:
    return Column(_("Name or seat"), 3), Column(_("Organisation"), 3), Column(_("Sector"), 3)


def _blocks(group: SupportGroup) -> Iterator[Block]:
    members = list(group.members.filter(ended_on=None))
    yield Heading(2, _("Seats"))
    if members:
        yield Table(_("Who is in the group"), _columns(), tuple(_row(member) for member in members))
    else:
        yield Unanswered(_("Nobody in the group yet"))
    yield from _listed(_("Good to know"), [hint.text for hint in hints.hints_for(members) if not hint.met])
    yield from _listed(
        _("Dates"),
        [f"{header.day_in_words(row.planned_on)} · {row.stage}" for row in dates_of_group(group) if row.planned_on],
    )
    yield from _listed(_("What the group does"), hints.about()["tasks"])
    if group.costs:
        yield Heading(2, _("What it costs, and who pays in advance"))
        yield Prose(group.costs)
    for language, text in group.half_pages[:1] if get_language() in group.half_page else group.half_pages:
        yield Heading(2, _("Half a page to pass on"))
        yield Prose(text, language)


def _row(member: SupportGroupMember) -> tuple[Cell, ...]:
    seat = [Paragraph(str(member))]
    if member.represents_migrants:
        seat.append(Paragraph(_("seat of migrants"), "label"))
    sector = Paragraph(str(member.get_sector_display() or "–"))
    return Cell(tuple(seat), heads_row=True), Cell((Paragraph(member.organisation_name or "–"),)), Cell((sector,))


def _listed(heading: str, items: Sequence[str]) -> Iterator[Block]:
    if items:
        yield Heading(2, heading)
        yield ListBlock(tuple(items))
