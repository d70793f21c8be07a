"""What two programmes that are not ours make of a calendar: Python's icalendar, and ical.js by node."""

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar

HERE = Path(__file__).parent


def by_icalendar(data: bytes) -> list[dict[str, Any]]:
    return [_told(event) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def _told(event: Any) -> dict[str, Any]:
    start, end = event.decoded("dtstart"), event.decoded("dtend")
    return {
        "uid": str(event["uid"]),
        "title": str(event["summary"]),
        "text": str(event.get("description", "")) or None,
        "place": str(event.get("location", "")) or None,
        "url": str(event.get("url", "")) or None,
        "start": _moment(start),
        "end": _moment(end),
        "whole_days": not isinstance(start, datetime),
        "revision": event["sequence"],
        "status": str(event["status"]),
    }


def _moment(value: date | datetime) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def by_ical_js(data: bytes) -> list[dict[str, Any]]:
    done = subprocess.run(["node", HERE / "read.mjs"], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def agreed(data: bytes) -> list[dict[str, Any]]:
    """The entries, about which both agree."""
    entries = by_icalendar(data)
    assert by_ical_js(data) == entries, data.decode()
    return entries
