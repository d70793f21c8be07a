"""What a person may see of programmes and partnerships, where these stand, and what waits for whom."""

from .progress import NextDate, facilitator_may_write, next_date, stage_line, stages_of, stages_with_own, tools_in_use
from .succession import arrivals_seen_by, confirming_team, reopenings_visible_to, with_confirmation
from .unanswered import awaited_by
from .visible import (
    backings_visible_to,
    enrolments_visible_to,
    facilitated_by,
    invitations_visible_to,
    members_visible_to,
    participations_visible_to,
    partnerships_visible_to,
    programmes_visible_to,
    successors_of,
    support_groups_visible_to,
    teams_visible_to,
    with_people,
    with_teams,
)
from .waiting import next_dates, passed_dates, waiting_for

__all__ = [
    "NextDate",
    "arrivals_seen_by",
    "awaited_by",
    "backings_visible_to",
    "confirming_team",
    "enrolments_visible_to",
    "facilitated_by",
    "facilitator_may_write",
    "invitations_visible_to",
    "members_visible_to",
    "next_date",
    "next_dates",
    "participations_visible_to",
    "partnerships_visible_to",
    "passed_dates",
    "programmes_visible_to",
    "reopenings_visible_to",
    "stage_line",
    "stages_of",
    "stages_with_own",
    "successors_of",
    "support_groups_visible_to",
    "teams_visible_to",
    "tools_in_use",
    "waiting_for",
    "with_confirmation",
    "with_people",
    "with_teams",
]
