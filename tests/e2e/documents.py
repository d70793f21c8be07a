"""What stands in a downloaded document."""

import re
import subprocess
from pathlib import Path


def text_of(pdf: Path) -> str:
    """Its words as `pdftotext` of poppler reads them: single spaces, words divided at line ends made whole."""
    printed = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return " ".join(re.sub(r"(?<=\w)[-‐]\n(?=\w)", "", printed.stdout).split())
