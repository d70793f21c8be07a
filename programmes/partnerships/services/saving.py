"""What the services of this package share: saving under constraints, ending rows, the day of a change."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.common.errors import Refusal
from programmes.common.once import was_made

from ..days import today_in

Row = TypeVar("Row", bound=models.Model)


class ConstraintBroken(Refusal):
    """A constraint of the data does not hold; the sentence is the constraint's own."""


class DayNotPossible(Refusal):
    message = _("The day of a change cannot lie in the future.")


class AlreadyEnded(Refusal):
    message = _("This has ended already. Please load the page again.")


def save_checked(row: models.Model, update_fields: Iterable[str] | None = None) -> None:
    """Save; a constraint that does not hold, also because another request was faster, becomes ConstraintBroken. The
    database is asked for the sentence only once it has refused: most rows are as they should be."""
    try:
        with transaction.atomic():
            row.save(update_fields=[*update_fields, "updated_at"] if update_fields else None)
    except IntegrityError as error:
        if was_made(row):
            raise  # for `made_once`, which finds it
        raise ConstraintBroken(_sentence_of(row)) from error


def _sentence_of(row: models.Model) -> str:
    try:
        row.validate_constraints()
    except ValidationError as error:
        return " ".join(error.messages)
    return gettext("Somebody else changed this at the same moment. Please look at it again and repeat.")


def day_of_change(programme: Any, on: date | None, *begun: date | None) -> date:
    """The day a row ends or begins: `on`, else today in the programme's zone, never before any day in `begun`.

    Raises DayNotPossible for a day to come or one before what it ends began."""
    today = today_in(programme)
    earliest = max((day for day in begun if day), default=date.min)
    if on is None:
        return max(today, earliest)
    if on > max(today, earliest):
        raise DayNotPossible
    if on < earliest:
        raise DayNotPossible(_("This day lies before the beginning."))
    return on


def locked(row: Row) -> Row:
    """The row as it stands now, locked until the transaction ends."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def end(row: models.Model, *, on: date, by: User) -> None:
    """End a from–to row that was locked; raises AlreadyEnded. Rows with an `ended_by` remember who ended them."""
    if row.ended_on is not None:  # type: ignore[attr-defined]
        raise AlreadyEnded
    fields = ["ended_on"]
    row.ended_on = on  # type: ignore[attr-defined]
    if hasattr(row, "ended_by_id"):
        row.ended_by = by  # type: ignore[attr-defined]
        fields.append("ended_by")
    row.save(update_fields=[*fields, "updated_at"])
