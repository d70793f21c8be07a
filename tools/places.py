"""Where things lie."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE_MODULES = ROOT / "node_modules"


def is_demo() -> bool:
    """Unless DEMO says no: `make run DEMO=0` runs a programme of one's own."""
    return os.environ.get("DEMO", "").strip().lower() not in ("0", "false", "no")


def var() -> Path:
    """Database, media, logs and secret of the demo, or of one's own programme; VAR_DIR moves them."""
    return Path(os.environ.get("VAR_DIR") or ROOT / ("var" if is_demo() else "var/own")).resolve()


def database(*, demo: bool) -> str:
    """The file below `var()`; its name tells what is in it, so that the two never mix."""
    return "demo.sqlite3" if demo else "own.sqlite3"


def private(folder: Path) -> Path:
    """Made where it is missing, and for its owner alone; raises OSError where nothing can be written into it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(100_000))
    return folder
