"""Places on a page that an app further up fills: the page below names the place and what it is about, no more.

`fill("ask_for_document", render)` when the upper app is ready; `{% slot "ask_for_document" "action-plan" plan.pk %}` in
the template. A slot that nobody fills is empty.
"""

from collections.abc import Callable
from typing import Any

Render = Callable[..., str]
"""Of the template's context and what the slot was given, to safe HTML."""

_filled: dict[str, Render] = {}


def fill(name: str, render: Render) -> None:
    _filled[name] = render


def content_of(name: str, context: Any, *about: Any, **more: Any) -> str:
    render = _filled.get(name)
    return render(context, *about, **more) if render else ""
