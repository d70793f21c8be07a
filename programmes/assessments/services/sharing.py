"""Sharing a version with readers one chooses, and recalling it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.accounts.services import record
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.partnerships.models import Team

from .. import snapshots
from ..boundary import Writing, keeps, writes_needs, writing_of
from ..enums import NEEDS_SECTION
from ..models import Response, SharedVersion, ShareGrant
from ..readers import teams_to_share_with
from . import figures


class NothingChosen(Refusal):
    message = _("Please choose at least one section and at least one reader.")


class NotYoursToShare(Refusal):
    message = _("You can share only what your own team writes.")


class NotAReader(Refusal):
    message = _("One of the readers does not take part any more. Please choose again.")


@transaction.atomic
def share(
    *, response: Response, section_keys: Collection[str], teams: Iterable[Team], by: Any, name: str = ""
) -> SharedVersion:
    """Freezes these sections as the next version and lets these teams read it; `NEEDS_SECTION` among the keys adds
    the list of needs. Figures in them become the city's. Raises NothingChosen, NotYoursToShare, NotAReader."""
    teams = list(teams)
    if not section_keys or not teams:
        raise NothingChosen
    locked = _locked(response)
    writing = _checked(locked, set(section_keys), by)
    if {team.pk for team in teams} - {team.pk for team in teams_to_share_with(locked, writing)}:
        raise NotAReader
    version = _freeze(locked, section_keys, writing, by, name)
    ShareGrant.objects.bulk_create(
        ShareGrant(version=version, section_key=key, team=team) for key in section_keys for team in teams
    )
    figures.publish(response=locked, parts=snapshots.parts_of(version.data))
    record(by=by, verb="shared", target=version)
    return version


@transaction.atomic
def recall(*, version: SharedVersion, by: Any, team: Team | None = None, section_key: str = "") -> int:
    """Takes the version back from everybody, from one team, or for one section; returns how many grants ended.
    Nobody unreads what was read, but from now on the page is closed to them."""
    grants = version.grants.filter(recalled_at=None)
    if team is not None:
        grants = grants.filter(team=team)
    if section_key:
        grants = grants.filter(section_key=section_key)
    ended = grants.update(recalled_at=timezone.now(), recalled_by=by, updated_at=timezone.now())
    if ended:
        record(by=by, verb="recalled", target=version)
    return ended


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


def _checked(response: Response, keys: set[str], by: Any) -> Writing:
    writing = writing_of(Access(by), response)
    if writing is None or writing.on_behalf:
        raise NotYoursToShare
    own = {section.key for section in own_sections(response, writing)}
    if writes_needs(writing, response):
        own.add(NEEDS_SECTION)
    if keys - own:
        raise NotYoursToShare
    return writing


def _freeze(response: Response, section_keys: Collection[str], writing: Writing, by: Any, name: str) -> SharedVersion:
    with_needs = NEEDS_SECTION in section_keys
    last = response.versions.aggregate(last=Max("number"))["last"] or 0
    version = SharedVersion.objects.create(
        response=response,
        shared_by=writing.team,
        number=last + 1,
        name=name,
        schema=snapshots.SCHEMA,
        data=snapshots.take(response, section_keys, include_needs=with_needs),
        created_by=by,
    )
    version.needs.set(need["id"] for need in version.data["needs"] or ())
    return version
