"""Entries for other people's calendars (iCalendar, RFC 5545). It knows days and moments, and nothing of what they mean.

What does not change is written the same, byte by byte: the stamp of an entry is the moment of its last change.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

CONTENT_TYPE = "text/calendar; charset=utf-8"
MAKER = "-//Mentoring//EN"
AGAIN_AFTER = timedelta(hours=6)
"""How often calendars are told to look again."""


@dataclass(frozen=True)
class Entry:
    """One date. `start` and `end` are days, `end` the last of them, or moments, each in the zone of its place.

    `uid` never changes, `revision` grows with each change, `changed_at` is the moment of the last. A cancelled entry
    stays as a word to calendars that know it."""

    uid: str
    start: date | datetime
    title: str
    changed_at: datetime
    end: date | datetime | None = None
    text: str = ""
    place: str = ""
    url: str = ""
    revision: int = 0
    cancelled: bool = False
    busy: bool = False


def busy(entry: Entry, title: str) -> Entry:
    """That there is something, not what."""
    return Entry(entry.uid, entry.start, title, entry.changed_at, entry.end, revision=entry.revision,
                 cancelled=entry.cancelled, busy=True)  # fmt: skip


def uid_of(kind: str, pk: int, created_at: datetime) -> str:
    """The name of a row in every calendar of the world: it goes with the row, whatever the site is called later."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {pk} {created_at.isoformat()}"))


def calendar(entries: Iterable[Entry], *, name: str, language: str) -> bytes:
    """A whole calendar, with the zones that its moments name."""
    entries = list(entries)
    head = Calendar()
    head.add("prodid", MAKER)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        head.add(key, name, parameters={"language": language})
    head.add("refresh-interval", vDuration(AGAIN_AFTER), parameters={"value": "DURATION"})
    head.add("x-published-ttl", vDuration(AGAIN_AFTER))
    begin, end = head.to_ical().rsplit(b"END:VCALENDAR", 1)
    parts = [
        begin,
        *_zones(entries),
        *(_event(entry, f"{_key(entry.start)} {_key(entry.end)}") for entry in entries),
        b"END:VCALENDAR",
        end,
    ]
    return b"".join(parts)


def answer(entries: Iterable[Entry], *, name: str, language: str, filename: str = "") -> HttpResponse:
    response = HttpResponse(calendar(entries, name=name, language=language), content_type=CONTENT_TYPE)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _zones(entries: list[Entry]) -> list[bytes]:
    """Of the zones that moments name, what their clocks do in the years of the entries."""
    moments = [m for entry in entries for m in (entry.start, entry.end) if isinstance(m, datetime)]
    if not moments:
        return []
    first, last = min(m.year for m in moments) - 1, max(m.year for m in moments) + 1
    return [_zone(name, first, last) for name in sorted(filter(None, set(map(_key, moments))))]


def _key(moment: date | datetime | None) -> str:
    """The name of its zone; nothing for a day."""
    zone = moment.tzinfo if isinstance(moment, datetime) else None
    return zone.key if isinstance(zone, ZoneInfo) else ""


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> bytes:
    """Each change of the clocks is said by itself: some calendars read no lists and no rules of them."""
    zone, moment = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    written = Timezone()
    written.add("tzid", name)
    written.add_component(_clock(moment, moment.astimezone(zone), moment.astimezone(zone)))
    while moment.year <= last:
        step = timedelta(days=1)
        if _offset(moment, zone) != _offset(moment + step, zone):
            step = timedelta(hours=1)
        before, moment = moment, moment + step
        if _offset(before, zone) != _offset(moment, zone):
            written.add_component(_clock(moment, before.astimezone(zone), moment.astimezone(zone)))
    return written.to_ical()


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _clock(moment: datetime, before: datetime, now: datetime) -> Component:
    """Clocks change at this moment, as they showed it before."""
    clock = TimezoneDaylight() if now.dst() else TimezoneStandard()
    clock.add("dtstart", (moment + (before.utcoffset() or timedelta())).replace(tzinfo=None))
    clock.add("tzoffsetfrom", before.utcoffset())
    clock.add("tzoffsetto", now.utcoffset())
    clock.add("tzname", now.tzname())
    return clock


@lru_cache(maxsize=4096)
def _event(entry: Entry, where: str) -> bytes:
    """Most calendars that are asked for hold what they held yesterday. `where`: the zones of its moments, because to
    Python the same moment in two zones is the same."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstart", entry.start)
    if (end := _end(entry)) is not None:
        event.add("dtend", end)
    event.add("summary", entry.title)
    for key, value in (("description", _described(entry)), ("location", entry.place), ("url", entry.url)):
        if value:
            event.add(key, value)
    whole_days = not isinstance(entry.start, datetime)
    event.add("transp", "TRANSPARENT" if whole_days and not entry.busy else "OPAQUE")
    return event.to_ical()


def forget() -> None:
    """As in a process that has written nothing yet."""
    _event.cache_clear()
    _zone.cache_clear()


def _end(entry: Entry) -> date | datetime | None:
    """Calendars count the day after the last one as the end."""
    if isinstance(entry.start, datetime):
        return entry.end
    return (entry.end or entry.start) + timedelta(days=1)


def _described(entry: Entry) -> str:
    """With the link once more: many calendars show no other."""
    return "\n\n".join(filter(None, [entry.text, entry.url]))
