"""What waits for people and what was shared with them, gathered from every app that knows (architecture, idea 2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from programmes.accounts.models import Person
from programmes.action_plans import selectors as action_plans
from programmes.action_plans import waiting as on_plans
from programmes.assessments import selectors as assessments
from programmes.assessments import waiting as in_forms
from programmes.common.access import Access
from programmes.common.waiting import Waiting, at_most, by_date, find_rows
from programmes.conversations import waiting as in_conversations
from programmes.partnerships import waiting as in_partnerships
from programmes.partnerships.asking import WaitingQuery, asked_by, asked_for

from . import leaving

APPS = (in_partnerships, in_conversations, in_forms, on_plans, leaving)


def waiting_for(people: Iterable[Person], **narrowed: Any) -> list[Waiting]:
    """What waits for each of the people, in a fixed number of queries; dated things first. `partnership` and
    `programme` (ids) narrow, at most `limit` (50) rows a person."""
    return _gathered("WAITING", asked_for(people, **narrowed))


def waiting_for_one(access: Access, **narrowed: Any) -> list[Waiting]:
    """The same for who asks: one query per app."""
    return _gathered("WAITING", asked_by(access, **narrowed))


def awaited_by(access: Access, **narrowed: Any) -> list[Waiting]:
    """What the person waits for from others, longest first; at most `limit` (20)."""
    return _gathered("AWAITED", asked_by(access, **{"limit": 20, **narrowed}))


def _gathered(which: str, asked: WaitingQuery | None) -> list[Waiting]:
    if asked is None:
        return []
    return at_most(asked.limit, by_date(row for app in APPS for row in find_rows(getattr(app, which), asked)))


def moment(item: Waiting) -> float:
    """When it was shared, for sorting."""
    return item.since.timestamp() if item.since else 0.0


def shared_since(access: Access, since: datetime | None, *, limit: int = 20) -> list[Waiting]:
    """What others shared with the person since a moment (ever, for None), newest first."""
    items = [
        *assessments.shared_since(access, since, limit=limit),
        *action_plans.shared_since(access, since, limit=limit),
    ]
    return sorted(items, key=moment, reverse=True)[:limit]
