"""A benchmark: the key factors of a theme, an ideal that no real city meets, used as a menu (B1–B3).

Everything that is typed in it stands in one table, a row for each box and language (`Passage`), so that it is saved,
merged and kept in a history like every other text; the other tables say which boxes there are. What others write
about a factor hangs on its `key`, which stays the same in all versions and in copies."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from programmes.common.addresses import address
from programmes.common.fields import MomentField
from programmes.common.models import RevisionedValue, TimeStamped, both_or_neither, history_of
from programmes.common.once import MadeOnce
from programmes.partnerships.models import Partnership, Programme

from .enums import State

USER = settings.AUTH_USER_MODEL


class Benchmark(MadeOnce, TimeStamped):
    """Written by the facilitators and coordinators of its `programme`; without one it came with the product, and
    nobody changes it. `languages`: codes, the first is the one it is written in first. `origin` is what it was copied
    from."""

    key = models.SlugField(max_length=40, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="benchmarks")
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    languages = models.JSONField(default=list)
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(programme=None), name="benchmarks_shipped_key_once"),
        ]

    @property
    def first_language(self) -> str:
        return self.languages[0]

    @property
    def is_shipped(self) -> bool:
        return self.programme_id is None


class BenchmarkVersion(TimeStamped):
    """A draft until it is published; then its structure stays and its words may be corrected. A retired one is
    offered to nobody any more and can still be read."""

    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = MomentField(null=True, editable=False)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    retired_at = MomentField(null=True, editable=False)
    retired_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["benchmark", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "number"], name="benchmarks_version_once"),
            models.UniqueConstraint(
                fields=["benchmark"], condition=Q(published_at=None), name="benchmarks_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False), name="benchmarks_version_published"
            ),
            models.CheckConstraint(
                condition=Q(retired_by=None) | Q(retired_at__isnull=False), name="benchmarks_version_retired"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(published_at__isnull=False), name="benchmarks_version_retired_later"
            ),
        ]

    @property
    def state(self) -> State:
        if self.published_at is None:
            return State.DRAFT
        return State.PUBLISHED if self.retired_at is None else State.RETIRED

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def get_absolute_url(self):
        return address("benchmarks:booklet", self.pk)


class Place(MadeOnce):
    """What boxes belong to. Removed ones keep their texts and can be brought back while their version is a draft."""

    version_id: Any

    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    removed_at = MomentField(null=True, editable=False)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class KeyFactor(Place):
    """A condition that success depends on. Its number is its place; what is said of it hangs on its key."""

    version = models.ForeignKey(BenchmarkVersion, models.PROTECT, related_name="factors")

    class Meta(Place.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="benchmarks_factor_key_once"),
            both_or_neither("removed_at", "removed_by", name="benchmarks_factor_removed_complete"),
        ]


class ContextFactor(Place):
    """A condition that a city cannot decide, and on which key factors it bears."""

    version = models.ForeignKey(BenchmarkVersion, models.PROTECT, related_name="contexts")
    bears_on = models.ManyToManyField(KeyFactor, related_name="contexts")

    class Meta(Place.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="benchmarks_context_key_once"),
            both_or_neither("removed_at", "removed_by", name="benchmarks_context_removed_complete"),
        ]


class Example(Place):
    """How a city fulfils a factor, or comes close to it."""

    factor = models.ForeignKey(KeyFactor, models.PROTECT, related_name="examples")

    class Meta(Place.Meta):
        constraints = [
            models.UniqueConstraint(fields=["factor", "key"], name="benchmarks_example_key_once"),
            both_or_neither("removed_at", "removed_by", name="benchmarks_example_removed_complete"),
        ]


class Passage(RevisionedValue):
    """What stands in one box, in one language; `language` is empty where a box has none (a city's name, a link).

    `key`: the box, see `boxes`, as "about.title", "volunteering.why" or "volunteering.example-1.city"."""

    version = models.ForeignKey(BenchmarkVersion, models.PROTECT, related_name="passages")
    key = models.CharField(max_length=160)

    class Meta:
        constraints = [
            *RevisionedValue.Meta.constraints,
            models.UniqueConstraint(fields=["version", "key", "language"], name="benchmarks_passage_once"),
        ]


class PassageRevision(history_of("benchmarks.Passage")):  # type: ignore[misc]
    """History of one passage."""


class BenchmarkUse(TimeStamped):
    """Which version a partnership works with; without one it has none at the moment. Optional (B7)."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="benchmark_use")
    version = models.ForeignKey(BenchmarkVersion, models.PROTECT, null=True, related_name="uses")
