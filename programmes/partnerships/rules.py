"""Who may do what in programmes and partnerships. Superusers get what stands here and no more."""

from typing import Any

import rules

from programmes.accounts import rules as account_rules
from programmes.common.access import Access
from programmes.participants import rules as directory_rules

from .boundary import current, places_of
from .enums import CITY_ROLES, Role, TeamRole
from .models import Backing, Participation, Partnership, Team
from .selectors import confirming_team, facilitated_by, partnerships_visible_to
from .selectors.letters import looked_after


@rules.predicate
def is_administrator(access):
    return access.is_administrator


@rules.predicate
def coordinates_something(access):
    return bool(places_of(access).coordinated)


@rules.predicate
def sees_programme(access: Access, programme):
    """As `programmes_visible_to`, from what is known of the person already."""
    return access.is_administrator or programme.pk in places_of(access).programmes


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
def writes_letters(access: Access, thing):
    """Who coordinates the programme, or facilitates one of its partnerships; of a partnership: this one."""
    programme = thing.programme if isinstance(thing, Partnership) else thing
    rows = looked_after(access, programme)
    return (rows.filter(pk=thing.pk) if isinstance(thing, Partnership) else rows).exists()


@rules.predicate
def in_team(access: Access, team):
    return team.pk in places_of(access).teams


@rules.predicate
def was_in_team(access: Access, team):
    """In a team whose organisation may have left the programme: its people read what is their own."""
    return team.pk in places_of(access).own


@rules.predicate
def never_had_a_member(access: Access, team):
    """A deactivated account still counts, and so does a place that ended: there may be texts behind it."""
    return not team.members.exists()


@rules.predicate
def is_empty(access: Access, team):
    """Everybody left. Somebody had been there, so nobody from outside fills it alone."""
    return team.emptied_at is not None and team.closed_at is None


@rules.predicate
def team_is_a_citys(access: Access, team):
    return team.role == TeamRole.CITY


@rules.predicate
def team_facilitates(access: Access, team):
    return team.role == TeamRole.FACILITATOR


@rules.predicate
def team_coordinates(access: Access, team):
    return team.role == TeamRole.COORDINATOR


@rules.predicate
def has_more_than_one(access: Access, team):
    return team.members.filter(ended_on=None).count() > 1


@rules.predicate
def stands_behind(access: Access, team):
    """In the team of an association that backs this city, or shall once the city accepts."""
    if team.role != TeamRole.CITY:
        return False
    backing = Backing.objects.filter(current(), enrolment=team.enrolment_id, team__in=places_of(access).teams)
    return backing.exists()


@rules.predicate
def in_partner_citys_team(access: Access, team):
    """In the team of another city of a partnership in which this team takes part, now."""
    mine = Participation.objects.filter(current(), team__in=places_of(access).teams, role__in=CITY_ROLES)
    return team.participations.filter(current(), partnership__in=mine.values("partnership")).exists()


@rules.predicate
def in_confirming_team(access: Access, reopening):
    return confirming_team(access, reopening) is not None


@rules.predicate
def in_backed_city(access: Access, backing):
    """In the team of the city that the association would stand behind."""
    return Team.objects.filter(
        enrolment=backing.enrolment_id, role=TeamRole.CITY, pk__in=places_of(access).teams
    ).exists()


@rules.predicate
def keeps_group(access: Access, group):
    """In the team that keeps the support group; not in another of the same city."""
    return group.team_id in places_of(access).teams


@rules.predicate
def kept_group(access: Access, group):
    """As above; the team's organisation may have left the programme."""
    return group.team_id in places_of(access).own


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
    """Sent it, and still sees the programme; the team may have somebody by now."""
    if invitation.invited_by_id != access.user.pk or invitation.team_id is None:
        return False
    return sees_programme(access, invitation.team.enrolment.programme)


@rules.predicate
def may_copy_link(access: Access, invitation):
    """A link in the hand of who did not get the mail: inside one's own team and at the first seat of a team that
    nobody was ever in; there is nothing behind that a member did not let them see."""
    if invitation.team_id is None:
        return keeps_group(access, invitation.seat.group)
    if invitation.mail_only:
        return False
    return in_team(access, invitation.team) or never_had_a_member(access, invitation.team)


