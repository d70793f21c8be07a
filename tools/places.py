"""Where things lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE_MODULES = ROOT / "node_modules"


def var() -> Path:
    """Database, media, logs and secret of the demo; VAR_DIR moves them."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
