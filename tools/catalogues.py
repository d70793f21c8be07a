"""Compiles the catalogues that are newer than what was made of them; needs polib, not gettext.

`.venv/bin/python -m tools.catalogues`
"""

from pathlib import Path

from tools.places import ROOT


def compile_stale(folder: Path = ROOT / "locale") -> list[Path]:
    """The catalogues compiled now. Each is put in place at once, so that a running server never reads half of one."""
    import polib

    done = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        done.append(target)
    return done


if __name__ == "__main__":
    compile_stale()
