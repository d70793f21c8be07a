"""What waits in programmes and partnerships: agreed dates that passed, teams without people, invitations, decisions
about teams."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.fields import in_language
from programmes.common.waiting import Kind, Texts, Waiting, WaitingText, as_rows
from programmes.participants.models import Organisation

from .asking import NOW, WaitingQuery
from .boundary import current
from .days import furthest_day
from .enums import CITY_ROLES, Role, TeamRole
from .models import Invitation, Participation, SupportGroup, TeamMember, TeamReopening
from .selectors.dates import agreed, city_names, passed_in
from .selectors.succession import confirming, objection_path
from .tools import label_of

REMEMBERED = timedelta(days=60)
"""An invitation that expired longer ago no longer waits for anybody."""

TOLD_FOR = timedelta(days=30)
"""How long a city is told that its partner switched a tool off."""


def team_name(path: str) -> dict[str, str]:
    """Data from which `named` says a team as `str(team)` does."""
    return {"team": f"{path}__enrolment__organisation__name", "part": f"{path}__name"}


def named(row: Waiting) -> str:
    return " · ".join(filter(None, [row.data["team"], row.data["part"]]))


# Agreed dates that passed: for the city teams and the facilitator; for the coordinator where nobody else would see it


def _passed(asked: WaitingQuery) -> Iterable[QuerySet]:
    part = "team__participations__"
    date = f"{part}partnership__stage_dates__"
    taking_part = Q(current(part), **{f"{part}role__in": (*CITY_ROLES, Role.FACILITATOR)})
    yield _dates(asked.seats().filter(taking_part, agreed(date), passed_in(asked.zones, date)), date)
    if TeamRole.COORDINATOR in asked.roles:
        partnership = "team__enrolment__programme__partnerships__"
        date = f"{partnership}stage_dates__"
        due = Q(**{f"{partnership}next_due__lt": furthest_day()})
        rows = asked.coordinating().filter(due, agreed(date), passed_in(asked.zones, date))
        rows = rows.alias(of_partnership=F(f"{partnership}pk")).filter(~Exists(_facilitators()))
        yield _dates(rows, date, unique=True)


def _dates(rows: QuerySet, date: str, *, unique: bool = False) -> QuerySet:
    rows = rows.alias(of_partnership=F(f"{date}partnership"))
    mentee, mentor = city_names("of_partnership")
    return as_rows(
        rows.alias(mentee=mentee, mentor=mentor),
        "stage.passed",
        unique=unique,
        subject=f"{date}pk",
        person="person_id",
        partnership=f"{date}partnership",
        programme=f"{date}partnership__programme",
        due=f"{date}planned_on",
        data={"stage": Texts(f"{date}stage__title"), "mentee": "mentee", "mentor": "mentor"},
    )


def _facilitators() -> QuerySet[Participation]:
    manned = TeamMember.objects.filter(current(), team=OuterRef("team"))
    return Participation.objects.filter(
        current(), Exists(manned), partnership=OuterRef("of_partnership"), role=Role.FACILITATOR
    )


def _say_passed(row: Waiting) -> WaitingText:
    return WaitingText(
        _("“%(stage)s” was agreed for this day: set a new day, or say that it is finished.")
        % {"stage": in_language(row.data["stage"])},
        reverse("partnerships:dates", args=[row.partnership_id]),
        " — ".join(filter(None, [row.data["mentee"], row.data["mentor"]])),
    )


# Teams without people


def _empty(asked: WaitingQuery) -> Iterable[QuerySet]:
    programme = "team__enrolment__programme"
    team = f"{programme}__enrolments__teams"
    name = Organisation.objects.filter(pk=OuterRef("whose")).values("name")
    people = TeamMember.objects.filter(current(), team=OuterRef("empty_team"))
    invited = Invitation.objects.filter(team__isnull=False, accepted_at=None, revoked_at=None, expires_at__gt=NOW)
    one = {f"{team}__closed_at": None, f"{team}__isnull": False, f"{programme}__enrolments__ended_on": None}
    rows = (
        asked.coordinating().filter(**one).alias(empty_team=F(team), whose=F(f"{programme}__enrolments__organisation"))
    )
    yield as_rows(
        rows.filter(~Exists(people), ~Q(empty_team__in=invited.order_by().values("team"))),
        "team.empty",
        unique=True,
        subject=team,
        person="person_id",
        programme=programme,
        since=f"{team}__created_at",
        data={
            "team": Subquery(name),
            "part": f"{team}__name",
            "emptied": f"{team}__emptied_at",
            "programme": f"{programme}__title",
        },
    )


def _say_empty(row: Waiting) -> WaitingText:
    never = _("Nobody is in the team of %(team)s yet: invite its first member.")
    left = _("Nobody is left in the team of %(team)s: see how it can be opened again.")
    text = (left if row.data["emptied"] else never) % {"team": named(row)}
    return WaitingText(text, reverse("partnerships:team", args=[row.subject_id]), row.data["programme"])


# Invitations without an answer


def _expired(asked: WaitingQuery) -> Iterable[QuerySet]:
    rows = _invitations(asked).filter(expires_at__lte=NOW, expires_at__gt=NOW - REMEMBERED)
    yield _invitation_rows(rows, "invitation.expired", "expires_at")


def _unfollowed(asked: WaitingQuery) -> Iterable[QuerySet]:
    rows = _invitations(asked).filter(expires_at__gt=NOW)
    yield _invitation_rows(rows, "invitation.open", Coalesce("sent_at", "created_at"))


def _invitations(asked: WaitingQuery) -> QuerySet[Invitation]:
    return Invitation.objects.filter(invited_by__person__in=asked.people, accepted_at=None, revoked_at=None)


def _invitation_rows(rows: QuerySet[Invitation], key: str, since: Any) -> QuerySet:
    group = {"seat": "seat", "group": "seat__group__name", "city": "seat__group__city__name"}
    return as_rows(
        rows,
        key,
        subject="pk",
        person="invited_by__person__pk",
        programme="team__enrolment__programme",
        since=since,
        data={"name": "name", "team_id": "team", **team_name("team"), **group},
    )


def _say_expired(row: Waiting) -> WaitingText:
    return _say_invitation(row, _("Your invitation to %(name)s expired: send it again or withdraw it."))


def _say_unfollowed(row: Waiting) -> WaitingText:
    return _say_invitation(row, _("%(name)s has not followed your invitation yet."))


def _say_invitation(row: Waiting, text: str) -> WaitingText:
    text %= {"name": row.data["name"]}
    if row.data["team_id"]:
        return WaitingText(text, reverse("partnerships:team", args=[row.data["team_id"]]), named(row))
    group = SupportGroup.named(row.data["group"], row.data["city"])
    return WaitingText(text, reverse("partnerships:invite_seat", args=[row.data["seat"]]), group)


# Tools that somebody of another city switched off


def _switched_off(asked: WaitingQuery) -> Iterable[QuerySet]:
    part = "team__participations__"
    use = f"{part}partnership__tool_uses"
    rows = asked.seats().filter(
        current(part),
        **{
            f"{part}role__in": CITY_ROLES,
            f"{part}partnership__ended_on": None,
            f"{use}__in_use": False,
            f"{use}__updated_at__gt": NOW - TOLD_FOR,
        },
    )
    partnership = f"{part}partnership"
    mentee, mentor = city_names("of_partnership")
    rows = rows.alias(of_partnership=F(partnership), by=F(f"{use}__changed_by")).alias(mentee=mentee, mentor=mentor)
    own = TeamMember.objects.filter(team=OuterRef("team"), person__user=OuterRef("by"))
    yield as_rows(
        rows.filter(~Exists(own)),
        "tool.off",
        subject=use,
        person="person_id",
        partnership=partnership,
        programme=f"{partnership}__programme",
        since=f"{use}__updated_at",
        data={"tool": f"{use}__tool", "mentee": "mentee", "mentor": "mentor"},
    )


def _say_switched_off(row: Waiting) -> WaitingText:
    text = _("Your partner city switched off “%(tool)s”. Nothing is lost; you may switch it on again.")
    return WaitingText(
        text % {"tool": label_of(row.data["tool"])},
        reverse("partnerships:tools", args=[row.partnership_id]),
        " — ".join(filter(None, [row.data["mentee"], row.data["mentor"]])),
    )


# Associations that wait for the word of the city


def _proposed(asked: WaitingQuery) -> Iterable[QuerySet]:
    backing = "team__enrolment__backings"
    rows = asked.seats().filter(
        current(f"{backing}__"),
        **{"team__role": TeamRole.CITY, f"{backing}__accepted_at": None, f"{backing}__isnull": False},
    )
    programme = "team__enrolment__programme"
    yield as_rows(
        rows,
        "backing.proposed",
        subject=backing,
        person="person_id",
        programme=programme,
        since=f"{backing}__created_at",
        data={"name": f"{backing}__team__enrolment__organisation__name", "programme": f"{programme}__title"},
    )


def _say_proposed(row: Waiting) -> WaitingText:
    return WaitingText(
        _("%(name)s is proposed as your city’s association: do you accept?") % {"name": row.data["name"]},
        reverse("partnerships:backing_accept", args=[row.subject_id]),
        row.data["programme"],
    )


# People named for an empty team: to confirm, where the person's own team may; to object to, for who was in that team


def _to_confirm(asked: WaitingQuery) -> Iterable[QuerySet]:
    """From the few that are open to the teams beside them."""
    if not asked.reopening:
        return
    enrolment = "team__enrolment__programme__enrolments"
    beside = f"{enrolment}__teams"
    rows = TeamReopening.objects.filter(stopped_at=None, opened_at=None, opens_at=None)
    rows = rows.filter(**{f"{beside}__members__in": asked.seats()}).alias(empty_team=F("team"))
    rows = confirming(
        rows.alias(seated=F(f"{beside}__members__person")), team=beside, enrolment=enrolment, emptied="team__emptied_at"
    )
    yield _reopening_rows(rows, "team.reopening", "", person="seated")


def _to_object(asked: WaitingQuery) -> Iterable[QuerySet]:
    gone = TeamMember.objects.filter(person__in=asked.people, ended_on__isnull=False)
    open_still = {"stopped_at": None, "opened_at": None, "opens_at__isnull": False, "isnull": False}
    rows = gone.filter(**{f"team__reopenings__{name}": value for name, value in open_still.items()})
    yield _reopening_rows(rows, "team.objection", "team__reopenings__", person="person_id")


def _reopening_rows(rows: QuerySet, key: str, reopening: str, *, person: str) -> QuerySet:
    programme = f"{reopening}team__enrolment__programme"
    return as_rows(
        rows,
        key,
        subject=f"{reopening}pk",
        person=person,
        programme=programme,
        since=f"{reopening}updated_at",
        data={**team_name(f"{reopening}team"), "name": f"{reopening}name", "programme": f"{programme}__title"},
    )


def _say_to_confirm(row: Waiting) -> WaitingText:
    text = _("Nobody is left in the team of %(team)s. Is %(name)s the right person?")
    return _say_reopening(row, text, reverse("partnerships:reopening", args=[row.subject_id]))


def _say_to_object(row: Waiting) -> WaitingText:
    text = _("%(name)s is named for the team of %(team)s, in which you were. You may object.")
    return _say_reopening(row, text, objection_path(row.subject_id, row.person_id or 0))


def _say_reopening(row: Waiting, text: str, url: str) -> WaitingText:
    return WaitingText(text % {"team": named(row), "name": row.data["name"]}, url, row.data["programme"])


WAITING = (
    Kind("stage.passed", _passed, _say_passed, roles=set(TeamRole), passed=True),
    Kind("team.empty", _empty, _say_empty, roles={TeamRole.COORDINATOR}),
    Kind("invitation.expired", _expired, _say_expired),
    Kind("tool.off", _switched_off, _say_switched_off, roles={TeamRole.CITY}),
    Kind("backing.proposed", _proposed, _say_proposed, roles={TeamRole.CITY}),
    Kind("team.reopening", _to_confirm, _say_to_confirm, roles=set(TeamRole)),
    Kind("team.objection", _to_object, _say_to_object),
)
AWAITED = (Kind("invitation.open", _unfollowed, _say_unfollowed),)
