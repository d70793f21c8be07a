"""Saving texts that several people write: nothing typed is lost, nothing is overwritten (idea 3 of the architecture).

Rows are `RevisionedValue`s; `by` is the account that writes. Every save names the revision it started from. Had the
text changed since, changes in different paragraphs are merged, and `Conflict` carries both texts where they cannot be.
Merging takes its time, so it happens before the row is locked, and again should the row have changed meanwhile. For
the same reason `save` and `translate` are not called inside a transaction: SQLite's lasts from its first word.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.merging import merge as merge_texts
from programmes.common.merging import merge_items, merge_items_keeping_both, merge_keeping_both
from programmes.common.models import HistoryEntry, RevisionedValue
from programmes.common.text import clean_value

# Autosaves of one writer within this time are one entry of the history…
ENTRY_LASTS = timedelta(minutes=10)
# …unless a save takes out a quarter of the text, but no few characters, or in any case many: then the fuller text
# stays restorable.
FEW_CHARACTERS, MANY_CHARACTERS = 40, 200
# So often a row that others keep changing is merged with before its lock is taken; then once more behind the lock.
MOST_TRIES = 3


Row = TypeVar("Row", bound=RevisionedValue)


@dataclass(frozen=True)
class Saved:
    """What became of a save: the value as it stands now, whether another's changes were merged into it, and
    whether there was anything to save."""

    revision: int
    merged: bool
    value: object
    changed: bool = True


class Conflict(Refusal):
    """Both texts, for a person to choose. `base_value` is None where the common beginning is no longer known."""

    message = _("Somebody else changed the same paragraph meanwhile. Both texts are kept: please choose.")

    def __init__(self, *, base_value: Any, theirs: Any, mine: Any, theirs_by: str, revision: int) -> None:
        super().__init__()
        self.base_value = base_value
        self.theirs, self.mine = theirs, mine
        self.theirs_by, self.revision = theirs_by, revision

    @property
    def both(self) -> Any:
        """One value with what both changed twice, for a person to edit; None for what is no text or list."""
        known = "" if self.base_value is None else self.base_value
        values = [known, self.mine, self.theirs]
        if all(isinstance(value, str) for value in values):
            return merge_keeping_both(self.base_value, self.mine, self.theirs)
        if all(value == "" or _is_list_of_texts(value) for value in values):
            base = None if self.base_value is None else list(self.base_value)
            return merge_items_keeping_both(base, list(self.mine), list(self.theirs))
        return None


class NoSuchRevision(Refusal):
    message = _("This earlier text is not in the history.")


def get_row(model: type[Row], **key: Any) -> Row:
    """The row for this key, made empty where nobody has written yet; safe when two people write first at once."""
    row, _created = model._default_manager.get_or_create(**key)
    return row


def save(
    row: RevisionedValue,
    *,
    base: int,
    value: Any,
    by: Any,
    base_value: Any = None,
    language: str | None = None,
    on_behalf: bool = False,
    merge: bool = True,
    wording: dict | None = None,
    then: Callable[[Any], object] | None = None,
) -> Saved:
    """Writes `value`, which the writer `by` made out of revision `base`; `row` is refreshed in place.

    `base_value` is the text that the writer's page started from, where the page knows it: autosaves are folded into
    one entry, so the history need not know each revision any more. It decides nothing but what counts as the
    writer's own change. Raises Conflict. An unchanged value makes no revision. What belongs to the same transaction as
    the change is done by `then`, called with the value before it.
    """
    typed = tidy(value)

    def reconcile() -> Any:
        if base == row.revision or typed == row.value:
            return typed
        return _merged(row, base, base_value, typed, allowed=merge)

    def write(mine: Any) -> Saved:
        spoken, before = row.language if language is None else language, row.value
        changed = mine != before or spoken != row.language
        if changed:
            _write(row, mine, _Authorship(by, spoken, on_behalf, wording or {}))
            if then is not None:
                then(before)
        return Saved(row.revision, mine != typed, mine, changed)

    return _reconciled_and_written(row, reconcile, write)


@transaction.atomic
def restore(row: RevisionedValue, *, revision: int, by: Any, on_behalf: bool = False) -> Saved:
    """Makes the text of an earlier revision the newest one; raises NoSuchRevision."""
    _lock(row)
    entry = row.history.filter(revision=revision).first()
    if entry is None:
        raise NoSuchRevision
    changed = entry.value != row.value
    if changed:
        _write(row, entry.value, _Authorship(by, entry.language, on_behalf, entry.wording), restored_from=revision)
    return Saved(row.revision, False, row.value, changed)


def translate(
    row: RevisionedValue,
    *,
    text: str,
    by: Any,
    of: int | None = None,
    base_text: str | None = None,
    then: Callable[[], object] | None = None,
) -> Saved:
    """Stores a human translation of revision `of` (default: the newest); an empty text takes it away.

    `base_text` is the translation that the writer started from: another's change since is merged, or raises Conflict.
    What belongs to the same transaction is done by `then`.
    """
    typed = tidy(text)

    def reconcile() -> str:
        known = row.translation if base_text is None else tidy(base_text)
        merged = typed if known == row.translation else merge_texts(known, typed, row.translation)
        if merged is None:
            raise _conflict(row, known, row.translation, typed, row.translation_by)
        return merged

    def write(mine: str) -> Saved:
        row.translation = mine
        row.translation_by = by if mine else None
        row.translation_of = (row.revision if of is None else min(of, row.revision)) if mine else None
        row.save(update_fields=["translation", "translation_by", "translation_of"])
        if then is not None:
            then()
        return Saved(row.revision, mine != typed, mine)

    return _reconciled_and_written(row, reconcile, write)


def holds(row: RevisionedValue, *, value: Any, by: Any, base_value: Any = None) -> bool:
    """Whether what `by` typed out of `base_value` has arrived: it stands in the row, did so once, or putting it in
    again would change nothing."""
    typed = tidy(value)
    if typed == row.value or row.history.filter(by=by, value=typed).exists():
        return True
    return base_value is not None and _merge(tidy(base_value), typed, row.value) == row.value


def holds_translation(row: RevisionedValue, *, text: str, base_text: str | None = None) -> bool:
    """The same for a translation, which has no history."""
    typed = tidy(text)
    known = typed if base_text is None else tidy(base_text)
    return row.translation in (typed, merge_texts(known, typed, row.translation))


def history(row: RevisionedValue) -> models.QuerySet[Any]:
    """Entries of the row's history, newest first, with their writers."""
    return row.history.select_related("by").order_by("-revision")


