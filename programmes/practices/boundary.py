"""Who writes a practice and who reads an offered version of it (architecture, idea 4).

Its own team writes, and the facilitator whom a city's team allowed to type. Nobody else reads the practice as it
stands; what was offered is read by those it was offered to, until it is withdrawn. With judgements of a practice it is
the same: what was shared is read by those it was shared with, and by the practice's readers where the city said so."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.boundary import current, places_of, reach_of
from programmes.partnerships.models import Participation
from programmes.sharing import boundary as sharing

from .enums import Audience
from .models import Judgement, JudgementGrant, JudgementVersion, Offer, Practice, PracticeVersion


def practices_written_by(access: Access) -> QuerySet[Practice]:
    return Practice.objects.filter(team__in=places_of(access).teams | reach_of(access).facilitated)


def practices_kept_by(access: Access) -> QuerySet[Practice]:
    """Read as they stand: those one writes, and those of a team whose organisation is not in the programme now."""
    return Practice.objects.filter(team__in=places_of(access).own | reach_of(access).facilitated)


def writes(access: Access, practice: Practice) -> bool:
    return practice.team_id in places_of(access).teams | reach_of(access).facilitated


def writes_on_behalf(access: Access, practice: Practice) -> bool:
    return practice.team_id not in places_of(access).teams


def offers_to(access: Access) -> QuerySet[Offer]:
    """Those that let this person read; for who is not signed in, what is offered to everybody. A team that a
    coordinator brings into a partnership later reads nothing that was offered there before (P7)."""
    open_ones = Offer.objects.filter(withdrawn_at=None)
    if not access.is_active:
        return open_ones.filter(audience=Audience.EVERYBODY)
    places = places_of(access)
    taking_part = Participation.objects.filter(
        current(),
        team__in=places.teams,
        partnership=OuterRef("partnership"),
        created_at__lte=OuterRef("updated_at"),
    )
    return open_ones.filter(
        Q(audience__in=[Audience.SIGNED_IN, Audience.EVERYBODY])
        | Q(audience=Audience.PROGRAMME, programme__in=places.programmes)
        | Q(Exists(taking_part), audience=Audience.PARTNERSHIP)
    )


def versions_visible_to(access: Access) -> QuerySet[PracticeVersion]:
    """Versions offered to this person, and all of the practices that they keep."""
    offered = Exists(offers_to(access).filter(version=OuterRef("pk")))
    return PracticeVersion.objects.filter(offered | Q(practice__in=practices_kept_by(access)))


def judgements_kept_by(access: Access) -> QuerySet[Judgement]:
    """Read as they stand: as with practices."""
    return Judgement.objects.filter(team__in=places_of(access).own | reach_of(access).facilitated)


def writes_judgement(access: Access, judgement: Judgement) -> bool:
    return judgement.team_id in places_of(access).teams | reach_of(access).facilitated


def judgement_grants_to(access: Access) -> QuerySet[JudgementGrant]:
    return sharing.grants_to(access, JudgementGrant)


def judgement_versions_visible_to(access: Access) -> QuerySet[JudgementVersion]:
    """Shared with this person, or of a judgement that it keeps. What stands beside a practice is less: see
    `selectors.told_beside`."""
    granted = judgement_grants_to(access).filter(version=OuterRef("pk"))
    kept = judgements_kept_by(access).values("pk")
    return JudgementVersion.objects.filter(Q(judgement__in=kept) | Q(Exists(granted)))
