"""Versions a city or association chose to share, section by section, with the teams it chose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.common.models import Snapshot, TimeStamped, both_or_neither
from programmes.partnerships.models import Team

from .answer import Response
from .needs import Need

USER = settings.AUTH_USER_MODEL


class SharedVersion(Snapshot):
    """A frozen state of some sections (`data`, see `snapshots.take`). Numbered per response; `shared_by` is the team
    that wrote these sections: the city's, or an association's for what it answers about the city."""

    frozen_fields = (*Snapshot.frozen_fields, "response", "shared_by", "number", "name")

    response = models.ForeignKey(Response, models.PROTECT, related_name="versions")
    shared_by = models.ForeignKey(Team, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    needs = models.ManyToManyField(Need, related_name="shared_in", editable=False)
    """The needs frozen in `data`, so that a query tells who reads which."""

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="assessments_version_number_once"),
        ]


class ShareGrant(TimeStamped):
    """One section of a version for one reading team. Recalled at will; then nobody of that team reads it."""

    version = models.ForeignKey(SharedVersion, models.PROTECT, related_name="grants")
    section_key = models.CharField(max_length=60)
    team = models.ForeignKey(Team, models.PROTECT, related_name="may_read")
    recalled_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "section_key", "team"], name="assessments_grant_once"),
            both_or_neither("recalled_at", "recalled_by", name="assessments_grant_recall_complete"),
        ]
