"""Teams, their members and the invitations into them."""

from programmes.partnerships.models import Team
from programmes.partnerships.services.backings import back
from programmes.partnerships.services.invitations import invite, link_of
from programmes.partnerships.services.teams import create_team
from tests.cast import SITE, staging

from ..roles import COORDINATION, EVERYBODY, FOUNDERS, MENTEE_TEAM, NOBODY, SEES_PROGRAMME
from ..row import Row


def team_named(name):
    return lambda world: (world.teams[name].pk,)


def _empty_team(world):
    city = staging.city("Emptyville")
    return (staging.enrolled(world.programme, city, "mentee", by=world.cast.coordinator).pk,)


def _second_team(world):
    enrolment = world.teams["facilitator"].enrolment
    return (create_team(enrolment=enrolment, name="Second", by=world.cast.coordinator).pk,)


def _member(world):
    return (world.teams["mentee"].members.get(person__user=world.cast.mentee).pk,)


def _coordinators_member(world):
    """One of two: a programme keeps its last coordinator."""
    staging.join(next(iter(staging.users("second"))), world.teams["coordinator"])
    return (world.teams["coordinator"].members.get(person__user=world.cast.coordinator).pk,)


def _free_seat(world):
    return (world.group.members.create(name="Tenants’ union", sector="residents").pk,)


def _invitation(world):
    return (world.invitation.pk,)


def _to_empty_team(world):
    """Sent by the coordinator: the first person of a team that nobody was in."""
    team = Team.objects.get(pk=_empty_team(world)[0])
    by = world.cast.coordinator
    return (invite(team=team, email="first@example.org", name="First colleague", by=by, site=SITE).pk,)


def _token(world):
    return (link_of(world.invitation, SITE).rstrip("/").rpartition("/")[2],)


def _guest(world):
    return {"name": "Jānis Ozols", "email": "janis@example.org", "function": "Officer", "language": "en"}


def _joining(world):
    password = "a rather long password 7"
    return {"name": "Jānis Ozols", "language": "en", "new_password1": password, "new_password2": password}


def _backed_empty_team(world):
    """The association stands behind it as soon as it accepts: it may invite its first person."""
    team = Team.objects.get(pk=_empty_team(world)[0])
    association = world.teams["mentee_association"].enrolment.organisation
    back(enrolment=team.enrolment, association=association, by=world.cast.coordinator)
    return (team.pk,)


def _empty_coordination(world):
    enrolment = world.teams["coordinator"].enrolment
    return (create_team(enrolment=enrolment, name="Second", by=world.cast.coordinator).pk,)


def _facilitators_member(world):
    """One of two."""
    staging.join(next(iter(staging.users("second_facilitator"))), world.teams["facilitator"])
    return (world.teams["facilitator"].members.get(person__user=world.cast.facilitator).pk,)


def _invites(case, args, who):
    """Inviting into a team, and the page of the team where the form stands."""
    return Row(
        "partnerships:team_invite",
        args,
        get=who,
        post=who,
        forbidden=SEES_PROGRAMME - who,
        data=_guest,
        needs=("name", "email", "language"),
        case=case,
    )


ROWS = [
    Row("partnerships:team", team_named("mentee"), get=SEES_PROGRAMME),
    Row(
        "partnerships:team_history",
        team_named("mentee"),
        get=MENTEE_TEAM | {"mentor"},
        forbidden=SEES_PROGRAMME - MENTEE_TEAM - {"mentor"},
    ),
    # Only a team lets people into its team; who has set it up invites the first person, and no more.
    _invites("city", team_named("mentee"), MENTEE_TEAM),
    _invites("empty city", _empty_team, COORDINATION),
    _invites("city to be backed", _backed_empty_team, COORDINATION | {"mentee_association"}),
    _invites("facilitator", team_named("facilitator"), frozenset({"facilitator"})),
    _invites("new team of a facilitator", _second_team, COORDINATION),
    _invites("association with people", team_named("mentee_association"), frozenset({"mentee_association"})),
    _invites("coordination", team_named("coordinator"), COORDINATION),
    _invites("new coordination", _empty_coordination, FOUNDERS),
    Row(
        "partnerships:team_address",
        team_named("mentee"),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"email": "integration@riverton.example"},
    ),
    Row(
        "partnerships:team_facilitator",
        team_named("mentee"),
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"allowed": "yes"},
    ),
    Row(
        "partnerships:team_facilitator",
        team_named("facilitator"),
        post=NOBODY,
        forbidden=SEES_PROGRAMME,
        data=lambda w: {"allowed": "yes"},
        case="no city",
    ),
    Row(
        "partnerships:member",
        _member,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"function": "Head of unit"},
    ),
    Row(
        "partnerships:member_end",
        _member,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"without": "on"},
    ),
    Row(
        "partnerships:member_end",
        _coordinators_member,
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        case="coordination",
    ),
    Row(
        "partnerships:member_end",
        _facilitators_member,
        get=COORDINATION | {"facilitator"},
        post=COORDINATION | {"facilitator"},
        forbidden=SEES_PROGRAMME - COORDINATION - {"facilitator"},
        case="facilitator, not the last one",
    ),
    Row("partnerships:invitation_again", _invitation, post=MENTEE_TEAM, forbidden=COORDINATION),
    Row("partnerships:invitation_revoke", _invitation, post=MENTEE_TEAM, forbidden=COORDINATION),
    Row("partnerships:invitation_again", _to_empty_team, post=COORDINATION, case="empty city"),
    Row("partnerships:invitation_revoke", _to_empty_team, post=COORDINATION, case="empty city"),
    Row(
        "partnerships:invitation",
        _token,
        get=EVERYBODY,
        post=EVERYBODY,
        succeeds=frozenset({"anonymous"}),
        data=_joining,
        needs=("name", "language", "new_password1", "new_password2"),
    ),
    Row(
        "partnerships:invite_seat",
        _free_seat,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        data=lambda w: {key: value for key, value in _guest(w).items() if key != "function"},
        needs=("name", "email", "language"),
    ),
]
