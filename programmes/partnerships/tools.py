"""The tools of the method: each app declares its own, the cities of a partnership switch them on and off (X2).

`overview` collects them and provides them here when it is ready. This app shows and stores their keys, and knows none
but its own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tool:
    """`key` is for ever; `purpose` says in a sentence what it is for."""

    key: str
    label: Any
    purpose: Any


SUPPORT_GROUP = Tool(
    "support_group",
    _("Local support group"),
    _("Up to ten people from the city, migrants among them, follow the work from the needs to the plan."),
)
TOOLS = (SUPPORT_GROUP,)

_all: tuple[Tool, ...] = ()


def provide(tools: tuple[Tool, ...]) -> None:
    global _all
    _all = tools


def all_tools() -> tuple[Tool, ...]:
    return _all


def choices() -> list[tuple[str, Any]]:
    return [(tool.key, tool.label) for tool in _all]


def label_of(key: str) -> Any:
    """The key itself for a tool that no app declares any more."""
    return next((tool.label for tool in _all if tool.key == key), key)
