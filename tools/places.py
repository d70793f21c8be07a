"""Where things lie."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE_MODULES = ROOT / "node_modules"


def var() -> Path:
    """Database, media, logs and secret of the demo; VAR_DIR moves them."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def private(folder: Path) -> Path:
    """Made where it is missing, and for its owner alone; raises OSError where nothing can be written into it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(100_000))
    return folder
