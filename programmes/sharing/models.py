"""A frozen version that a team shares, and who may read it. Apps make both concrete, with real foreign keys."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import MomentField
from programmes.common.models import Snapshot, TimeStamped, both_or_neither
from programmes.partnerships.models import SupportGroup, Team

from .shapes import Shape

WHOLE = ""
"""The section of a grant that opens all of a version."""


class SharedSnapshot(Snapshot):
    """A version with a number and perhaps a name; read its `content`, never its `data`."""

    grants: Any
    shape: ClassVar[Shape]
    frozen_fields = (*Snapshot.frozen_fields, "number", "name")

    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["-number"]

    @property
    def content(self) -> Any:
        """What was frozen, in the newest layout: a typed dictionary of the app's `shapes`."""
        return self.shape.upgrade(self.data, self.schema)


class Grant(TimeStamped):
    """A version, or one section of it, for a reading team or a local support group. Recalled at will; then nobody of
    them reads it. The concrete model adds `version`, with `related_name="grants"`."""

    section_key = models.CharField(max_length=60, blank=True, default=WHOLE)

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="%(app_label)s_grants")
    support_group = models.ForeignKey(SupportGroup, models.PROTECT, null=True, related_name="%(app_label)s_grants")
    recalled_at = MomentField(null=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    kept_at = MomentField(null=True, editable=False)
    """When the sharing team said that a reader who takes part no more goes on reading."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, support_group=None) | Q(team=None, support_group__isnull=False),
                name="%(app_label)s_grant_one_reader",
            ),
            models.UniqueConstraint(
                fields=["version", "section_key", "team"],
                condition=Q(team__isnull=False),
                name="%(app_label)s_grant_team_once",
            ),
            models.UniqueConstraint(
                fields=["version", "section_key", "support_group"],
                condition=Q(support_group__isnull=False),
                name="%(app_label)s_grant_group_once",
            ),
            both_or_neither("recalled_at", "recalled_by", name="%(app_label)s_grant_recall_complete"),
        ]
