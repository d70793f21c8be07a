"""Readable sets of the cast, as the issue and the design speak of them. Never recorded from a run."""

from tests.cast import ROLES

NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(ROLES)
"""Whoever asks, signed in or not."""

SIGNED_IN = EVERYBODY - {"anonymous"}

COORDINATION = frozenset({"coordinator"})
ADMINISTRATION = frozenset({"administrator"})
FOUNDERS = COORDINATION | ADMINISTRATION
"""Who sets up programmes: the coordinator, and the administrator who founds the first one."""

MENTEE_TEAM = frozenset({"mentee"})
MENTOR_TEAM = frozenset({"mentor"})
CITY_TEAMS = MENTEE_TEAM | MENTOR_TEAM

IN_PARTNERSHIP = CITY_TEAMS | {"facilitator", "mentee_association", "mentor_association"}
"""Teams that take part in Riverton – Harbourg now."""
SEES_PARTNERSHIP = IN_PARTNERSHIP | COORDINATION
"""State and dates. An administrator sees programmes, not what cities do in them."""

IN_OTHER_PARTNERSHIP = frozenset({"other_city", "other_facilitator", "mentor", "mentor_association"})
"""Teams that take part in Milltown – Harbourg; Harbourg mentors both."""

IN_PROGRAMME = IN_PARTNERSHIP | IN_OTHER_PARTNERSHIP | COORDINATION
SEES_PROGRAMME = IN_PROGRAMME | ADMINISTRATION

WORKS_IN_MENTEE_CITY = MENTEE_TEAM | {"superior"}
CHANGES_MENTEE_CITY = WORKS_IN_MENTEE_CITY | FOUNDERS
"""Who may change Riverton's page of the directory, which gives nothing of what its team writes."""

FORM_READERS = MENTEE_TEAM | {"mentee_association", "mentor", "facilitator", "coordinator"}
"""The needs analysis of Riverton: its team, its association, and with whom the version was shared."""
FORM_WRITERS = MENTEE_TEAM | {"mentee_association"}
"""The association answers how typical its city is; the rest is the team's."""

PLAN_READERS = MENTEE_TEAM | {"mentor", "mentee_association", "group_member"}
"""The plan: its writers, and with whom the frozen version was shared."""
