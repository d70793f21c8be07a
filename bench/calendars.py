"""A feed of two hundred dates, as a calendar asks for it: whole, and where nothing changed since."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.figure import Figure, median_ms
from programmes.accounts import calendar_feeds
from programmes.common import ical
from programmes.common.access import Access
from programmes.overview import calendar, sample
from programmes.partnerships.models import StageDate

ENTRIES, FEED_MS, SAME_MS = 200, 100, 10
TIMES = 20


def figures(made: sample.Sample) -> list[Figure]:
    """`cold_ms`: in a process that has written none of the entries before."""
    _fill(made)
    feed = calendar_feeds.make_feed(user=made.facilitator)
    address = reverse("overview:calendar_feed", args=[calendar_feeds.token_of(feed)])
    client = Client(headers={"host": "localhost"})

    def cold() -> None:
        ical.forget()
        client.get(address)

    first = client.get(address)
    again = {"if-none-match": first["ETag"]}
    if (found := first.content.count(b"BEGIN:VEVENT")) != ENTRIES or client.get(
        address, headers=again
    ).status_code != 304:
        raise RuntimeError(f"the feed holds {found} entries")
    same = median_ms(lambda: client.get(address, headers=again), times=TIMES)
    at_first = median_ms(cold, times=TIMES)
    warm = median_ms(lambda: client.get(address), times=TIMES)
    more = {"entries": ENTRIES, "same_ms": round(same, 1), "cold_ms": round(at_first, 1)}
    also = same <= SAME_MS and at_first <= FEED_MS
    return [Figure("calendar_feed", warm, "ms", FEED_MS, more, also=also)]


def _fill(made: sample.Sample) -> None:
    """Further dates in the facilitator's partnerships, until there are as many as asked for."""
    shown = calendar.dates_for(Access(made.facilitator))
    mine, stages = {row.partnership for row in shown}, made.programme.stages.all()
    dated = set(StageDate.objects.filter(partnership__in=mine).values_list("partnership", "stage"))
    free = [(place, stage) for place in sorted(mine) for stage in stages if (place, stage.pk) not in dated]
    day = timezone.localdate() + timedelta(days=30)
    StageDate.objects.bulk_create(
        StageDate(partnership_id=place, stage=stage, planned_on=day) for place, stage in free[: ENTRIES - len(shown)]
    )
