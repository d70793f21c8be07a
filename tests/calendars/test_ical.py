"""Entries as other people's calendars read them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from programmes.common.ical import Entry, busy, calendar, uid_of

from .reading import agreed

CHANGED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ACADEMY = Entry("academy", date(2026, 10, 24), "Academy", CHANGED)


def written(*entries: Entry) -> bytes:
    return calendar(entries, name="City mentoring", language="en")


def test_a_whole_day_is_a_day_wherever_one_is():
    data = written(ACADEMY)
    (entry,) = agreed(data)
    assert entry["whole_days"]
    assert (entry["start"], entry["end"]) == ("2026-10-24", "2026-10-25")
    assert b"DTSTART;VALUE=DATE:20261024" in data
    assert b"VTIMEZONE" not in data


def test_several_days_end_with_the_last_one():
    (entry,) = agreed(written(replace(ACADEMY, end=date(2026, 10, 26))))
    assert (entry["start"], entry["end"]) == ("2026-10-24", "2026-10-27")


CLOCKS = [
    # The clocks of the European Union change at the same moment; before it 09:00 is another moment than after it.
    ("Europe/Brussels", "2026-10-24T07:00:00.000Z", "2026-10-26T08:00:00.000Z"),
    ("Europe/Athens", "2026-10-24T06:00:00.000Z", "2026-10-26T07:00:00.000Z"),
    ("Europe/Riga", "2026-10-24T06:00:00.000Z", "2026-10-26T07:00:00.000Z"),
]


@pytest.mark.parametrize(("zone", "saturday", "monday"), CLOCKS)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(zone: str, saturday: str, monday: str):
    here = ZoneInfo(zone)
    nine, late = (datetime(2026, 10, day, 9, 0, tzinfo=here) for day in (24, 26))
    visit = Entry("visit", nine, "Visit", CHANGED, end=late, place="Rīga, Rātslaukums 1")
    second = Entry("second", late, "Second", CHANGED, end=late.replace(hour=11))
    data = written(visit, second)
    first, then = agreed(data)
    assert (first["start"], first["end"]) == (saturday, monday)
    assert then["start"] == monday
    assert first["place"] == "Rīga, Rātslaukums 1"
    assert f"DTSTART;TZID={zone}:20261024T090000".encode() in data
    assert data.count(b"BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize(("zone", "before", "after"), [
    ("Europe/Brussels", "2027-03-27T08:00:00.000Z", "2027-03-29T07:00:00.000Z"),
    ("Europe/Athens", "2027-03-27T07:00:00.000Z", "2027-03-29T06:00:00.000Z"),
    ("Europe/Riga", "2027-03-27T07:00:00.000Z", "2027-03-29T06:00:00.000Z"),
])  # fmt: skip
def test_in_spring_too(zone: str, before: str, after: str):
    moments = [datetime(2027, 3, day, 9, 0, tzinfo=ZoneInfo(zone)) for day in (27, 29)]
    entries = agreed(written(*(Entry(str(m), m, "Visit", CHANGED, end=m.replace(hour=10)) for m in moments)))
    assert [entry["start"] for entry in entries] == [before, after]


def test_zones_of_one_calendar_stand_in_it_once_each():
    zones = ("Europe/Riga", "Europe/Athens", "Europe/Riga")
    moments = [datetime(2026, 7, 1, 9, tzinfo=ZoneInfo(zone)) for zone in zones]
    entries = [Entry(str(n), m, "Visit", CHANGED, end=m.replace(hour=10)) for n, m in enumerate(moments)]
    data = written(*entries)
    assert data.count(b"BEGIN:VTIMEZONE") == 2
    assert len(agreed(data)) == 3


TEXTS = [
    "Commas, semicolons; colons: and \\ backslashes",
    "Two\nlines",
    "Ķekava, Αθήνα, София, 🚲 " * 20,
    "Éa" * 200,
    "BEGIN:VEVENT",
    'quotes " and = and ^n',
]


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_written_arrives(text: str):
    data = written(replace(ACADEMY, title=text.replace("\n", " "), text=text, url="https://example.org/?a=1;b,c"))
    (entry,) = agreed(data)
    assert entry["title"] == text.replace("\n", " ")
    assert entry["text"] == f"{text}\n\nhttps://example.org/?a=1;b,c"
    assert entry["url"] == "https://example.org/?a=1;b,c"
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_what_was_cancelled_says_so_and_what_changed_counts_on():
    entry = replace(ACADEMY, cancelled=True, revision=7)
    (read,) = agreed(written(entry))
    assert (read["status"], read["revision"]) == ("CANCELLED", 7)
    assert read["uid"] == ACADEMY.uid


def test_busy_says_when_and_nothing_else():
    entry = replace(ACADEMY, text="Secret", place="Secret", url="https://secret.example", end=date(2026, 10, 25))
    data = written(busy(entry, "Busy"))
    assert b"ecret" not in data
    (read,) = agreed(data)
    assert (read["title"], read["uid"], read["end"]) == ("Busy", "academy", "2026-10-26")
    assert b"TRANSP:OPAQUE" in data


def test_the_same_is_written_the_same():
    assert written(ACADEMY, replace(ACADEMY, uid="b")) == written(ACADEMY, replace(ACADEMY, uid="b"))


def test_the_name_of_a_row_is_its_own():
    names = {uid_of("a", 1, CHANGED), uid_of("a", 2, CHANGED), uid_of("b", 1, CHANGED)}
    assert len(names) == 3
    assert uid_of("a", 1, CHANGED) in names


def test_an_empty_calendar_is_a_calendar():
    assert agreed(written()) == []
