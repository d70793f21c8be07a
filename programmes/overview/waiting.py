"""What waits for a person and what was shared with them, gathered from every app that knows (architecture, idea 2)."""

from datetime import datetime

from programmes.action_plans import selectors as action_plans
from programmes.assessments import selectors as assessments
from programmes.common.waiting import Waiting, by_date
from programmes.conversations import selectors as conversations
from programmes.partnerships import selectors as partnerships

APPS = (partnerships, conversations, assessments, action_plans)


def waiting_for(access, *, limit: int = 50) -> list[Waiting]:
    """Dated things first; at most `limit`."""
    return by_date(item for app in APPS for item in app.waiting_for(access, limit=limit))[:limit]


def awaited_by(access, *, limit: int = 20) -> list[Waiting]:
    """What the person waits for from others, longest first; at most `limit`."""
    return by_date(item for app in APPS for item in app.awaited_by(access, limit=limit))[:limit]


def moment(item: Waiting) -> float:
    """When it was shared, for sorting."""
    return item.since.timestamp() if item.since else 0.0


def shared_since(access, since: datetime | None, *, limit: int = 20) -> list[Waiting]:
    """What others shared with the person since a moment (ever, for None), newest first."""
    items = [
        *assessments.shared_since(access, since, limit=limit),
        *action_plans.shared_since(access, since, limit=limit),
    ]
    return sorted(items, key=moment, reverse=True)[:limit]
