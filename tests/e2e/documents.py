"""What stands in a downloaded document."""

import subprocess
from pathlib import Path


def text_of(pdf: Path) -> str:
    """Its words, with single spaces, as `pdftotext` of poppler reads them."""
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return " ".join(told.stdout.split())
