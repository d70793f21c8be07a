"""What a service raises when it will not do a thing now, and absences that are explained."""

from typing import Any

from django.http import Http404
from django.utils.functional import Promise


class Refusal(Exception):
    """A service said no; `str()` is a translated sentence for the person who asked.

    Subclasses set `message` (lazily translated) or are raised with their own sentence.
    """

    message: str | Promise = ""

    def __init__(self, message="", *args):
        super().__init__(message or self.message, *args)

    def __str__(self) -> str:
        return str(self.args[0])


class ExplainedAbsence(Http404):
    """404 that tells whom it concerns why: a template and its context."""

    def __init__(self, template: str, context: dict[str, Any]):
        super().__init__()
        self.template, self.context = template, context
