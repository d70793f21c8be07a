"""Who may do what in programmes and partnerships. Superusers get what stands here and no more."""

from typing import Any

import rules

from programmes.accounts import rules as account_rules
from programmes.common.access import Access
from programmes.participants import rules as directory_rules

from .boundary import places_of
from .enums import CITY_ENROLMENTS, CITY_ROLES, EnrolmentRole, Role
from .selectors import facilitated_by, partnerships_visible_to, programmes_visible_to


@rules.predicate
def is_administrator(access):
    return access.is_administrator


@rules.predicate
def coordinates_something(access):
    return bool(places_of(access).coordinated)


@rules.predicate
def sees_programme(access: Access, programme):
    return access.noted("sees", programme) or programmes_visible_to(access).filter(pk=programme.pk).exists()


@rules.predicate
def coordinates(access: Access, thing):
    """Coordinator of the programme of `thing`: a programme, partnership, enrolment or team."""
    return _programme_id(thing) in places_of(access).coordinated


@rules.predicate
def sees_partnership(access: Access, partnership):
    return access.noted("sees", partnership) or partnerships_visible_to(access).filter(pk=partnership.pk).exists()


@rules.predicate
def in_city_team(access: Access, partnership):
    """In the team of the mentee or a mentor of the partnership, now."""
    return _takes_part(access, partnership, *CITY_ROLES)


@rules.predicate
def facilitates(access: Access, partnership):
    return _takes_part(access, partnership, Role.FACILITATOR)


@rules.predicate
def in_team(access: Access, team):
    return team.pk in places_of(access).teams


@rules.predicate
def in_enrolled_team(access: Access, enrolment):
    return enrolment.pk in places_of(access).enrolments


@rules.predicate
def team_is_empty(access: Access, team):
    return not team.members.filter(ended_on=None).exists()


@rules.predicate
def team_is_a_citys(access: Access, team):
    return team.enrolment.role in (EnrolmentRole.MENTEE, EnrolmentRole.MENTOR, EnrolmentRole.BOTH)


@rules.predicate
def team_steers(access: Access, team):
    return team.enrolment.role in (EnrolmentRole.COORDINATOR, EnrolmentRole.FACILITATOR)


@rules.predicate
def team_coordinates(access: Access, team):
    return team.enrolment.role == EnrolmentRole.COORDINATOR


@rules.predicate
def keeps_group(access: Access, group):
    """In the team that keeps the support group; not in another of the same city."""
    return group.team_id in places_of(access).teams


@rules.predicate
def keeps_groups_seat(access: Access, seat):
    return keeps_group(access, seat.group)


@rules.predicate
def may_invite_there(access: Access, invitation):
    if invitation.team_id is None:
        return keeps_group(access, invitation.seat.group)
    return rules.has_perm("partnerships.add_member", access, invitation.team)


@rules.predicate
def invited_them(access: Access, invitation):
    """Sent it, and still sees the programme; a coordinator may have filled a chair that is no longer empty."""
    if invitation.invited_by_id != access.user.pk or invitation.team_id is None:
        return False
    return sees_programme(access, invitation.team.enrolment.programme)


def _programme_id(thing: Any) -> int:
    if hasattr(thing, "enrolment"):
        thing = thing.enrolment
    return getattr(thing, "programme_id", thing.pk)


def _takes_part(access: Access, partnership: Any, *roles: str) -> bool:
    teams = places_of(access).teams
    return any(row.team_id in teams for row in partnership.current_in(*roles))


rules.add_perm("partnerships.add_programme", is_administrator | coordinates_something)
rules.add_perm("partnerships.view_programme", sees_programme)
rules.add_perm("partnerships.change_programme", coordinates | is_administrator)
rules.add_perm("partnerships.enrol", coordinates | is_administrator)
rules.add_perm(
    "partnerships.view_enrolment",
    rules.predicate(lambda access, enrolment: sees_programme(access, enrolment.programme)),
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
    "partnerships.view_team", rules.predicate(lambda access, team: sees_programme(access, team.enrolment.programme))
)
rules.add_perm(
    "partnerships.add_member",
    in_team | (coordinates & (team_is_empty | team_steers)) | (is_administrator & team_coordinates),
)
rules.add_perm("partnerships.end_member", in_team | coordinates | (is_administrator & team_coordinates))
rules.add_perm("partnerships.allow_facilitator", in_team & team_is_a_citys)
rules.add_perm("partnerships.invite_seat", keeps_groups_seat)
rules.add_perm("partnerships.manage_invitation", may_invite_there | invited_them)


@rules.predicate
def in_team_of_organisation(access: Access, organisation):
    """In a current team of the organisation, in any programme."""
    return bool(organisation) and organisation.pk in places_of(access).organisations


@rules.predicate
def in_a_citys_team(access):
    """Cities know who matters to them: their teams add stakeholder organisations, and no others."""
    return not places_of(access).roles.isdisjoint(CITY_ENROLMENTS)


@rules.predicate
def facilitates_its_team(access, group):
    """Facilitates a partnership in which the team that keeps the group takes part now."""
    return facilitated_by(access).filter(team=group.team_id).exists()


# The directory is below this app and cannot know who coordinates or is in a team.
rules.set_perm("participants.add_organisation", is_administrator | coordinates_something)
rules.set_perm("participants.add_stakeholder", is_administrator | coordinates_something | in_a_citys_team)
rules.set_perm(
    "participants.change_organisation",
    directory_rules.is_administrator | directory_rules.works_there | coordinates_something | in_team_of_organisation,
)

rules.add_perm("partnerships.add_support_group", in_team & team_is_a_citys)
rules.add_perm("partnerships.view_support_group", keeps_group | facilitates_its_team)
rules.add_perm("partnerships.change_support_group", keeps_group)
rules.set_rule("accounts.needs_second_factor", account_rules.is_administrator | coordinates_something)
rules.set_perm(
    "accounts.view_outbox", account_rules.reads_outbox | (account_rules.outbox_of_demo & coordinates_something)
)