def _programme_id(thing: Any) -> int:
    if hasattr(thing, "enrolment"):
        thing = thing.enrolment
    return getattr(thing, "programme_id", thing.pk)


def _takes_part(access: Access, partnership: Any, *roles: str) -> bool:
    teams = places_of(access).teams
    return any(row.team_id in teams for row in partnership.current_in(*roles))


def of_enrolment(rule: Any) -> Any:
    """The same rule, asked about a backing's enrolment."""
    return rules.predicate(lambda access, backing: rule.test(access, backing.enrolment))


rules.add_perm("partnerships.add_programme", is_administrator | coordinates_something)
rules.add_perm("partnerships.write_letters", writes_letters)
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

# Only a team lets people into its team (P7): nobody becomes a reader of a team's texts or conversations unless a
# current member of that team acts. `services.succession` has the one way back into a team whose last member left.
# - Its members invite, whatever the team does.
# - A team that nobody was ever in has no texts: the coordinator invites its first person, for a city also the
#   association behind it, for a coordinator's team an administrator.
# - Its members end places. Nobody else ends one in a city's, an association's or a coordinator's team; in a
#   facilitator's team the coordinator may, because facilitators work for the network, but never the last one.
rules.add_perm(
    "partnerships.view_team",
    was_in_team | rules.predicate(lambda access, team: sees_programme(access, team.enrolment.programme)),
)
rules.add_perm(
    "partnerships.add_member",
    in_team | never_had_a_member & (coordinates | stands_behind | (is_administrator & team_coordinates)),
)
rules.add_perm("partnerships.end_member", in_team | (coordinates & team_facilitates & has_more_than_one))
rules.add_perm("partnerships.arrange_succession", in_team)
rules.add_perm("partnerships.change_team_address", in_team)
rules.add_perm("partnerships.reopen_team", coordinates & is_empty)
rules.add_perm("partnerships.confirm_reopening", in_confirming_team)
rules.add_perm("partnerships.read_team_history", was_in_team | in_partner_citys_team)
rules.add_perm("partnerships.accept_backing", in_backed_city)
rules.add_perm("partnerships.end_backing", in_backed_city | of_enrolment(coordinates | is_administrator))
rules.add_perm("partnerships.allow_facilitator", in_team & team_is_a_citys)
rules.add_perm("partnerships.invite_seat", keeps_groups_seat)
rules.add_perm("partnerships.manage_invitation", may_invite_there | invited_them)


@rules.predicate
def acts_for(access: Access, organisation):
    """In a current team of the organisation, in any programme. For its entry in the directory alone: nothing that
    anybody wrote hangs on an organisation."""
    return bool(organisation) and organisation.enrolments.filter(teams__in=places_of(access).teams).exists()


@rules.predicate
def in_a_citys_team(access):
    """Cities know who matters to them: their teams add stakeholder organisations, and no others."""
    return TeamRole.CITY in places_of(access).roles


@rules.predicate
def facilitates_its_team(access, group):
    """Facilitates a partnership in which the team that keeps the group takes part now."""
    return facilitated_by(access).filter(team=group.team_id).exists()


# The directory is below this app and cannot know who coordinates or is in a team.
rules.set_perm("participants.add_organisation", is_administrator | coordinates_something)
rules.set_perm("participants.add_stakeholder", is_administrator | coordinates_something | in_a_citys_team)
rules.set_perm(
    "participants.change_organisation",
    directory_rules.is_administrator | directory_rules.works_there | coordinates_something | acts_for,
)

rules.add_perm("partnerships.add_support_group", in_team & team_is_a_citys)
rules.add_perm("partnerships.view_support_group", kept_group | facilitates_its_team)
rules.add_perm("partnerships.change_support_group", keeps_group)
rules.set_rule("accounts.needs_second_factor", account_rules.is_administrator | coordinates_something)
rules.set_perm(
    "accounts.view_outbox", account_rules.reads_outbox | (account_rules.outbox_of_demo & coordinates_something)
)
