"""The forms of the annexes as documents: one builder for every questionnaire, each kind names its own below."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.assessments import snapshots, structure
from programmes.assessments.boundary import (
    knows_left_out,
    readable_sections,
    responses_visible_to,
    versions_visible_to,
)
from programmes.assessments.enums import NEEDS_SECTION
from programmes.assessments.models import Response
from programmes.assessments.shapes import FormData
from programmes.assessments.tool_use import purposes_off
from programmes.common.access import Access
from programmes.common.fields import in_language
from programmes.partnerships.boundary import current
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Participation, Partnership

from ..blocks import DocumentContent, Lines
from ..registry import Builder, DocumentOptions, Gathered, SubjectMissing
from . import header
from .form_blocks import FormWriter, one_version, versions_in


class QuestionnaireBuilder(Builder):
    """A response, as its writers read it now, as it was shared with the reader, or one shared version of it.

    `holds`: `{"sections": [[section key, who wrote it, id of the shared version or 0]], "needs": id, 0 or None}`.
    """

    purpose: ClassVar[str]
    own_role: ClassVar[str]
    """Which side of a partnership the city of this form is on."""

    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        response = self._response(subject_id, options)
        if options.blank:
            return Gathered(self._blank(response, options))
        if response is None:
            raise SubjectMissing
        data = self._data(response, options)
        if all(section["state"] == "not_shared" for section in data["sections"]) and data["needs"] is None:
            raise SubjectMissing
        return Gathered(self._content(response, data, options), _holds(data))

    def visible_to(self, access: Access) -> QuerySet:
        return responses_visible_to(access).filter(questionnaire__purpose=self.purpose).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        if self.purpose in purposes_off(partnership):
            return Response.objects.none().values("pk")
        rows = Response.objects.filter(questionnaire__purpose=self.purpose)
        return rows.filter(team__participations__partnership=partnership).values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        response = responses_visible_to(access).filter(pk=subject_id).first()
        if response is None:
            return False
        now = _holds(snapshots.readable(response, access))
        written = {(key, by) for key, by, version in now["sections"] if not version}
        sections = all(
            _may_read_version(access, key, version) if version else (key, by) in written
            for key, by, version in holds["sections"]
        )
        needs = holds["needs"]
        return sections and (
            _may_read_version(access, NEEDS_SECTION, needs) if needs else needs in (None, now["needs"])
        )

    def example(self) -> int | None:
        """The response with the most answers."""
        rows = Response.objects.filter(questionnaire__purpose=self.purpose)
        fullest = rows.annotate(answered=Count("answers")).order_by("-answered", "pk").first()
        return fullest.pk if fullest else None

    def _response(self, subject_id: int, options: DocumentOptions) -> Response | None:
        """None where there is no such response for this reader, unless a blank form does without one."""
        rows = Response.objects.all() if options.reader is None else responses_visible_to(options.reader)
        rows = rows.select_related(
            "questionnaire_version", "questionnaire", "team__enrolment__programme", "team__enrolment__organisation"
        )
        return rows.filter(pk=subject_id, questionnaire__purpose=self.purpose).first()

    def _data(self, response: Response, options: DocumentOptions) -> FormData:
        if options.version is not None:
            return _shared_version(response, options)
        if options.reader is None:
            return snapshots.everything(response)
        return snapshots.readable(response, options.reader)

    def _blank(self, response: Response | None, options: DocumentOptions) -> DocumentContent:
        form = response.questionnaire_version if response else structure.newest_for(None, self.purpose)
        if form is None:
            raise SubjectMissing
        programme = response.enrolment.programme if response else None
        data = snapshots.blank(form, programme=programme)
        return DocumentContent(
            kind=self.kind,
            title=in_language(data["questionnaire"]["title"]),
            subtitle=_("Blank form"),
            language=options.language,
            dated=None,
            is_blank=True,
            blocks=(_head_to_fill_in(), *FormWriter(data, is_blank=True).blocks()),
            **header.of_programme(programme),
        )

    def _content(self, response: Response, data: FormData, options: DocumentOptions) -> DocumentContent:
        city = response.enrolment.organisation.name
        return DocumentContent(
            kind=self.kind,
            title=_("%(form)s: %(city)s") % {"form": in_language(data["questionnaire"]["title"]), "city": city},
            language=options.language,
            blocks=tuple(FormWriter(data, texts=options.texts).blocks()),
            **_state(response, data),
            **header.of_programme(response.enrolment.programme),
            **self._pair(response),
        )

    def _pair(self, response: Response) -> dict[str, Any]:
        """The city of the form on its side, its current partners on the other."""
        other = Role.MENTOR if self.own_role == Role.MENTEE else Role.MENTEE
        mine = Participation.objects.filter(current(), team=response.team_id, role=self.own_role)
        partners = Participation.objects.filter(current(), role=other, partnership__in=mine.values("partnership"))
        names = partners.order_by("organisation__normalised").values_list("organisation__name", flat=True).distinct()
        return {self.own_role: response.enrolment.organisation.name, other: header.names(names)}


def _shared_version(response: Response, options: DocumentOptions) -> FormData:
    """One version, limited to the sections shared with the reader; all of it for the team that shared it."""
    rows = response.versions.all() if options.reader is None else versions_visible_to(options.reader)
    version = (
        rows.filter(pk=options.version or 0, response=response)
        .select_related("shared_by__enrolment__organisation")
        .first()
    )
    if version is None:
        raise SubjectMissing
    keys = None if options.reader is None else readable_sections(options.reader, version)
    state = snapshots.as_shared(version)
    sections = [entry | state for entry in version.content["sections"] if keys is None or entry["key"] in keys]
    needs = version.content["needs"] if keys is None or NEEDS_SECTION in keys else None
    told = options.reader is None or knows_left_out(options.reader, version)
    left_out = len(version.left_out) if told else 0
    more = {"sections": sections, "needs": needs, "needs_version": state["version"], "left_out": left_out}
    return version.content | more


def _may_read_version(access: Access, key: str, version_id: int) -> bool:
    version = versions_visible_to(access).filter(pk=version_id).first()
    return version is not None and key in readable_sections(access, version)


def _holds(data: FormData) -> dict[str, Any]:
    read = [section for section in data["sections"] if section["state"] != "not_shared"]
    version = data.get("needs_version")
    needs = None if data["needs"] is None else version["id"] if version else 0
    return {
        "sections": [[s["key"], s["by"], s["version"]["id"] if s["version"] else 0] for s in read],
        "needs": needs,
    }


def _head_to_fill_in() -> Lines:
    return Lines((_("City"), _("Association"), _("Written by"), _("Date")))


def _state(response: Response, data: FormData) -> dict[str, Any]:
    """Which version this is and since when; a mixture of versions names each at its section."""
    versions = versions_in(data)
    days = [date.fromisoformat(version["on"]) for version in versions if version]
    if None not in versions:
        name = one_version(data) or _("From several versions")
        if count := data.get("left_out"):  # told to the team that shared it
            words = ngettext("%(count)s question left out", "%(count)s questions left out", count)
            name = f"{name} · {words % {'count': count}}"
        return header.state(name, max(days), _("shared on %(day)s"))
    changed = response.answers.aggregate(last=Max("updated_at"))["last"] or response.created_at
    newest = max([*days, timezone.localdate(changed)])
    return header.state(header.working_version(), newest, _("last changed on %(day)s"))
