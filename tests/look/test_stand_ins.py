"""The typeface that stands in until ours is there is as wide and as high: pages do not jump when it comes."""

import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
SAMPLE = (
    "The cities of a partnership write what they need and what they offer, and agree when they will meet next. "
    "Las ciudades de una asociación escriben lo que necesitan y lo que ofrecen, y acuerdan cuándo se reunirán."
)
WIDTHS = {
    "Arial": 0.4474,
    "Arial Bold": 0.4796,
    "Roboto": 0.4444,
    "Roboto Bold": 0.4511,
    "DejaVu Sans": 0.5100,
    "DejaVu Sans Bold": 0.5743,
    "Times New Roman Bold": 0.4269,
    "DejaVu Serif Bold": 0.5662,
}
"""How wide a letter of the sample is, on average and in em, in the typefaces of readers: they are not shipped here."""
STAND_INS = re.findall(r'@font-face \{\s*font-family: "(\w+) like \w+";(.*?)\}', TOKENS, re.S)


def ours(family: str, weight: str) -> tuple[float, float, float]:
    """Average width of the sample's letters, ascent and descent, in em."""
    name = {"Sans": "source-sans-3", "Serif": "source-serif-4"}[family]
    with TTFont(settings.NODE_MODULES / f"@fontsource/{name}/files/{name}-latin-{weight}-normal.woff2") as font:
        size, letters, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        width = sum(widths[letters[ord(letter)]][0] for letter in SAMPLE) / len(SAMPLE)
        return width / size, font["hhea"].ascent / size, -font["hhea"].descent / size


def percent(name: str, face: str) -> float:
    return float(re.search(rf"{name}: ([\d.]+)%", face).group(1)) / 100


@pytest.mark.parametrize(("family", "face"), STAND_INS)
def test_stand_ins_are_as_wide_and_as_high(family, face):
    width, ascent, descent = ours(family, re.search(r"font-weight: (\d+)", face).group(1))
    size = percent("size-adjust", face)
    assert WIDTHS[re.search(r'local\("([^"]+)"\)', face).group(1)] * size == pytest.approx(width, rel=0.001)
    assert percent("ascent-override", face) * size == pytest.approx(ascent, rel=0.001)
    assert percent("descent-override", face) * size == pytest.approx(descent, rel=0.001)


def test_each_typeface_has_stand_ins():
    assert {family for family, face in STAND_INS} == {"Sans", "Serif"}
    for family in re.findall(r'font-family: "(\w+ like \w+)"', TOKENS):
        assert re.search(rf'^  --[a-z-]+: .*"{family}"', TOKENS, re.M), family
