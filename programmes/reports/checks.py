"""Said at the start rather than at the first document."""

from typing import Any

from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_check

from .engines.assets import missing_fonts


def register() -> None:
    register_check(fonts_are_there)


def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    if not (missing := missing_fonts()):
        return []
    return [
        CheckWarning(
            f"{len(missing)} font files of printed documents are missing, {missing[0].name} for one.",
            hint="Run “npm ci”; without them no PDF can be made.",
            id="reports.W001",
        )
    ]
