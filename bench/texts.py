"""What the worst text costs to save, to merge, in its history and to read: CPU time of this process alone."""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.test import Client

from bench.figure import Figure
from bench.hostile import FAMILIES, SIZE
from bench.pages import client_of
from programmes.accounts.models import User
from programmes.assessments.models import Answer, Response
from programmes.common import revisions
from programmes.common.autosave import ENTRIES_A_PAGE, AutosaveView, TextValueForm
from programmes.common.revisions import Conflict
from programmes.overview import sample

LIMIT_MS = 500
FEWEST = 12
BOX = "challenge.what"


def figures(made: sample.Sample) -> list[Figure]:
    response = Response.objects.filter(team__enrolment__programme=made.programme)[0]
    officer = sample.officer(response.team)
    box = _Box(response, officer)
    box.costs("The first text, which loads what is loaded once.")
    measured = {(family, name): cost for family, text in FAMILIES.items() for name, cost in box.costs(text).items()}
    family, operation = max(measured, key=lambda key: measured[key])
    more = {"family": family, "operation": operation, "families": len(FAMILIES), "characters": SIZE}
    more |= {f"worst_{name}": round(max(v for (_, op), v in measured.items() if op == name)) for name in OPERATIONS}
    value = measured[family, operation]
    return [Figure("worst_text", value, "ms", LIMIT_MS, more, also=len(FAMILIES) >= FEWEST)]


class _Box:
    """One box of one form, which each text is put through."""

    def __init__(self, response: Response, officer: User):
        self.response, self.officer = response, officer
        self.client: Client = client_of(officer)
        self.address = f"/forms/{response.pk}/boxes/{BOX}/"
        self.reading = f"/forms/{response.pk}/read/"
        self.answer = revisions.get_row(Answer, response=response, part_key=BOX)

    def costs(self, text: str) -> dict[str, float]:
        self._begin_with(text)
        return {name: _milliseconds(partial(act, self, text)) for name, act in OPERATIONS.items()}

    def _begin_with(self, text: str) -> None:
        """A history of as many entries as a page shows, each another text of the family."""
        self.answer.history.all().delete()
        versions = [text if number % 2 else turned(text) for number in range(ENTRIES_A_PAGE)]
        entry = self.answer.history.model
        entry.objects.bulk_create(
            entry(owner=self.answer, revision=number, value=revisions.tidy(value), by=self.officer)
            for number, value in enumerate(versions, start=1)
        )
        Answer.objects.filter(pk=self.answer.pk).update(value=revisions.tidy(text), revision=ENTRIES_A_PAGE)
        self.answer.refresh_from_db()

    def save(self, text: str) -> None:
        """As the script does; a text of too many paragraphs is refused at the field, and that costs too."""
        body = {"base": ENTRIES_A_PAGE, "base_value": text, "value": shuffled(text)}
        answer = self.client.post(self.address, body, headers={"accept": "application/json"})
        if answer.status_code not in (200, 422):
            raise RuntimeError(f"{self.address} answered {answer.status_code}")

    def merge(self, text: str) -> None:
        """A text between the saved one and that of somebody else; the conflict, if it is one, as the page shows it."""
        mine, theirs = f"{text[: SIZE // 3]}\n\nmine {text[SIZE // 3 :]}", shuffled(text)
        Answer.objects.filter(pk=self.answer.pk).update(value=revisions.tidy(theirs), revision=ENTRIES_A_PAGE + 1)
        self.answer.refresh_from_db()
        form = TextValueForm({"value": mine})
        form.is_valid()
        try:
            revisions.save(self.answer, base=1, base_value=text, value=mine, by=self.officer)
        except Conflict as conflict:
            AutosaveView().conflict_texts(conflict)

    def history(self, text: str) -> None:
        answer = self.client.get(f"{self.address}history/")
        if answer.status_code != 200:
            raise RuntimeError(f"{self.address}history/ answered {answer.status_code}")

    def read(self, text: str) -> None:
        """The page on which the whole form is read: the text as it is shown, and what stands around it."""
        answer = self.client.get(self.reading)
        if answer.status_code != 200:
            raise RuntimeError(f"{self.reading} answered {answer.status_code}")


OPERATIONS: dict[str, Callable[[_Box, str], Any]] = {
    "save": _Box.save,
    "merge": _Box.merge,
    "history": _Box.history,
    "read": _Box.read,
}


def turned(text: str) -> str:
    """The second half first."""
    return text[len(text) // 2 :] + text[: len(text) // 2 - 1]


def shuffled(text: str) -> str:
    """The same pieces in another order, the same at each call."""
    pieces = [text[start : start + 97] for start in range(0, len(text), 97)]
    random.Random(1).shuffle(pieces)  # noqa: S311
    return "".join(pieces)


def _milliseconds(act: Callable[[], Any]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000
