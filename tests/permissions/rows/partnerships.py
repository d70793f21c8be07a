"""Programmes, who takes part, teams and invitations."""

import itertools

from programmes.partnerships.models import Stage, Team, TeamReopening
from programmes.partnerships.selectors.succession import objection_path
from programmes.partnerships.services import succession
from programmes.partnerships.services.backings import back
from programmes.partnerships.services.invitations import invite, link_of
from programmes.partnerships.services.partnerships import create_partnership
from programmes.partnerships.services.succession import ask_to_reopen, confirm_reopening, leave, name_office
from programmes.partnerships.services.teams import create_team
from tests.cast import SITE, staging

from ..roles import COORDINATION, EVERYBODY, FOUNDERS, MENTEE_TEAM, NOBODY, SEES_PROGRAMME, SIGNED_IN
from ..row import Row

_numbers = itertools.count(1)
NOT_FOUNDERS = SEES_PROGRAMME - FOUNDERS
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


def _programme(world):
    return (world.programme.pk,)


def _with_picture(which):
    def args(world):
        from django.core.files.base import ContentFile

        getattr(world.programme, which).save("picture.png", ContentFile(PNG), save=True)
        return (world.programme.pk,)

    return args


def _stage(world):
    return (Stage.objects.filter(programme=world.programme).first().pk,)


def _theme(world):
    return (world.programme.themes.get().pk,)


def _network(world):
    return str(world.programme.network_id)


def _about(world):
    return {
        "title": "Learning together",
        "network": _network(world),
        "policy_field_en": "language learning",
        "working_language": "en",
        "languages": ["en", "es"],
        "time_zone": "Europe/Riga",
    }


def _newcomer(kind, name):
    return str(staging.organisation(kind, name, "LV").pk)


def _enrolment(world):
    return (world.teams["mentee"].enrolment_id,)


def _facilitator_enrolment(world):
    return (world.teams["facilitator"].enrolment_id,)


def _backing(world):
    return (world.teams["mentee"].enrolment.backings.get().pk,)


def _team(name):
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


def _proposed_backing(world):
    association = world.teams["mentor_association"].enrolment.organisation
    city = world.teams["mentee"].enrolment
    return (back(enrolment=city, association=association, by=world.cast.coordinator).pk,)


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


def _arranges(name, data, needs=("name",)):
    """A small form of the page on which a team says who follows."""
    return Row(
        f"partnerships:{name}",
        _team("mentee"),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=data,
        needs=(*needs, "email"),
    )


def _changes(name, args=_programme, **more):
    """A page on which the programme is set up."""
    return Row(f"partnerships:{name}", args, get=FOUNDERS, post=FOUNDERS, forbidden=NOT_FOUNDERS, **more)


def _button(name, args, **more):
    return Row(f"partnerships:{name}", args, post=FOUNDERS, forbidden=NOT_FOUNDERS, **more)


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


TITLE = {"title_en": "Another", "title_es": "Otra"}


def _other_stand_in(world):
    """After the team named somebody else."""
    named = {"name": "Juris", "email": "juris@example.org", "language": "en"}
    succession.name_stand_in(team=world.teams["mentee"], by=world.cast.mentee, **named)
    return _person()


def _other_office(world):
    named = {"post": "Mayor", "email": "mayor@example.org", "language": "en"}
    succession.name_office(team=world.teams["mentee"], by=world.cast.mentee, site=SITE, **named)
    return {"post": "Clerk", "email": "clerk@example.org", "language": "en"}


ROWS = [
    Row("partnerships:programmes", get=SIGNED_IN),
    Row(
        "partnerships:programme_add",
        get=FOUNDERS,
        post=FOUNDERS,
        forbidden=SIGNED_IN - FOUNDERS,
        data=lambda w: _about(w) | {"title": "A new programme"},
        needs=("title", "network", "working_language", "time_zone"),
    ),
    _changes("settings", data=_about, needs=("title", "working_language", "time_zone")),
    Row("partnerships:emblem", _with_picture("emblem"), get=SEES_PROGRAMME),
    Row("partnerships:logo", _with_picture("logo"), get=SEES_PROGRAMME),
    _changes("stages", data=lambda w: TITLE, needs=("title_en+title_es",)),
    _changes("themes", data=lambda w: TITLE, needs=("title_en+title_es",)),
    _changes("stage_edit", _stage, data=lambda w: TITLE, needs=("title_en+title_es",)),
    _changes("theme_edit", _theme, data=lambda w: TITLE, needs=("title_en+title_es",)),
    _button("stage_move", _stage, data=lambda w: {"direction": "down"}),
    _button("stage_retire", _stage),
    _button("theme_retire", _theme),
    Row("partnerships:people", _programme, get=SEES_PROGRAMME),
    _changes(
        "enrol",
        lambda w: (w.programme.pk, "mentee"),
        data=lambda w: {"organisation": _newcomer("city", "Newtown"), "themes": [str(_theme(w)[0])]},
        needs=("organisation",),
    ),
    _changes(
        "enrol",
        lambda w: (w.programme.pk, "facilitator"),
        data=lambda w: {"organisation": _newcomer("facilitator", "New Lab")},
        needs=("organisation",),
        case="facilitator",
    ),
    Row("partnerships:enrolment", _enrolment, get=SEES_PROGRAMME),
    _changes(
        "enrolment_change",
        _enrolment,
        data=lambda w: {"role": "both", "themes": [str(_theme(w)[0])]},
        needs=("role",),
    ),
    _changes(
        "backing_add",
        _enrolment,
        data=lambda w: {"association": _newcomer("association", "Second union")},
        needs=("association",),
    ),
    _changes("team_add", _facilitator_enrolment, data=lambda w: {"name": "Second"}, needs=("name",)),
    _changes("enrolment_end", _enrolment, data=lambda w: {"reason": "Elections"}),
    Row(
        "partnerships:backing_end",
        _backing,
        post=FOUNDERS | MENTEE_TEAM,
        forbidden=NOT_FOUNDERS - MENTEE_TEAM,
    ),
    Row(
        "partnerships:backing_accept",
        _proposed_backing,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
    ),
    Row("partnerships:team", _team("mentee"), get=SEES_PROGRAMME),
    Row(
        "partnerships:team_history",
        _team("mentee"),
        get=MENTEE_TEAM | {"mentor"},
        forbidden=SEES_PROGRAMME - MENTEE_TEAM - {"mentor"},
    ),
    Row("partnerships:succession", _team("mentee"), get=MENTEE_TEAM, forbidden=SEES_PROGRAMME - MENTEE_TEAM),
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
    # Only a team lets people into its team; who has set it up invites the first person, and no more.
    _invites("city", _team("mentee"), MENTEE_TEAM),
    _invites("empty city", _empty_team, COORDINATION),
    _invites("city to be backed", _backed_empty_team, COORDINATION | {"mentee_association"}),
    _invites("facilitator", _team("facilitator"), frozenset({"facilitator"})),
    _invites("new team of a facilitator", _second_team, COORDINATION),
    _invites("association with people", _team("mentee_association"), frozenset({"mentee_association"})),
    _invites("coordination", _team("coordinator"), COORDINATION),
    _invites("new coordination", _empty_coordination, FOUNDERS),
    Row(
        "partnerships:team_address",
        _team("mentee"),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"email": "integration@riverton.example"},
    ),
    Row(
        "partnerships:team_facilitator",
        _team("mentee"),
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
        data=lambda w: {"allowed": "yes"},
    ),
    Row(
        "partnerships:team_facilitator",
        _team("facilitator"),
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
    Row("partnerships:mentoring", get=SIGNED_IN),
]
