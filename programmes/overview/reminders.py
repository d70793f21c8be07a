"""Agreed dates that come near or have just passed: told once each, then only with the digest."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from programmes.common import clock
from programmes.common.zones import zone_named
from programmes.notices.models import Happening
from programmes.notices.services import tell
from programmes.partnerships.days import passed
from programmes.partnerships.models import Programme, StageDate
from programmes.partnerships.selectors.dates import dates_of

BEFORE = timedelta(days=7)
AFTER = timedelta(days=3)
"""A date of which nobody was told within these days, because nothing ran, is left to the digest."""

JUST_AGREED = timedelta(days=2)
NOT_BEFORE = 8
"""O'clock, where the programme is at home: nobody is woken."""


def remind() -> int:
    """Every hour; how many dates were told of. Told once each, because the day is part of what names them."""
    return sum(_remind_in(zone) for zone in Programme.objects.order_by().values_list("time_zone", flat=True).distinct())


def _remind_in(zone: str) -> int:
    here = clock.now().astimezone(zone_named(zone))
    if here.hour < NOT_BEFORE:
        return 0
    today, rows = here.date(), dates_of(partnership__programme__time_zone=zone)
    just_told = Happening.objects.filter(key="date.agreed", subject_id=OuterRef("pk"), at__gt=clock.now() - JUST_AGREED)
    soon = rows.filter(planned_on__gt=today, planned_on__lte=today + BEFORE).exclude(Exists(just_told))
    gone_by = rows.filter(passed("planned_on", today), planned_on__gte=today - AFTER)
    return _tell("date.soon", soon) + _tell("date.passed", gone_by)


def _tell(key: str, rows: QuerySet[StageDate]) -> int:
    found = list(rows.values_list("pk", "planned_on", "partnership"))
    names = {f"{key}:{pk}:{day}": (pk, partnership) for pk, day, partnership in found}
    known = set(Happening.objects.filter(identity__in=names).values_list("identity", flat=True))
    new = {name: about for name, about in names.items() if name not in known}
    return sum(
        tell(key, pk, by=None, identity=name, partnership=partnership) is not None
        for name, (pk, partnership) in new.items()
    )
