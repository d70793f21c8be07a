"""Who may do what with a practice. Letting the facilitator type never includes offering or withdrawing."""

import rules

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of

from . import boundary
from .models import Booklet, Judgement, JudgementVersion, Practice
from .selectors import booklets_visible_to, teams_that_judge


@rules.predicate
def describes(access: Access, _nothing: object = None) -> bool:
    """Whoever is in a team may describe a practice, also one of a city outside the programme."""
    return bool(places_of(access).teams)


@rules.predicate
def writes(access: Access, practice: Practice) -> bool:
    return boundary.writes(access, practice)


@rules.predicate
def is_own(access: Access, practice: Practice) -> bool:
    """Of one of the person's teams, also where its organisation is not in the programme now."""
    return practice.team_id in places_of(access).own


@rules.predicate
def keeps(access: Access, practice: Practice) -> bool:
    return is_own(access, practice) or boundary.writes(access, practice)


rules.add_perm("practices.read_practice", keeps)
rules.add_perm("practices.add_practice", describes)
rules.add_perm("practices.change_practice", writes)
rules.add_perm("practices.offer_practice", writes & is_own)
rules.add_perm("practices.withdraw_practice", is_own)


@rules.predicate
def judges(access: Access, _nothing: object = None) -> bool:
    """A city asks whether a practice of another could work there."""
    return bool(teams_that_judge(access))


@rules.predicate
def writes_judgement(access: Access, judgement: Judgement) -> bool:
    return boundary.writes_judgement(access, judgement)


@rules.predicate
def is_own_judgement(access: Access, judgement: Judgement) -> bool:
    return judgement.team_id in places_of(access).own


rules.add_perm("practices.judge", judges)
rules.add_perm("practices.read_judgement", is_own_judgement | writes_judgement)
rules.add_perm("practices.change_judgement", writes_judgement)
rules.add_perm("practices.share_judgement", writes_judgement & is_own_judgement)
rules.add_perm("practices.recall_judgement", is_own_judgement)


@rules.predicate
def reads_version_of_judgement(access: Access, version: JudgementVersion) -> bool:
    return boundary.judgement_versions_visible_to(access).filter(pk=version.pk).exists()


rules.add_perm("practices.view_judgement_version", reads_version_of_judgement)


@rules.predicate
def owns_booklet(access: Access, booklet: Booklet) -> bool:
    return booklets_visible_to(access).filter(pk=booklet.pk).exists()


rules.add_perm("practices.view_booklet", owns_booklet)