def tidy(value: Any) -> Any:
    """The value as it is stored: cleaned, texts without blanks at their ends."""
    value = clean_value(value)
    return value.strip() if isinstance(value, str) else value


def _lock(row: RevisionedValue) -> None:
    """SQLite, which has no row locks, has taken its one write lock when the transaction began (IMMEDIATE)."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())


def _reconciled_and_written(row: RevisionedValue, reconcile: Callable[[], Any], write: Callable[[Any], Saved]) -> Saved:
    """`write(reconcile())` with the row locked, but `reconcile` asked before, as long as the row then is as it was.

    The last try is behind the lock, so that it comes to an end whoever else writes."""
    for _try in range(MOST_TRIES):
        seen, found = _state(row), _mine_or_conflict(reconcile)
        with transaction.atomic():
            _lock(row)
            if _state(row) == seen:
                if isinstance(found, Conflict):
                    raise found
                return write(found)
    with transaction.atomic():
        _lock(row)
        return write(reconcile())


def _mine_or_conflict(reconcile: Callable[[], Any]) -> Any:
    """A conflict counts only if the row is still the same behind the lock."""
    try:
        return reconcile()
    except Conflict as conflict:
        return conflict


def _state(row: RevisionedValue) -> tuple[int, str]:
    """What a merge looks at, besides the history of the same row."""
    return row.revision, row.translation


def _merged(row: RevisionedValue, base: int, base_value: Any, mine: Any, *, allowed: bool) -> Any:
    known = _value_at(row, base) if base_value is None else tidy(base_value)
    merged = _merge(known, mine, row.value) if allowed else None
    if merged is None:
        raise _conflict(row, known, row.value, mine, row.updated_by)
    return merged


def _value_at(row: RevisionedValue, revision: int) -> Any:
    """The value of a revision, or None where later autosaves were folded over it."""
    if revision == 0:
        return type(row.value)()
    entry = row.history.filter(revision=revision).first()
    return None if entry is None else entry.value


def _merge(base: Any, mine: Any, theirs: Any) -> Any:
    """Texts and lists of texts are merged; figures and choices belong together and are not."""
    if all(isinstance(value, str) for value in (base, mine, theirs)):
        return merge_texts(base, mine, theirs)
    if all(_is_list_of_texts(value) for value in (base, mine, theirs)):
        return merge_items(base, mine, theirs)
    return None


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _conflict(row: RevisionedValue, base_value: Any, theirs: Any, mine: Any, theirs_by: Any) -> Conflict:
    name = str(theirs_by) if theirs_by else ""
    return Conflict(base_value=base_value, theirs=theirs, mine=mine, theirs_by=name, revision=row.revision)


@dataclass(frozen=True)
class _Authorship:
    """Who writes, in which language, for whom, answering which wording: what one history entry has in common."""

    by: Any
    language: str
    on_behalf: bool
    wording: dict[str, Any]

    def wrote(self, entry: HistoryEntry) -> bool:
        same = (entry.by_id, entry.language, entry.on_behalf, entry.wording)
        return same == (self.by.pk, self.language, self.on_behalf, self.wording)


def _write(row: RevisionedValue, value: Any, authorship: _Authorship, *, restored_from: int | None = None) -> None:
    now = clock.now()
    row.value, row.language, row.on_behalf = value, authorship.language, authorship.on_behalf
    row.revision += 1
    row.updated_by, row.updated_at = authorship.by, now
    row.save(update_fields=["value", "language", "on_behalf", "revision", "updated_by", "updated_at"])
    entry = None if restored_from else _entry_to_fold(row, value, authorship)
    if entry is None:
        entry = row.history.model(owner=row, begun_at=now, restored_from=restored_from, **vars(authorship))
    entry.revision, entry.value, entry.at = row.revision, value, now
    entry.save()


def _entry_to_fold(row: RevisionedValue, value: Any, authorship: _Authorship) -> HistoryEntry | None:
    """The newest entry, if this save goes on with the same piece of writing."""
    entry = row.history.order_by("-revision").first()
    if entry is None or entry.restored_from is not None or entry.revision == row.translation_of:
        return None
    fresh = clock.now() - entry.begun_at < ENTRY_LASTS
    return entry if authorship.wrote(entry) and fresh and not _cuts_much(entry.value, value) else None


def _cuts_much(old: Any, new: Any) -> bool:
    """Whether many words of the old value are gone from the new one."""
    before, after = Counter(_words(old)), Counter(_words(new))
    total = sum(len(word) * times for word, times in before.items())
    gone = sum(len(word) * times for word, times in (before - after).items())
    return gone > max(FEW_CHARACTERS, min(MANY_CHARACTERS, total / 4))


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split()
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [word for item in items for word in str(item).split()]
