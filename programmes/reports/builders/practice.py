"""A good practice as a document (Annex 4)."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.partnerships.boundary import current
from programmes.partnerships.models import Participation, Partnership
from programmes.practices import snapshots
from programmes.practices.boundary import practices_kept_by, versions_visible_to
from programmes.practices.models import Practice, PracticeVersion
from programmes.practices.selectors import library

from ..blocks import DocumentContent, Lines
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing, register
from . import header, practice_blocks


def practices_in_full() -> QuerySet[Practice]:
    """With what a document reads of them."""
    rows = Practice.objects.select_related("city", "team__enrolment__organisation", "team__enrolment__programme")
    return rows.prefetch_related("themes", "texts", "pictures")


def taken_back(practice: Practice) -> dict[str, Any]:
    """What of a practice may be taken back, as `Gathered.holds` notes it: a file that holds more than there is now is
    handed out no more."""
    agreed: date | None = practice.contact_agreed_on if practice.contact_is_named else None
    return {
        "contact": f"{practice.contact_name}|{practice.contact_post}|{practice.contact_email}" if agreed else "",
        "pictures": sorted(row.pk for row in practice.pictures.all()),
    }


def still_there(practice: Practice, holds: dict[str, Any]) -> bool:
    now = taken_back(practice)
    return holds["contact"] in ("", now["contact"]) and set(holds["pictures"]) <= set(now["pictures"])


@register
class PracticeDocument(Builder):
    """A practice as its writers read it now, or as it was offered.

    `holds`: `{"version": id of the offered version, 0 for the practice as written, **taken_back}`."""

    kind = "practice"
    title = gettext_lazy("Good practice")

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        if options.blank:
            return Gathered(self._blank(subject_id, options))
        practice = practices_in_full().filter(pk=subject_id).first()
        if practice is None:
            raise SubjectMissing
        version = self._version(practice, options)
        data = version.content if version else snapshots.take(practice)
        holds = {"version": version.pk if version else 0} | taken_back(practice)
        programme = practice.team.enrolment.programme
        content = DocumentContent(
            kind=self.kind,
            title=data["title"],
            subtitle=_("Good practice"),
            language=options.language,
            facts=practice_blocks.facts(data),
            blocks=tuple(practice_blocks.filled(data, practice)),
            **_state(practice, version),
            **header.of_programme(programme),
        )
        return Gathered(content, holds)

    def visible_to(self, access: Access) -> QuerySet:
        kept = practices_kept_by(access).values("pk")
        return Practice.objects.filter(pk__in=kept).values("pk").union(library(access).order_by().values("practice"))

    def within(self, partnership: Partnership) -> QuerySet:
        teams = Participation.objects.filter(current(), partnership=partnership).values("team")
        return Practice.objects.filter(team__in=teams).values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        practice = Practice.objects.filter(pk=subject_id).prefetch_related("pictures").first()
        if practice is None or not still_there(practice, holds):
            return False
        if holds["version"]:
            return versions_visible_to(access).filter(pk=holds["version"], practice=subject_id).exists()
        return practices_kept_by(access).filter(pk=subject_id).exists()

    def example(self) -> int | None:
        """The one of which most is told."""
        fullest = Practice.objects.annotate(told=Count("texts")).order_by("-told", "pk").first()
        return fullest.pk if fullest else None

    def _version(self, practice: Practice, options: DocumentOptions) -> PracticeVersion | None:
        """None for the practice as it stands, which only its writers read."""
        if options.version is not None:
            rows = PracticeVersion.objects.all() if options.reader is None else versions_visible_to(options.reader)
            version = rows.filter(pk=options.version, practice=practice).first()
        elif options.reader is None or practices_kept_by(options.reader).filter(pk=practice.pk).exists():
            return None
        else:
            version = library(options.reader).filter(practice=practice).first()
        if version is None:
            raise SubjectMissing
        return version

    def _blank(self, subject_id: int, options: DocumentOptions) -> DocumentContent:
        practice = practices_in_full().filter(pk=subject_id).first() if options.reader is None else None
        if options.reader is not None:
            practice = practices_in_full().filter(pk__in=self.visible_to(options.reader), pk=subject_id).first()
        return DocumentContent(
            kind=self.kind,
            title=_("Good practice"),
            subtitle=_("Blank form"),
            language=options.language,
            dated=None,
            is_blank=True,
            blocks=(Lines((_("Written by"), _("Date"))), *practice_blocks.blank()),
            **header.of_programme(practice.team.enrolment.programme if practice else None),
        )


def _state(practice: Practice, version: PracticeVersion | None) -> dict[str, Any]:
    if version:
        name = _("Version %(number)s") % {"number": version.number}
        return header.state(name, timezone.localdate(version.created_at), _("offered on %(day)s"))
    changed = [row.updated_at for row in practice.texts.all() if row.updated_at]
    day = timezone.localdate(max([practice.updated_at, *changed]))
    return header.state(header.working_version(), day, _("last changed on %(day)s"))
