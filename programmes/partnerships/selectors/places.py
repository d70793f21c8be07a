"""Which partnership a page stands in, with what the top of such a page shows of it."""

from django.db.models import QuerySet

from programmes.common.access import Access
from programmes.common.prepared import prepared

from ..boundary import current
from ..models import Participation, Partnership
from .visible import partnerships_visible_to, placed, visible_partnership


def placed_partnership(access: Access, pk: int) -> Partnership | None:
    """The partnership with its organisations, dates and stages of its own at hand; None for who does not see it.
    Asked once per access."""
    return access.once((placed_partnership, pk), lambda: _noted(access, visible_partnership(access, pk)))


def partnership_of_team(access: Access, team_id: int) -> Partnership | None:
    """The same of the one running partnership in which this team takes part now; None where there are several, so that
    a form which serves two stands in neither."""

    def read() -> Partnership | None:
        found = _of_team(access, team_id)
        return _noted(access, placed(found)[0]) if len(found) == 1 else None

    return access.once((partnership_of_team, team_id), read)


@prepared
def _of_team(access: Access, team: int) -> QuerySet[Partnership]:
    parts = Participation.objects.filter(current(), team=team).values("partnership")
    rows = partnerships_visible_to(access).filter(pk__in=parts, ended_on=None)
    return rows.select_related("programme", "theme")[:2]


def _noted(access: Access, partnership: Partnership | None) -> Partnership | None:
    if partnership is not None:
        access.note("sees", partnership)
        access.once((placed_partnership, partnership.pk), lambda: partnership)
    return partnership
