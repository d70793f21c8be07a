"""What waits for whom in programmes and partnerships, and the next dates; shown by *My work* and the board."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting, by_date

from ..boundary import Places, current, places_of
from ..days import furthest_day, today_in_zone
from ..enums import CITY_ROLES, Role
from ..models import Invitation, Participation, Partnership, Programme, StageDate, Team, TeamMember
from .decisions import about_empty_teams, proposed_backings
from .unanswered import expired_invitations


def waiting_for(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Agreed dates that passed, invitations that expired unanswered, teams without people."""
    places = places_of(access)
    items = [
        *_passed(access, places, limit),
        *expired_invitations(access, limit),
        *_empty_teams(places, limit),
        *proposed_backings(places, limit),
        *about_empty_teams(access, places, limit),
    ]
    return by_date(items)[:limit]


def passed_dates(programmes: Iterable[int]) -> QuerySet[StageDate]:
    """Agreed days that went by in the zone of their programme, of stages nobody called finished; `programmes` are ids.

    The board marks exactly these, and each waits for somebody: see `waiting_for`."""
    return _open_dates(Programme.objects.filter(pk__in=programmes).values_list("pk", "time_zone"), "planned_on__lt")


def next_dates(access: Access, limit: int = 10) -> list[dict]:
    """Days to come in the person's partnerships, as `components/dates_list.html` takes them."""
    places = places_of(access)
    parts = Participation.objects.filter(current(), team__in=places.teams).values("partnership")
    mine = Q(partnership__in=parts) | Q(partnership__programme__in=places.coordinated)
    rows = _open_dates(places.zones, "planned_on__gte").filter(mine)
    return [_date_item(row, pair) for row, pair in _with_names(rows.order_by("planned_on", "pk")[:limit])]


def _open_dates(zones: Iterable[tuple[int, str]], comparison: str) -> QuerySet[StageDate]:
    """Dates of unfinished stages, compared with today in each programme's own zone; `zones` are (id, zone)."""
    together: dict[str, set[int]] = {}
    for pk, zone in zones:
        together.setdefault(zone, set()).add(pk)
    matching = Q(pk__in=[])
    for zone, ids in together.items():
        matching |= Q(("partnership__programme__in", ids), (comparison, today_in_zone(zone)))
    rows = StageDate.objects.filter(matching, finished_on=None, planned_on__isnull=False)
    return rows.filter(stage__retired=False, partnership__ended_on=None)


def _with_names(rows: QuerySet[StageDate]) -> list[tuple[StageDate, str]]:
    """The rows with their stage, each beside the names of both cities."""

    def name(role: str) -> Subquery:
        cities = Participation.objects.filter(partnership=OuterRef("partnership"), role=role, ended_on=None)
        return Subquery(cities.order_by("pk").values("organisation__name")[:1])

    named = rows.select_related("stage").annotate(mentee_name=name(Role.MENTEE), mentor_name=name(Role.MENTOR))
    return [(row, " — ".join(filter(None, [row.mentee_name, row.mentor_name]))) for row in named]


def _passed(access: Access, places: Places, limit: int) -> list[Waiting]:
    """For the city teams and the facilitator; for the coordinator where nobody else would see it."""
    if not places.teams:
        return []
    rows = _open_dates(places.zones, "planned_on__lt").filter(pk__in=_my_passed(places))
    return [_passed_item(row, pair) for row, pair in _with_names(rows.order_by("planned_on", "pk")[:limit])]


def _my_passed(places: Places) -> QuerySet:
    """Two lists, each found by an index: a condition with "or" between them would be asked of every date there is.

    Without an order: SQLite takes none inside a union."""
    dates = StageDate.objects.order_by()
    parts = Participation.objects.filter(current(), team__in=places.teams, role__in=(*CITY_ROLES, Role.FACILITATOR))
    mine = dates.filter(partnership__in=parts.order_by().values("partnership")).values("pk")
    if not places.coordinated:
        return mine
    due = Partnership.objects.filter(programme__in=places.coordinated, next_due__lt=furthest_day())
    manned = TeamMember.objects.filter(current(), team=OuterRef("team"))
    facilitators = Participation.objects.filter(
        current(), Exists(manned), partnership=OuterRef("pk"), role=Role.FACILITATOR
    )
    orphaned = dates.filter(partnership__in=due.filter(~Exists(facilitators)).order_by().values("pk")).values("pk")
    return mine.union(orphaned)


def _passed_item(row: StageDate, pair: str) -> Waiting:
    return Waiting(
        text=_("“%(stage)s” was agreed for this day: set a new day, or say that it is finished.")
        % {"stage": row.stage},
        url=reverse("partnerships:dates", args=[row.partnership_id]),
        due=row.planned_on,
        context=pair,
        kind="date_passed",
        partnership_id=row.partnership_id,
    )


def _date_item(row: StageDate, pair: str) -> dict:
    return {
        "on": row.planned_on,
        "text": str(row.stage),
        "url": reverse("overview:partnership", args=[row.partnership_id]),
        "detail": " · ".join(filter(None, [pair, row.note])),
    }


def _empty_teams(places: Places, limit: int) -> list[Waiting]:
    if not places.coordinated:
        return []
    people = TeamMember.objects.filter(current(), team=OuterRef("pk"))
    invited = Invitation.objects.filter(
        team=OuterRef("pk"), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    rows = Team.objects.filter(
        ~Exists(people),
        ~Exists(invited),
        closed_at=None,
        enrolment__programme__in=places.coordinated,
        enrolment__ended_on=None,
    ).select_related("enrolment__organisation", "enrolment__programme")
    return [_empty_item(team) for team in rows.order_by("pk")[:limit]]


def _empty_item(team: Team) -> Waiting:
    never = _("Nobody is in the team of %(team)s yet: invite its first member.")
    left = _("Nobody is left in the team of %(team)s: see how it can be opened again.")
    return Waiting(
        text=(left if team.emptied_at else never) % {"team": team},
        url=reverse("partnerships:team", args=[team.pk]),
        since=team.created_at,
        context=team.enrolment.programme.title,
        kind="team_empty",
    )
