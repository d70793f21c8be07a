"""Abstract models: what every app's tables have in common. Nothing here makes a table of its own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.constraints import both_or_neither, from_before_to
from programmes.common.fields import LanguageField, MomentField, MultilingualField
from programmes.common.immutability import immutability_trigger

__all__ = [
    "FrozenError",
    "HistoryEntry",
    "LanguageField",
    "MultilingualField",
    "RevisionedValue",
    "Snapshot",
    "TimeStamped",
    "both_or_neither",
    "from_before_to",
    "history_of",
    "immutability_trigger",
]


class TimeStamped(models.Model):
    created_at = MomentField(_("made on"), auto_now_add=True, editable=False)
    updated_at = MomentField(_("changed on"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class RevisionedValue(models.Model):
    """A long text or small value that several people write; changed through `programmes.common.revisions` only.

    `value` is a string of light markup, a list of strings or a dictionary, by the kind of what is asked; an
    empty string where nothing was written yet. `revision` counts saves, 0 before the first. `translation` is a
    human translation into the working language, made of the revision `translation_of`.
    A model with its own Meta takes over the constraint: `constraints = [*RevisionedValue.Meta.constraints, …]`.
    """

    history: Any  # the entries of the table made by history_of

    value = models.JSONField(_("text"), default=str, blank=True)
    language = LanguageField(_("language of the text"), blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    updated_at = MomentField(_("changed on"), null=True, editable=False)
    on_behalf = models.BooleanField(_("typed by the facilitator on behalf of the city"), default=False)
    translation = models.TextField(_("translation"), blank=True)
    translation_of = models.PositiveIntegerField(null=True, editable=False)
    translation_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            both_or_neither("translation_of", "translation_by", name="%(app_label)s_%(class)s_translation_complete")
        ]

    @property
    def is_empty(self) -> bool:
        return not self.value

    @property
    def translation_is_stale(self) -> bool:
        """The original changed since it was translated."""
        return self.translation_of is not None and self.translation_of != self.revision


class HistoryEntry(models.Model):
    """One entry of a text's history: its state when the writer paused, up to and including `revision`.

    An entry covers the revisions after the entry before it. `begun_at` is its first save, `at` its last.
    `wording` keeps the question as it was asked when this was answered.
    """

    revision = models.PositiveIntegerField()
    value = models.JSONField(default=str, blank=True)
    language = LanguageField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf = models.BooleanField(default=False)
    begun_at = MomentField(default=clock.now)
    at = MomentField(default=clock.now)
    wording = models.JSONField(default=dict, blank=True)
    restored_from = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


def history_of(owner: str, related_name: str = "history") -> type[HistoryEntry]:
    """Base of the history table of one revisioned model: `class AnswerRevision(history_of("assessments.Answer"))`.

    One table per owner with a real foreign key, never one generic table for all.
    """
    target = owner  # the class body below has a field of that name

    class OwnedHistoryEntry(HistoryEntry):
        owner = models.ForeignKey(target, on_delete=models.PROTECT, related_name=related_name)

        class Meta:
            abstract = True
            ordering = ["revision"]
            constraints = [
                models.UniqueConstraint(fields=["owner", "revision"], name="%(app_label)s_%(class)s_revision_once")
            ]

    return OwnedHistoryEntry


class Snapshot(models.Model):
    """A frozen state with a schema number, so that old ones stay readable; never changed, never deleted.

    `data` holds ids of people, not their names, so that erasing a person and keeping the snapshot agree.
    Each concrete table gets `immutability_trigger(table)` in its migration. Columns that a subclass adds may
    change (a version is recalled), unless it names them in `frozen_fields`.
    """

    frozen_fields: tuple[str, ...] = ("schema", "data", "occasion", "language", "created_at", "created_by")

    schema = models.PositiveSmallIntegerField(default=1, editable=False)
    data = models.JSONField(editable=False)
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    language = LanguageField(_("language"), blank=True)
    created_at = MomentField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Raises FrozenError for a saved row unless `update_fields` names only columns that are not frozen."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or set(fields) & set(self.frozen_fields)):
            raise FrozenError(f"{self._meta.label} {self.pk} is frozen")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise FrozenError(f"{self._meta.label} {self.pk} is frozen")


class FrozenError(RuntimeError):
    """A programming error: code tried to change a snapshot."""
