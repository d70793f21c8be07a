"""The database between versions: migrations bring it in step as long as they only grow."""

from pathlib import Path

from tools.places import database
from tools.stamps import Stamps
from tools.system import Missing

FIRST = "first migrations"


def set_aside_older(folder: Path, stamps: Stamps, first: str) -> bool:
    """Rename the demo's database where its tables were begun by other first migrations than `first` (a digest of them):
    no migration leads from there to here. The stamps of what was done with it go."""
    if not _is_older(folder / database(demo=True), stamps, first):
        return False
    for suffix in ("", "-wal", "-shm"):
        old = folder / f"demo.sqlite3{suffix}"
        if old.exists():
            old.replace(folder / f"before.sqlite3{suffix}")
    stamps.forget("migrations", "demo", FIRST)
    return True


def refuse_older(folder: Path, stamps: Stamps, first: str) -> None:
    """The same for somebody's own data: they stay where they are, and Missing says so."""
    if _is_older(folder / database(demo=False), stamps, first):
        raise Missing(
            f"The data in {folder} are from a version whose tables began otherwise; no way leads from there to here: "
            "start them with that version, or begin in another folder (VAR_DIR=…)."
        )


def _is_older(file: Path, stamps: Stamps, first: str) -> bool:
    return file.exists() and not stamps.is_current(FIRST, first)
