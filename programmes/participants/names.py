"""Names made comparable in Python, because databases disagree on accents and Greek."""

import unicodedata


def normalise(text: str) -> str:
    """Casefold, strip marks, and fold runs of anything that is no letter or digit into one space.

    >>> normalise("  Saint-Jean-de-la-Ruelle ")
    'saint jean de la ruelle'
    >>> normalise("Λιβαδειά") == normalise("ΛΙΒΑΔΕΙΑ")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).replace("ς", "σ").split())
