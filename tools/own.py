"""`make run DEMO=0`: who coordinates one's own programme first. Asked once; later starts go on with what is there."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.places import database
from tools.stamps import Stamps
from tools.system import Missing

COORDINATOR = "coordinator"
"""The stamp: the address of the first coordinator, once made."""

PASSWORD = "password"  # noqa: S105
"""The stamp: that address, once its password was chosen."""

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class Unsaid(Missing):
    """Something that only the caller can say."""

    code = 2


@dataclass(frozen=True)
class FirstCoordinator:
    email: str
    name: str
    network: str


QUESTIONS = (
    ("COORDINATOR_EMAIL", "Your e-mail address: "),
    ("COORDINATOR_NAME", "Your name, as colleagues read it: "),
    ("NETWORK", "The network or association that runs the programme: "),
)


def first_coordinator(folder: Path) -> FirstCoordinator | None:
    """From the environment, else asked at the terminal; None where the programme in `folder` has one already."""
    if (folder / database(demo=False)).exists() and COORDINATOR in Stamps(folder / "stamps.json").read():
        return None
    said = {variable: os.environ.get(variable, "").strip() for variable, _ in QUESTIONS}
    missing = [variable for variable, words in said.items() if not words]
    if missing and not sys.stdin.isatty():
        names = " ".join(f"{variable}=…" for variable in missing)
        raise Unsaid(f"A programme of your own needs its first coordinator: {names} make run DEMO=0")
    if missing:
        print("Your own programme, without the demo. Who coordinates it?", flush=True)
    answers = [said[variable] or _asked(variable, question) for variable, question in QUESTIONS]
    if fault := _fault("COORDINATOR_EMAIL", answers[0]):
        raise Unsaid(f"COORDINATOR_EMAIL: {fault}")
    return FirstCoordinator(*answers)


def _asked(variable: str, question: str) -> str:
    """Until the answer can be used; the end of the input is no answer."""
    while True:
        try:
            words = input(question).strip()
        except EOFError:
            raise Unsaid(f"{variable} was not said.") from None
        fault = _fault(variable, words)
        if not fault:
            return words
        print(fault, flush=True)


def _fault(variable: str, words: str) -> str:
    if not words:
        return "Something is needed here."
    if variable == "COORDINATOR_EMAIL" and not _ADDRESS.fullmatch(words):
        return f"{words!r} is not an e-mail address."
    return ""
