"""Pictures that people upload: known by what they are, and written anew, so that nothing else travels in them."""

import uuid
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_PICTURE = 1024 * 1024
LARGEST_PHOTOGRAPH = 8 * LARGEST_PICTURE
MOST_PIXELS = 20_000_000
PHOTOGRAPH_SIDE = 1600
"""Pixels of a photograph's longer side, as it is kept."""

CONTENT_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}
SUFFIXES = {"PNG": "png", "JPEG": "jpg"}
MODES = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
"""Pixels that each format keeps as they are; any other become RGB."""


class PictureField(forms.FileField):
    """PNG or JPEG by content, whatever the file's name says. Cleans to a file that holds its pixels and nothing else:
    no place, no camera, no comment, nothing behind the end; stored under a name of our own."""

    widget = forms.FileInput
    largest = LARGEST_PICTURE
    side: int | None = None
    default_help: Any = _("PNG or JPEG, at most 1 MB.")
    default_error_messages = {
        "too_large": _("This picture is larger than 1 MB. Please choose a smaller one."),
        "too_many_pixels": _(
            "This picture has %(found)s million pixels; the most are %(most)s. Please choose it again, saved smaller."
        ),
        "not_a_picture": _("This file is not a PNG or JPEG picture."),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", self.default_help)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/png,image/jpeg"

    def clean(self, data: Any, initial: Any = None) -> Any:
        value = super().clean(data, initial)
        return self._written_anew(value) if isinstance(value, UploadedFile) else value

    def _written_anew(self, upload: UploadedFile) -> UploadedFile:
        if (upload.size or 0) > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        data = upload.read()
        if (pixels := pixels_of(data)) > MOST_PIXELS:
            millions = {"found": round(pixels / 1_000_000), "most": MOST_PIXELS // 1_000_000}
            raise ValidationError(self.error_messages["too_many_pixels"], "too_many_pixels", millions)
        found = written_anew(data, side=self.side)
        if found is None:
            raise ValidationError(self.error_messages["not_a_picture"], code="not_a_picture")
        kind, data = found
        return SimpleUploadedFile(f"{uuid.uuid4().hex}.{SUFFIXES[kind]}", data, content_type=Image.MIME[kind])


class PhotographField(PictureField):
    """A picture as telephones take them: larger to send, kept at a size for the screen."""

    largest = LARGEST_PHOTOGRAPH
    side = PHOTOGRAPH_SIDE
    default_help = _("PNG or JPEG, at most 8 MB.")
    default_error_messages = {
        "too_large": _("This picture is larger than 8 MB. Please choose a smaller one."),
    }


def pixels_of(data: bytes) -> int:
    """As its head says, before anything is unpacked; 0 for what is no picture."""
    try:
        with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:
        return Image.MAX_IMAGE_PIXELS * 2 if Image.MAX_IMAGE_PIXELS else MOST_PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0


def as_sent(file: Any) -> FileResponse:
    """A stored picture, sent as what it was found to be. Raises Http404 where there is none."""
    content_type = CONTENT_TYPES.get(PurePath(file.name or "").suffix)
    if content_type is None or not file.storage.exists(file.name):
        raise Http404
    return FileResponse(file.open("rb"), content_type=content_type)


def written_anew(data: bytes, *, side: int | None = None) -> tuple[str, bytes] | None:
    """ "PNG" or "JPEG" with the picture as we write it, upright, its longer side at most `side`; None for what is no
    picture of a sensible size."""
    try:
        with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as picture:
            if picture.width * picture.height > MOST_PIXELS or picture.format is None:
                return None
            kind, upright = picture.format, ImageOps.exif_transpose(picture)
            if side is not None:
                upright.thumbnail((side, side))
            return kind, _written(upright, kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _written(picture: Image.Image, kind: str) -> bytes:
    plain = picture if picture.mode in MODES[kind] else picture.convert("RGB")
    plain.info = {name: plain.info[name] for name in ("transparency",) if name in plain.info}
    out = BytesIO()
    plain.save(out, kind, quality=90) if kind == "JPEG" else plain.save(out, kind, optimize=True)
    return out.getvalue()
