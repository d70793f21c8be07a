"""Programmes, who takes part, teams and invitations."""

from programmes.partnerships.models import Stage
from programmes.partnerships.services.invitations import invite, link_of
from programmes.partnerships.services.teams import create_team
from tests.cast import SITE, staging

from ..roles import COORDINATION, EVERYBODY, FOUNDERS, MENTEE_TEAM, NOBODY, SEES_PROGRAMME, SIGNED_IN
from ..row import Row

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


def _association_enrolment(world):
    return (world.teams["mentee_association"].enrolment_id,)


def _backing(world):
    return (world.teams["mentee"].enrolment.backings.get().pk,)


def _team(name):
    return lambda world: (world.teams[name].pk,)


def _empty_team(world):
    city = staging.city("Emptyville")
    return (staging.enrolled(world.programme, city, "mentee", by=world.cast.coordinator).pk,)


def _second_team(world):
    enrolment = world.teams["mentee_association"].enrolment
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
    """Sent by the coordinator, who filled an empty chair."""
    from programmes.partnerships.models import Team

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
MEMBERS_CITY = MENTEE_TEAM | COORDINATION

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
        data=lambda w: {"organisation": _newcomer("city", "Newtown"), "theme": str(_theme(w)[0])},
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
    _changes("enrolment_theme", _enrolment, data=lambda w: {"theme": str(_theme(w)[0])}),
    _changes(
        "backing_add",
        _enrolment,
        data=lambda w: {"association": _newcomer("association", "Second union")},
        needs=("association",),
    ),
    _changes("team_add", _association_enrolment, data=lambda w: {"name": "Second"}, needs=("name",)),
    _changes("enrolment_end", _enrolment, data=lambda w: {"reason": "Elections"}),
    _button("backing_end", _backing),
    Row("partnerships:team", _team("mentee"), get=SEES_PROGRAMME),
    # A city's team adds its own people; the coordinator fills an empty chair; administrators found the coordination.
    _invites("city", _team("mentee"), MENTEE_TEAM),
    _invites("empty city", _empty_team, COORDINATION),
    _invites("facilitator", _team("facilitator"), COORDINATION | {"facilitator"}),
    _invites("association", _second_team, COORDINATION),
    _invites("association with people", _team("mentee_association"), frozenset({"mentee_association"})),
    _invites("coordination", _team("coordinator"), FOUNDERS),
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
        get=MEMBERS_CITY,
        post=MEMBERS_CITY,
        forbidden=SEES_PROGRAMME - MEMBERS_CITY,
        data=lambda w: {"function": "Head of unit"},
    ),
    Row(
        "partnerships:member_end",
        _member,
        get=MEMBERS_CITY,
        post=MEMBERS_CITY,
        forbidden=SEES_PROGRAMME - MEMBERS_CITY,
    ),
    Row(
        "partnerships:member_end",
        _coordinators_member,
        get=FOUNDERS,
        post=FOUNDERS,
        forbidden=NOT_FOUNDERS,
        case="coordination",
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
