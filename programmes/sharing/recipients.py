"""Who is told that something was shared with them: those to whom it was given and who may still read it."""

from collections.abc import Callable, Sequence
from typing import Any

from programmes.notices.kinds import Recipients
from programmes.notices.models import Happening
from programmes.partnerships.selectors.recipients import people_in_groups, people_in_teams


def given(grants: Any) -> Callable[[Sequence[Happening]], Recipients]:
    """Of happenings whose subject is a version and whose data names the teams and groups that were chosen then."""

    def recipients(rows: Sequence[Happening]) -> Recipients:
        live = grants._default_manager.filter(version__in={row.subject_id for row in rows}, recalled_at=None)
        still = set(live.values_list("version", "team", "support_group"))
        in_teams = people_in_teams({team for _version, team, _group in still if team})
        in_groups = people_in_groups({group for _version, _team, group in still if group})
        return {row.pk: _people(row, still, in_teams, in_groups) for row in rows}

    return recipients


def _people(row: Happening, still: set[Any], in_teams: dict[int, set[int]], in_groups: dict[int, set[int]]) -> set[int]:
    teams = (in_teams.get(pk, set()) for pk in row.data["teams"] if (row.subject_id, pk, None) in still)
    groups = (in_groups.get(pk, set()) for pk in row.data["groups"] if (row.subject_id, None, pk) in still)
    return {person for people in (*teams, *groups) for person in people}
