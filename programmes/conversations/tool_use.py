"""To which tools a conversation belongs: the apps above, which know what theirs are about, declare it."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Q

from programmes.common.access import Access
from programmes.partnerships import tool_use as tools

from .models import Conversation


class _Declared(NamedTuple):
    tool: str
    in_use: Callable[[str], Q]


_DECLARED: dict[str, _Declared] = {}


def declare(relation: str, tool: str, in_use: Callable[[str], Q] | None = None) -> None:
    """Conversations that have this `relation` (`about_plan`) belong to the tool. Where they need more than it, `in_use`
    gives the condition on rows from which a path leads to conversations (see `partnerships.tool_use.in_use`)."""
    _DECLARED[relation] = _Declared(tool, in_use or (lambda path: tools.in_use(tool, f"{path}partnership")))


def shown(path: str = "") -> Q:
    """Rows whose conversation belongs to no tool that its partnership does not use; `path` ends in `__`. Asked in one
    `filter` with whatever else is asked of that conversation."""
    condition = Q()
    for relation, declared in _DECLARED.items():
        condition &= Q(**{f"{path}{relation}__isnull": True}) | declared.in_use(path)
    return condition


def shown_about(relation: str, path: str) -> Q:
    """The same where it is known what the conversation is about."""
    return _DECLARED[relation].in_use(path) if relation in _DECLARED else Q()


def refuse(access: Access, pk: int) -> None:
    """Raises 404 with the reason, for who may switch it on again, where the conversation's tool is off."""
    rows = Conversation.objects.select_related("partnership__programme")
    for relation, declared in _DECLARED.items():
        found = rows.filter(pk=pk, **{f"{relation}__isnull": False}).first()
        if found is not None:
            tools.refuse(access, declared.tool, found.partnership)
