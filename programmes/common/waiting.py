"""One answer to "what waits for whom": the row that each app's selectors return and My work shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for one person.

    `text` is a whole translated sentence, `context` the partnership or city it belongs to,
    `kind` a stable word for tests and icons (for example "offer"), `due` a day agreed,
    `since` when it began to wait.
    """

    text: str
    url: str
    due: date | None = None
    since: datetime | None = None
    context: str = ""
    kind: str = ""
    partnership_id: int | None = None

    def is_passed(self, today: date) -> bool:
        return self.due is not None and self.due < today


def by_date(items: Iterable[Waiting]) -> list[Waiting]:
    """Dated things first, earliest first; then the rest, the longest waiting first."""
    return sorted(items, key=_place)


def _place(item: Waiting) -> tuple[bool, date, bool, float, str]:
    since = item.since.timestamp() if item.since else 0.0
    return (item.due is None, item.due or date.max, item.since is None, since, item.text)
