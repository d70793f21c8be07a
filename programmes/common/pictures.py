"""Pictures that people upload: known by what they are, and written anew, so that nothing else travels in them."""

import uuid
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_PICTURE = 1024 * 1024
MOST_PIXELS = 20_000_000
SUFFIXES = {"PNG": "png", "JPEG": "jpg"}
MODES = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
"""Pixels that each format keeps as they are; any other become RGB."""


class PictureField(forms.FileField):
    """PNG or JPEG by content, whatever the file's name says. Cleans to a file that holds its pixels and nothing else:
    no place, no camera, no comment, nothing behind the end; stored under a name of our own."""

    widget = forms.FileInput
    default_error_messages = {
        "too_large": _("This picture is larger than 1 MB. Please choose a smaller one."),
        "not_a_picture": _("This file is not a PNG or JPEG picture."),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("PNG or JPEG, at most 1 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/png,image/jpeg"

    def clean(self, data: Any, initial: Any = None) -> Any:
        value = super().clean(data, initial)
        return self._written_anew(value) if isinstance(value, UploadedFile) else value

    def _written_anew(self, upload: UploadedFile) -> UploadedFile:
        if (upload.size or 0) > LARGEST_PICTURE:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        found = written_anew(upload.read())
        if found is None:
            raise ValidationError(self.error_messages["not_a_picture"], code="not_a_picture")
        kind, data = found
        return SimpleUploadedFile(f"{uuid.uuid4().hex}.{SUFFIXES[kind]}", data, content_type=Image.MIME[kind])


def written_anew(data: bytes) -> tuple[str, bytes] | None:
    """ "PNG" or "JPEG" with the picture as we write it, upright; None for what is no picture of a sensible size."""
    try:
        with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as picture:
            if picture.width * picture.height > MOST_PIXELS or picture.format is None:
                return None
            return picture.format, _pixels_of(ImageOps.exif_transpose(picture), picture.format)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _pixels_of(picture: Image.Image, kind: str) -> bytes:
    plain = picture if picture.mode in MODES[kind] else picture.convert("RGB")
    plain.info = {name: plain.info[name] for name in ("transparency",) if name in plain.info}
    out = BytesIO()
    plain.save(out, kind, quality=90) if kind == "JPEG" else plain.save(out, kind, optimize=True)
    return out.getvalue()
