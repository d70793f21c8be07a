"""Sharing a frozen version with readers one chooses, and recalling it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.notices.services import tell
from programmes.partnerships.models import SupportGroup, Team

from .models import WHOLE, SharedSnapshot
from .readers import Reader

Chosen = tuple[int | None, int | None]
"""Ids of a team or of a local support group."""


class NobodyChosen(Refusal):
    message = _("Choose at least one reader.")


class NotAReader(Refusal):
    message = _("One of the readers does not take part any more. Please choose again.")


def next_number(versions: Any) -> int:
    """Whoever asks holds a lock on what the versions are of: two people who freeze at once get two numbers."""
    return (versions.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def share(
    *,
    version: SharedSnapshot,
    possible: Iterable[Reader],
    teams: Iterable[Team] = (),
    groups: Iterable[SupportGroup] = (),
    section_keys: Collection[str] = (WHOLE,),
    by: Any,
) -> None:
    """Lets these, who must be among the `possible` readers, read the sections; who read them before and was recalled
    reads them again. Raises NobodyChosen, NotAReader."""
    chosen: list[Chosen] = [*((team.pk, None) for team in teams), *((None, group.pk) for group in groups)]
    if not chosen:
        raise NobodyChosen
    if set(chosen) - {(reader.team and reader.team.pk, reader.group and reader.group.pk) for reader in possible}:
        raise NotAReader
    _grant(version, list(dict.fromkeys(chosen)), section_keys)
    record(by=by, verb="shared", target=version)
    told: dict[str, Any] = {
        "teams": [team for team, _group in chosen if team],
        "groups": [group for _team, group in chosen if group],
    }
    tell(f"{version._meta.app_label}.shared", version.pk, by=by, **told)


def _grant(version: SharedSnapshot, chosen: list[Chosen], section_keys: Collection[str]) -> None:
    """Under a lock on the version: two who share at once make each grant once."""
    type(version)._default_manager.select_for_update().only("pk").get(pk=version.pk)
    readers = Q(team__in=[team for team, _group in chosen if team])
    readers |= Q(support_group__in=[group for _team, group in chosen if group])
    known = version.grants.filter(readers, section_key__in=section_keys)
    known.update(recalled_at=None, recalled_by=None, updated_at=clock.now())
    there = set(known.values_list("section_key", "team", "support_group"))
    version.grants.bulk_create(
        version.grants.model(version=version, section_key=key, team_id=team, support_group_id=group)
        for key in section_keys
        for team, group in chosen
        if (key, team, group) not in there
    )


@transaction.atomic
def recall(
    *,
    version: SharedSnapshot,
    by: Any,
    team: Team | None = None,
    group: SupportGroup | None = None,
    section_key: str = WHOLE,
) -> int:
    """Takes the version back from everybody, from one reader, or for one section; returns how many grants ended.
    Nobody unreads what was read, but from now on the page is closed to them."""
    grants = version.grants.filter(recalled_at=None)
    for name, value in {"team": team, "support_group": group, "section_key": section_key}.items():
        if value:
            grants = grants.filter(**{name: value})
    ended: int = grants.update(recalled_at=clock.now(), recalled_by=by, updated_at=clock.now())
    if ended:
        record(by=by, verb="recalled", target=version)
    return ended
