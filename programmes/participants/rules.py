"""Who may change the directory. Whoever is signed in reads it, but for support groups.

Coordinators and teams are known further up: `partnerships.rules` widens `add_organisation`, `add_stakeholder`
and `change_organisation` with `rules.set_perm`.
"""

import rules

from .models import Membership


@rules.predicate
def signed_in(access, thing=None):
    return access.is_active


@rules.predicate
def is_administrator(access, thing=None):
    return access.is_administrator


@rules.predicate
def works_there(access, organisation):
    """Speaks for the organisation in the directory; this gives no access to anything written."""
    if not access.user.is_authenticated:
        return False
    return Membership.objects.filter(person__user=access.user, organisation=organisation, ended_on=None).exists()


rules.add_perm("participants.view_organisation", signed_in)
rules.add_perm("participants.add_organisation", is_administrator)
rules.add_perm("participants.add_stakeholder", is_administrator)
rules.add_perm("participants.change_organisation", is_administrator | works_there)
