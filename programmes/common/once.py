"""A form that makes a row makes it once, however often its button is pressed or its request is sent again.

Three steps: the model inherits `MadeOnce`, the form `OnceForm` (a template without a form class writes
`{% once_field %}`), and the service wraps what it makes in `made_once`."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django import forms
from django.db import IntegrityError, models, transaction
from django.http import QueryDict

FIELD = "once"
SKIPPED = (FIELD, "csrfmiddlewaretoken", "next", "seen")


class MadeOnce(models.Model):
    """A row that a form made. `form_key` stands for one filled-in form; null for what no form made."""

    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        abstract = True


class OnceField(forms.Field):
    """The hidden token of one rendering of a form. A damaged one counts as none: nobody can correct what they do not
    see."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, initial=uuid4, **kwargs)

    def clean(self, value: Any) -> UUID | None:
        try:
            return UUID(str(value))
        except ValueError:
            return None


class OnceForm(forms.Form):
    """Mixin for a form that makes a row; the view gives `form.key` to the service as `form_key`."""

    data: QueryDict
    once = OnceField()
    _token: UUID | None = None

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        self._token = self.cleaned_data.pop(FIELD, None)

    @property
    def key(self) -> UUID | None:
        """The same for the same token with the same words. A page reached by “back” still has its token: what is
        written there anew is another text and makes another row."""
        token = self._token
        if token is None:
            return None
        words = [(name, self.data.getlist(name)) for name in sorted(self.data) if name not in SKIPPED]
        return uuid5(token, repr(words))


def key_sent(data: QueryDict) -> UUID | None:
    """The key of a form that is a button alone, with `{% once_field %}`."""
    form = OnceForm(data)
    form.is_valid()
    return form.key


def was_made(row: models.Model) -> bool:
    """Whether the form of this unsaved row made one already, perhaps in a request that was faster."""
    if not isinstance(row, MadeOnce) or row.form_key is None or not row._state.adding:
        return False
    return type(row)._default_manager.filter(form_key=row.form_key).exists()


Row = TypeVar("Row", bound=MadeOnce)


def made_once(rows: models.QuerySet[Row], form_key: UUID | None, make: Callable[[UUID | None], Row]) -> Row:
    """The row among `rows` that this form made already, else what `make` makes; it stores the key it is given.

    `rows` are those the form's author may have made; a key that made a row of somebody else counts as none. The second
    of two requests at the same moment waits for the first at the unique column and then finds its row."""
    made = rows.filter(form_key=form_key).first() if form_key else None
    if made is not None:
        return made
    try:
        with transaction.atomic():
            return make(form_key)
    except IntegrityError:
        known = rows.model._default_manager.filter(form_key=form_key) if form_key else None
        if known is None or not known.exists():
            raise
        return rows.filter(form_key=form_key).first() or make(None)
