"""Words of a programme: roles and sides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentRole(models.TextChoices):
    """What an organisation does in a programme (G2)."""

    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    ASSOCIATION = "association", _("Association")
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    BOTH = "both", _("Mentee and mentor")


CITY_ENROLMENTS = (EnrolmentRole.MENTEE, EnrolmentRole.MENTOR, EnrolmentRole.BOTH)


class TeamRole(models.TextChoices):
    """What a team does in its programme; access hangs on being in it, never on what its organisation came for."""

    CITY = "city", _("City")
    ASSOCIATION = "association", _("Association")
    FACILITATOR = "facilitator", _("Facilitator")
    COORDINATOR = "coordinator", _("Coordinator")


TEAM_OF = dict.fromkeys(CITY_ENROLMENTS, TeamRole.CITY) | {
    EnrolmentRole.ASSOCIATION: TeamRole.ASSOCIATION,
    EnrolmentRole.FACILITATOR: TeamRole.FACILITATOR,
    EnrolmentRole.COORDINATOR: TeamRole.COORDINATOR,
}
"""The team an organisation gets first, by what it came for."""

STEERING_TEAMS = (TeamRole.COORDINATOR, TeamRole.FACILITATOR)
"""Whose first page is the board, and whose menu has the programme."""

OVERSEEING_TEAMS = (TeamRole.COORDINATOR,)
"""Whose board has every partnership of the programme. Which of them a person may open is the boundary's matter."""

WRITING_TEAMS = (TeamRole.CITY, TeamRole.ASSOCIATION)
"""Teams whose organisations work as one team each: what they write belongs to all of it."""


class Role(models.TextChoices):
    """What an organisation does in one partnership (G2)."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    MENTEE_ASSOCIATION = "mentee_association", _("Mentee’s association")
    MENTOR_ASSOCIATION = "mentor_association", _("Mentor’s association")
    PEER = "peer", _("Peer")
    PEER_ASSOCIATION = "peer_association", _("Peer’s association")
    FACILITATOR = "facilitator", _("Facilitator")


CITY_ROLES = (Role.MENTEE, Role.MENTOR, Role.PEER)
ASSOCIATION_OF = {
    Role.MENTEE: Role.MENTEE_ASSOCIATION,
    Role.MENTOR: Role.MENTOR_ASSOCIATION,
    Role.PEER: Role.PEER_ASSOCIATION,
}
"""As what an association stands beside a city."""

ASSOCIATION_ROLES = tuple(ASSOCIATION_OF.values())
CITY_BESIDE = {association: city for city, association in ASSOCIATION_OF.items()}

SIDES = {
    Role.MENTEE: "mentee",
    Role.MENTEE_ASSOCIATION: "mentee",
    Role.MENTOR: "mentor",
    Role.MENTOR_ASSOCIATION: "mentor",
}
"""Whose ring or dot stands beside a part; the others have none."""


class TeamEventKind(models.TextChoices):
    """What a team's history tells."""

    JOINED = "joined", _("joined the team")
    JOINED_BY_LINK = "joined_by_link", _("joined the team by a link that was passed on")
    LEFT = "left", _("left the team")
    INVITED = "invited", _("was invited")
    INVITED_AGAIN = "invited_again", _("was invited again")
    WITHDRAWN = "withdrawn", _("is no longer invited")
    WRITING_ALLOWED = "writing_allowed", _("let the facilitator write for the team")
    WRITING_ENDED = "writing_ended", _("no longer lets the facilitator write for the team")
    STAND_IN_NAMED = "stand_in_named", _("was named as stand-in")
    OFFICE_NAMED = "office_named", _("was named as the office that appoints")
    OFFICE_CONFIRMED = "office_confirmed", _("confirmed its address as the office that appoints")
    OFFICE_CHOSE = "office_chose", _("was named by the office that appoints")
    REOPENING_ASKED = "reopening_asked", _("was named for the empty team by the coordinator")
    REOPENING_CONFIRMED = "reopening_confirmed", _("was confirmed by another organisation; former members may object")
    REOPENING_STOPPED = "reopening_stopped", _("was objected to, and not invited")
    BEGUN_ANEW = "begun_anew", _("The team was begun anew; what the former one wrote stays closed")
    BACKING_ACCEPTED = "backing_accepted", _("was accepted as association behind the city")


class InvitationState(models.TextChoices):
    """What happened to an invitation last; derived, never stored."""

    PENDING = "pending", _("sent, not answered yet")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Addressees(models.TextChoices):
    """Whom a letter is for: people in teams of the partnerships that its writer looks after."""

    PAIR = "pair", _("both cities of this partnership")
    PAIRS = "pairs", _("the cities of all partnerships")
    MENTEES = "mentees", _("all mentees")
    MENTORS = "mentors", _("all mentors")
    ASSOCIATIONS = "associations", _("all associations")


ROLES_ADDRESSED = {
    Addressees.PAIR: CITY_ROLES,
    Addressees.PAIRS: CITY_ROLES,
    Addressees.MENTEES: (Role.MENTEE,),
    Addressees.MENTORS: (Role.MENTOR,),
    Addressees.ASSOCIATIONS: ASSOCIATION_ROLES,
}
