"""Who may do what in programmes and partnerships. Superusers get what stands here and no more."""

from typing import Any

import rules

from programmes.accounts import rules as account_rules
from programmes.participants import rules as directory_rules

from .boundary import is_seen_by, may_read_thread, places_of
from .enums import CITY_ENROLMENTS, CITY_ROLES, EnrolmentRole, Role
from .selectors import partnerships_visible_to, programmes_visible_to


@rules.predicate
def is_administrator(user):
    return user.is_active and user.is_superuser


@rules.predicate
def coordinates_something(user):
    return bool(places_of(user).coordinated)


@rules.predicate
def sees_programme(user, programme):
    return is_seen_by(programme, user) or programmes_visible_to(user).filter(pk=programme.pk).exists()


@rules.predicate
def coordinates(user, thing):
    """Coordinator of the programme of `thing`: a programme, partnership, enrolment or team."""
    return _programme_id(thing) in places_of(user).coordinated


@rules.predicate
def sees_partnership(user, partnership):
    return is_seen_by(partnership, user) or partnerships_visible_to(user).filter(pk=partnership.pk).exists()


@rules.predicate
def in_city_team(user, partnership):
    """In the team of the mentee or a mentor of the partnership, now."""
    return _takes_part(user, partnership, *CITY_ROLES)


@rules.predicate
def facilitates(user, partnership):
    return _takes_part(user, partnership, Role.FACILITATOR)


@rules.predicate
def in_team(user, team):
    return team.pk in places_of(user).teams


@rules.predicate
def in_enrolled_team(user, enrolment):
    return enrolment.pk in places_of(user).enrolments


@rules.predicate
def team_is_empty(user, team):
    return not team.members.filter(ended_on=None).exists()


@rules.predicate
def team_is_a_citys(user, team):
    return team.enrolment.role in (EnrolmentRole.MENTEE, EnrolmentRole.MENTOR, EnrolmentRole.BOTH)


@rules.predicate
def team_steers(user, team):
    return team.enrolment.role in (EnrolmentRole.COORDINATOR, EnrolmentRole.FACILITATOR)


@rules.predicate
def team_coordinates(user, team):
    return team.enrolment.role == EnrolmentRole.COORDINATOR


@rules.predicate
def has_seat_in_own_city(user, seat):
    """The seat is in a support group of a city in whose team the person is."""
    return seat.group.city_id in places_of(user).organisations


@rules.predicate
def may_invite_there(user, invitation):
    if invitation.team_id is None:
        return has_seat_in_own_city(user, invitation.seat)
    return rules.has_perm("partnerships.add_member", user, invitation.team)


@rules.predicate
def invited_them(user, invitation):
    """Sent it, and still sees the programme; a coordinator may have filled a chair that is no longer empty."""
    if invitation.invited_by_id != user.pk or invitation.team_id is None:
        return False
    return sees_programme(user, invitation.team.enrolment.programme)


def _programme_id(thing: Any) -> int:
    if hasattr(thing, "enrolment"):
        thing = thing.enrolment
    return getattr(thing, "programme_id", thing.pk)


def _takes_part(user: Any, partnership: Any, *roles: str) -> bool:
    teams = places_of(user).teams
    return any(row.team_id in teams for row in partnership.current_in(*roles))


rules.add_perm("partnerships.add_programme", is_administrator | coordinates_something)
rules.add_perm("partnerships.view_programme", sees_programme)
rules.add_perm("partnerships.change_programme", coordinates | is_administrator)
rules.add_perm("partnerships.enrol", coordinates | is_administrator)
rules.add_perm(
    "partnerships.view_enrolment", rules.predicate(lambda user, enrolment: sees_programme(user, enrolment.programme))
)

rules.add_perm("partnerships.view_partnership", sees_partnership)
rules.add_perm("partnerships.pair", coordinates)
rules.add_perm("partnerships.change_partnership", coordinates)
rules.add_perm("partnerships.record_stage", coordinates | facilitates | in_city_team)
rules.add_perm("partnerships.choose_tools", in_city_team)
rules.add_perm("partnerships.keep_conversations", in_city_team)

# A city's or an association's team adds its own people. The coordinator fills an empty team, and ends a place when
# somebody left; so nobody enters their confidence without them or an empty chair. Teams that steer are the
# coordinator's own business. Administrators found the coordinator's team.
rules.add_perm(
    "partnerships.view_team", rules.predicate(lambda user, team: sees_programme(user, team.enrolment.programme))
)
rules.add_perm(
    "partnerships.add_member",
    in_team | (coordinates & (team_is_empty | team_steers)) | (is_administrator & team_coordinates),
)
rules.add_perm("partnerships.end_member", in_team | coordinates | (is_administrator & team_coordinates))
rules.add_perm("partnerships.allow_facilitator", in_team & team_is_a_citys)
rules.add_perm("partnerships.invite_seat", has_seat_in_own_city)
rules.add_perm("partnerships.manage_invitation", may_invite_there | invited_them)


@rules.predicate
def reads_thread(user, thread):
    return may_read_thread(user, thread)


rules.add_perm("partnerships.view_thread", reads_thread)


@rules.predicate
def in_team_of_organisation(user, organisation):
    """In a current team of the organisation, in any programme."""
    return bool(organisation) and organisation.pk in places_of(user).organisations


@rules.predicate
def in_a_citys_team(user):
    """Cities know who matters to them: their teams add stakeholder organisations, and no others."""
    return not places_of(user).roles.isdisjoint(CITY_ENROLMENTS)


@rules.predicate
def facilitates_city(user, organisation):
    """Facilitates a partnership in which the city takes part now."""
    mine = {"partnership__participations__team__in": places_of(user).teams}
    rows = organisation.participations.filter(
        ended_on=None,
        role__in=CITY_ROLES,
        partnership__participations__role=Role.FACILITATOR,
        partnership__participations__ended_on=None,
        **mine,
    )
    return rows.exists()


# The directory is below this app and cannot know who coordinates or is in a team.
rules.set_perm("participants.add_organisation", is_administrator | coordinates_something)
rules.set_perm("participants.add_stakeholder", is_administrator | coordinates_something | in_a_citys_team)
rules.set_perm(
    "participants.change_organisation",
    directory_rules.is_administrator | directory_rules.works_there | coordinates_something | in_team_of_organisation,
)
rules.set_perm("participants.view_support_groups", in_team_of_organisation | facilitates_city)
rules.set_perm("participants.change_support_groups", in_team_of_organisation)
rules.set_rule("accounts.needs_second_factor", account_rules.is_administrator | coordinates_something)
rules.set_perm(
    "accounts.view_outbox", account_rules.reads_outbox | (account_rules.outbox_of_demo & coordinates_something)
)
