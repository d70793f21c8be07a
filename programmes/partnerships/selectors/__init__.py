"""What a person may see of programmes and partnerships, and where these stand."""

from .dates import NextDate, dates_of, dates_out_of_use, dates_to_come, next_date, next_dates, passed_dates
from .places import partnership_of_team, placed_partnership
from .progress import stage_line, stages_of, stages_with_own
from .succession import arrivals_seen_by, confirming_team, reopenings_visible_to, with_confirmation
from .visible import (
    backings_visible_to,
    enrolments_visible_to,
    facilitated_by,
    invitations_visible_to,
    members_visible_to,
    participations_visible_to,
    partnerships_visible_to,
    people_of,
    prepared_visible_to,
    programmes_visible_to,
    successors_of,
    support_groups_visible_to,
    teams_visible_to,
    with_people,
    with_teams,
)

__all__ = [
    "NextDate",
    "arrivals_seen_by",
    "backings_visible_to",
    "confirming_team",
    "dates_of",
    "dates_out_of_use",
    "dates_to_come",
    "enrolments_visible_to",
    "facilitated_by",
    "invitations_visible_to",
    "members_visible_to",
    "next_date",
    "next_dates",
    "participations_visible_to",
    "partnership_of_team",
    "partnerships_visible_to",
    "passed_dates",
    "people_of",
    "placed_partnership",
    "prepared_visible_to",
    "programmes_visible_to",
    "reopenings_visible_to",
    "stage_line",
    "stages_of",
    "stages_with_own",
    "successors_of",
    "support_groups_visible_to",
    "teams_visible_to",
    "with_confirmation",
    "with_people",
    "with_teams",
]
