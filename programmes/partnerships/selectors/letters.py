"""Letters to many: who may be written to by whom, and who reads them afterwards."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access

from ..boundary import current, places_of
from ..enums import ROLES_ADDRESSED, Addressees, Role
from ..models import Letter, LetterCopy, Participation, Partnership, Programme
from .recipients import People, people_in_partnerships


def looked_after(access: Access, programme: Programme) -> QuerySet[Partnership]:
    """Running partnerships of the programme: all for who coordinates it, else those that the person facilitates."""
    rows = Partnership.objects.filter(programme=programme, ended_on=None)
    places = places_of(access)
    if programme.pk in places.coordinated:
        return rows
    mine = Participation.objects.filter(
        current(), partnership=OuterRef("pk"), team__in=places.teams, role=Role.FACILITATOR
    )
    return rows.filter(Exists(mine))


def addressed(partnerships: QuerySet[Partnership], to: str) -> People:
    """People by partnership, as they are in teams there now."""
    ids = set(partnerships.order_by().values_list("pk", flat=True))
    return people_in_partnerships(ids, [str(role) for role in ROLES_ADDRESSED[Addressees(to)]])


def letters_visible_to(access: Access) -> QuerySet[Letter]:
    """Those the person wrote, and those they got."""
    if not access.is_active:
        return Letter.objects.none()
    got = LetterCopy.objects.filter(letter=OuterRef("pk"), person__user=access.user)
    return Letter.objects.filter(Q(written_by=access.user) | Exists(got)).select_related("written_by", "programme")


def letters_in(access: Access, partnership: Partnership) -> QuerySet[Letter]:
    """Of those visible to the person: kept in the history of this partnership for them, or written by them to it."""
    here = LetterCopy.objects.filter(letter=OuterRef("pk"), partnership=partnership)
    mine = here.filter(person__user=access.user)
    return letters_visible_to(access).filter(Exists(mine) | (Q(written_by=access.user) & Exists(here)))
