"""Who follows in a team, and the ways back into an empty one."""

import itertools

from programmes.partnerships.models import TeamReopening
from programmes.partnerships.selectors.succession import objection_path
from programmes.partnerships.services import succession
from programmes.partnerships.services.partnerships import create_partnership
from programmes.partnerships.services.succession import ask_to_reopen, confirm_reopening, leave, name_office
from tests.cast import SITE, staging

from ..roles import COORDINATION, EVERYBODY, MENTEE_TEAM, SEES_PROGRAMME
from ..row import Row
from .teams import team_named

_numbers = itertools.count(1)


def _brief_team(world):
    """A further city, partnered with the mentor's, and its only member."""
    number = next(_numbers)
    by = world.cast.coordinator
    team = staging.enrolled(world.programme, staging.city(f"Brieftown {number}"), "mentee", by=by)
    officer = next(iter(staging.users(f"brief_officer_{number}")))
    staging.join(officer, team)
    cities = {"mentee": [team], "mentor": [world.teams["mentor"]]}
    create_partnership(programme=world.programme, theme=world.programme.themes.get(), cities=cities, by=by)
    return team, officer


def _emptied(team, officer):
    leave(member=team.members.get(), by=officer, site=SITE)
    team.refresh_from_db()
    return team


def _emptied_team(world):
    return (_emptied(*_brief_team(world)).pk,)


def _reopening(world):
    team = _emptied(*_brief_team(world))
    return (ask_to_reopen(team=team, by=world.cast.coordinator, **_person()).pk,)


def _objection(world):
    row = TeamReopening.objects.get(pk=_reopening(world)[0])
    confirm_reopening(reopening=row, team=world.teams["mentor"], by=world.cast.mentor, site=SITE)
    former = row.team.members.get().person
    return (objection_path(row.pk, former.pk).rstrip("/").rpartition("/")[2],)


def _office_link(salt):
    def args(world):
        team, officer = _brief_team(world)
        office = name_office(team=team, post="Clerk", email="clerk@example.org", language="en", by=officer, site=SITE)
        _emptied(team, officer)
        office.refresh_from_db()
        return (getattr(succession, salt).sign_object([office.pk, office.nonce]),)

    return args


def _person():
    return {"name": "Anna Next", "email": "anna@example.org", "language": "en"}


def _other_stand_in(world):
    """After the team named somebody else."""
    named = {"name": "Juris", "email": "juris@example.org", "language": "en"}
    succession.name_stand_in(team=world.teams["mentee"], by=world.cast.mentee, **named)
    return _person()


def _other_office(world):
    named = {"post": "Mayor", "email": "mayor@example.org", "language": "en"}
    succession.name_office(team=world.teams["mentee"], by=world.cast.mentee, site=SITE, **named)
    return {"post": "Clerk", "email": "clerk@example.org", "language": "en"}


def _arranges(name, data, needs=("name",)):
    """A small form of the page on which a team says who follows."""
    return Row(
        f"partnerships:{name}",
        team_named("mentee"),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=data,
        needs=(*needs, "email"),
    )


ROWS = [
    Row("partnerships:succession", team_named("mentee"), get=MENTEE_TEAM, forbidden=SEES_PROGRAMME - MENTEE_TEAM),
    _arranges("stand_in", _other_stand_in),
    _arranges("office", _other_office, ("post",)),
    Row(
        "partnerships:team_reopen",
        _emptied_team,
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        data=lambda w: _person(),
        needs=("name", "email"),
    ),
    Row("partnerships:ask_office", _emptied_team, post=COORDINATION, forbidden=SEES_PROGRAMME - COORDINATION),
    Row("partnerships:team_anew", _emptied_team, post=COORDINATION, forbidden=SEES_PROGRAMME - COORDINATION),
    Row(
        "partnerships:reopening",
        _reopening,
        get=frozenset({"mentor"}),
        post=frozenset({"mentor"}),
        forbidden=COORDINATION,
    ),
    Row("partnerships:reopening_object", _objection, get=EVERYBODY, post=EVERYBODY, done=200),
    Row("partnerships:office_confirm", _office_link("CONFIRM_OFFICE"), get=EVERYBODY, post=EVERYBODY, done=200),
    Row(
        "partnerships:office_open",
        _office_link("OPEN_BY_OFFICE"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=lambda w: _person(),
        needs=("name", "email"),
        done=200,
    ),
]
