"""Which tools a partnership uses: the one place that says so (X2).

The programme proposes, the cities of the partnership switch on and off. Off hides and deletes nothing: what belongs to
the partnership is gone from every page, list and address, for everybody; what belongs to a city is gone from what
stands in this partnership. An app that keeps something in a partnership narrows its boundary by `in_use`, and its
views are `OfTool`, so that who may switch is told; what is said there it declares in `conversations.tool_use`. Tools
are named by their keys, see `tools`."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import rules
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from programmes.common.access import Access
from programmes.common.errors import ExplainedAbsence
from programmes.common.prepared import prepared

from .models import Partnership, ToolUse
from .tools import Tool, all_tools


def in_use(tool: str, partnership: str = "partnership") -> Q:
    """Rows of partnerships that use the tool; `partnership` is the path to the partnership, "" for partnerships."""
    path = f"{partnership}__" if partnership else ""
    return Q(**{f"{path}tools_used__contains": f" {tool} "})


def tools_in_use(partnership: Partnership) -> set[str]:
    """The same of a partnership in hand."""
    return set(partnership.tools_used.split())


@dataclass(frozen=True)
class SwitchedOff:
    """A tool that a partnership does not use; without `by` the programme does not propose it."""

    tool: Tool
    by: str = ""
    on: date | None = None

    @property
    def label(self) -> str:
        return str(self.tool.label)


def tools_off(access: Access, partnership: Partnership) -> list[SwitchedOff]:
    """By whom and since when, for those who may switch; nothing for others."""
    return _off(partnership) if rules.has_perm("partnerships.choose_tools", access, partnership) else []


def _off(partnership: Partnership) -> list[SwitchedOff]:
    used = tools_in_use(partnership)
    uses = {row.tool: row for row in _uses(partnership.pk)}
    found = []
    for tool in all_tools():
        if tool.key not in used:
            use = uses.get(tool.key)
            found.append(SwitchedOff(tool, str(use.changed_by), use.updated_at.date()) if use else SwitchedOff(tool))
    return found


@prepared
def _uses(partnership: int) -> QuerySet[ToolUse]:
    return ToolUse.objects.filter(partnership=partnership).select_related("changed_by")


def refuse(access: Access, tool: str, partnership: Partnership) -> None:
    """Raises 404 where the tool is off; who may switch is told that it is, and by whom."""
    if tool in tools_in_use(partnership):
        return
    off = next((row for row in tools_off(access, partnership) if row.tool.key == tool), None)
    if off is None:
        raise Http404
    raise ExplainedAbsence("partnerships/tool_off.html", {"partnership": partnership, "off": off})


class OfTool:
    """For views of something that a tool keeps in a partnership, with a model and an object that is looked up among
    what the person sees; `partnership` leads from the model to it."""

    tool: ClassVar[str]
    partnership: ClassVar[str] = "partnership"
    model: ClassVar[type[Model]]
    request: Any
    kwargs: dict[str, Any]

    def load_object(self) -> Any:
        try:
            return super().load_object()  # type: ignore[misc]
        except Http404:
            self.explain(self.model, self.kwargs["pk"])
            raise

    def explain(self, model: type[Model], pk: int) -> None:
        """Raises what `refuse` raises for the partnership of this row, if there is one."""
        path = f"{self.partnership}__" if self.partnership else ""
        found = model._default_manager.filter(pk=pk).values_list(f"{path}pk", flat=True)
        row = Partnership.objects.filter(pk__in=found).select_related("programme").first()
        if row is not None:
            refuse(self.request.access, self.tool, row)
