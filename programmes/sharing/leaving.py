"""What is still shared with a team that took part beside the one that shared it and does so no more.

It stays readable; the team that shared it is asked to end it or to keep it."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.accounts.services import record
from programmes.common import clock
from programmes.partnerships.boundary import current
from programmes.partnerships.models import Participation


def to_teams_that_left(grants: QuerySet[Any], shared_by: str) -> QuerySet[Any]:
    """Of these grants, those that hold and wait for a word, with `left_at`; `shared_by` leads to the team that shared
    them."""
    beside = {"partnership__participations__team": OuterRef("sharer")}
    there = Participation.objects.filter(team=OuterRef("team"), **beside)
    left = there.filter(ended_on__isnull=False, updated_at__gt=OuterRef("said_at"))
    together = there.filter(current(), current("partnership__participations__"))
    rows = grants.alias(sharer=F(shared_by), said_at=Coalesce("kept_at", "updated_at"))
    rows = rows.alias(left_at=Subquery(left.order_by("-updated_at").values("updated_at")[:1]))
    return rows.filter(Exists(left), ~Exists(together), recalled_at=None, team__isnull=False)


@transaction.atomic
def keep(grants: QuerySet[Any], *, by: Any) -> None:
    """The sharing team lets them go on reading."""
    for grant in grants:
        type(grant)._default_manager.filter(pk=grant.pk).update(kept_at=clock.now())
        record(by=by, verb="kept shared", target=grant.version)


@transaction.atomic
def end(grants: QuerySet[Any], *, by: Any) -> None:
    """The sharing team recalls them."""
    for grant in grants:
        now = clock.now()
        type(grant)._default_manager.filter(pk=grant.pk).update(recalled_at=now, recalled_by=by, updated_at=now)
        record(by=by, verb="recalled", target=grant.version)
