"""Fields that several forms here use: days, pictures checked by what they are, named choices."""

import uuid
from io import BytesIO
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from programmes.common.fields import RowsField

LARGEST_PICTURE = 1024 * 1024
MOST_PIXELS = 20_000_000
SUFFIXES = {"PNG": "png", "JPEG": "jpg"}


def helper(label: Any, *, tag: bool = True) -> FormHelper:
    """A crispy helper with one button; without `tag` the page lays out its own form element and buttons."""
    made = FormHelper()
    made.form_tag = tag
    made.disable_csrf = not tag
    if tag:
        made.add_input(Submit("save", label))
    return made


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of this form choose among these rows."""
    cast("forms.ModelChoiceField", form.fields[name]).queryset = rows


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels in ISO form whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    widget = DayInput


class PictureField(forms.FileField):
    """PNG or JPEG by content, whatever the file's name says; stored under a name of our own."""

    widget = forms.FileInput
    default_error_messages = {
        "too_large": _("This picture is larger than 1 MB. Please choose a smaller one."),
        "not_a_picture": _("This file is not a PNG or JPEG picture."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("PNG or JPEG, at most 1 MB."))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/png,image/jpeg"

    def clean(self, data, initial=None):
        value = super().clean(data, initial)
        return self._checked(value) if isinstance(value, UploadedFile) else value

    def _checked(self, upload: UploadedFile) -> UploadedFile:
        if (upload.size or 0) > LARGEST_PICTURE:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        kind = picture_kind(upload.read())
        upload.seek(0)
        if kind is None:
            raise ValidationError(self.error_messages["not_a_picture"], code="not_a_picture")
        upload.name = f"{uuid.uuid4().hex}.{SUFFIXES[kind]}"
        return upload


def picture_kind(data: bytes) -> str | None:
    """ "PNG" or "JPEG" when these bytes really are one of a sensible size, else None."""
    try:
        with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            kind = picture.format
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return kind


class NamedChoice(forms.ModelChoiceField):
    """A choice of rows, shown by the function `naming`."""

    def __init__(self, *args, naming=str, **kwargs):
        self.naming = naming
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)


class NamedChoices(RowsField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, naming=str, **kwargs):
        self.naming = naming
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return self.naming(obj)
