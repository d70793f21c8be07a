"""Versions a city or association chose to share, section by section, with the teams it chose."""

from django.db import models

from programmes.common.once import MadeOnce
from programmes.partnerships.models import Team
from programmes.sharing.models import Grant, SharedSnapshot

from ..shapes import FORM
from .answer import Response
from .needs import Need


class SharedVersion(MadeOnce, SharedSnapshot):
    """A frozen state of some sections (see `snapshots.take`). Numbered per response; `shared_by` is the team that
    wrote these sections: the city's, or an association's for what it answers about the city."""

    shape = FORM
    frozen_fields = (*SharedSnapshot.frozen_fields, "response", "shared_by", "left_out")

    response = models.ForeignKey(Response, models.PROTECT, related_name="versions")
    shared_by = models.ForeignKey(Team, models.PROTECT, related_name="+")
    left_out = models.JSONField(default=list, editable=False)
    """Questions of its sections that were left out of it, see `snapshots.place_of`; only who shared it is told."""
    needs = models.ManyToManyField(Need, related_name="shared_in", editable=False)
    """The needs frozen in `content`, so that a query tells who reads which."""

    class Meta(SharedSnapshot.Meta):
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="assessments_version_number_once"),
        ]


class ShareGrant(Grant):
    """One section of a version for one reader."""

    version = models.ForeignKey(SharedVersion, models.PROTECT, related_name="grants")
