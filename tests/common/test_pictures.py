"""Pictures are what they say they are, and carry their pixels only."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from programmes.common.pictures import MOST_PIXELS, written_anew


def bytes_of(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **more) -> bytes:
    data = BytesIO()
    Image.new(mode, size, 1 if mode in ("1", "P") else None).save(data, kind, **more)
    return data.getvalue()


def with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    return bytes_of("JPEG", exif=exif)


def test_place_and_camera_do_not_travel():
    data = with_a_place()
    assert b"Taken at home" in data
    kind, clean = written_anew(data)
    assert kind == "JPEG"
    assert b"Taken at home" not in clean
    assert not Image.open(BytesIO(clean)).getexif()


def test_comments_and_what_hangs_behind_the_end_do_not_travel():
    words = PngInfo()
    words.add_text("Comment", "An address")
    kind, clean = written_anew(bytes_of("PNG", pnginfo=words) + b"<script>alert(1)</script>")
    assert kind == "PNG"
    assert b"An address" not in clean
    assert b"script" not in clean


def test_a_picture_lying_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _kind, clean = written_anew(bytes_of("JPEG", exif=exif))
    assert Image.open(BytesIO(clean)).size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_png_stays_one(mode):
    kind, clean = written_anew(bytes_of("PNG", mode))
    assert kind == "PNG"
    assert Image.open(BytesIO(clean)).size == (40, 20)


def test_colours_for_printers_become_colours_for_screens():
    _kind, clean = written_anew(bytes_of("JPEG", "CMYK"))
    assert Image.open(BytesIO(clean)).mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"<svg onload='alert(1)'/>", bytes_of("GIF"), bytes_of("PNG")[:40]])
def test_anything_else_is_no_picture(data):
    assert written_anew(data) is None


def test_a_picture_of_too_many_pixels_is_not_unpacked():
    side = int(MOST_PIXELS**0.5) + 1
    assert written_anew(bytes_of("PNG", "1", (side, side))) is None
