"""The demo's database between versions: migrations bring it in step as long as they only grow."""

from pathlib import Path

from tools.stamps import Stamps

FIRST = "first migrations"


def set_aside_older(folder: Path, stamps: Stamps, first: str) -> bool:
    """Rename a database whose tables were begun by other first migrations than `first` (a digest of them): no migration
    leads from there to here. The stamps of what was done with it go."""
    if not (folder / "demo.sqlite3").exists() or stamps.is_current(FIRST, first):
        return False
    for suffix in ("", "-wal", "-shm"):
        old = folder / f"demo.sqlite3{suffix}"
        if old.exists():
            old.replace(folder / f"before.sqlite3{suffix}")
    stamps.forget("migrations", "demo", FIRST)
    return True
