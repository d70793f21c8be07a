"""Sharing a version of a form, section by section, with readers one chooses."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.partnerships.models import SupportGroup, Team
from programmes.sharing import services as sharing

from .. import snapshots
from ..boundary import Writing, keeps, writes_needs, writing_of
from ..enums import NEEDS_SECTION
from ..models import Response, SharedVersion
from ..readers import possible_readers
from . import figures


class NothingChosen(Refusal):
    message = _("Please choose at least one section and at least one reader.")


class NotYoursToShare(Refusal):
    message = _("You can share only what your own team writes.")


@transaction.atomic
def share(
    *,
    response: Response,
    section_keys: Collection[str],
    access: Access,
    teams: Iterable[Team] = (),
    groups: Iterable[SupportGroup] = (),
    name: str = "",
    left_out: Collection[str] = (),
    form_key: UUID | None = None,
) -> SharedVersion:
    """Freezes these sections as the next version, without the questions `left_out` (`snapshots.place_of`), and lets
    these teams and local support groups read it; `NEEDS_SECTION` among the keys adds the list of needs. Figures in them
    become the city's. The same form makes it once. Raises NothingChosen, NotYoursToShare, and
    `sharing.services.NotAReader`."""
    teams, groups = list(teams), list(groups)
    if not section_keys or not (teams or groups):
        raise NothingChosen
    locked, by = _locked(response), access.user
    writing = _checked(locked, set(section_keys), access)

    def make(key: UUID | None) -> SharedVersion:
        version = _freeze(locked, section_keys, writing, by, left_out, name=name, form_key=key)
        possible = possible_readers(locked, writing)
        sharing.share(version=version, possible=possible, teams=teams, groups=groups, section_keys=section_keys, by=by)
        figures.publish(response=locked, parts=snapshots.parts_of(version.content))
        return version

    return made_once(locked.versions.filter(created_by=by), form_key, make)


def own_sections(response: Response, writing: Writing) -> list:
    """The sections this writer's team writes here, in order."""
    sections = snapshots.sections_of(response.questionnaire_version)
    return [section for section in sections if keeps(response, section) and writing.writes(section)]


def _locked(response: Response) -> Response:
    """Two people who share at once get two numbers."""
    rows = Response.objects.select_related(
        "questionnaire_version", "questionnaire", "team__enrolment__organisation", "team__enrolment__programme"
    )
    return rows.select_for_update(of=("self",)).get(pk=response.pk)


def _checked(response: Response, keys: set[str], access: Access) -> Writing:
    writing = writing_of(access, response)
    if writing is None or writing.on_behalf:
        raise NotYoursToShare
    own = {section.key for section in own_sections(response, writing)}
    if writes_needs(writing, response):
        own.add(NEEDS_SECTION)
    if keys - own:
        raise NotYoursToShare
    return writing


def _freeze(
    response: Response,
    section_keys: Collection[str],
    writing: Writing,
    by: Any,
    left_out: Collection[str],
    **values: Any,
) -> SharedVersion:
    with_needs = NEEDS_SECTION in section_keys
    there = [
        snapshots.place_of(section.key, question.key)
        for section in snapshots.sections_of(response.questionnaire_version, section_keys)
        for question in section.questions.all()
    ]
    version = SharedVersion.objects.create(
        response=response,
        shared_by=writing.team,
        number=sharing.next_number(response.versions),
        schema=SharedVersion.shape.newest,
        data=snapshots.take(response, section_keys, include_needs=with_needs, left_out=left_out),
        left_out=[place for place in there if place in left_out],
        created_by=by,
        **values,
    )
    version.needs.set(need["id"] for need in version.content["needs"] or ())
    return version
