"""Asking the members of the support group what they think of a version that they read."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from programmes.conversations.enums import AskingKind
from programmes.conversations.groups.forms import AskGroupForm
from programmes.conversations.groups.views import AskGroup
from programmes.conversations.models import Asking
from programmes.partnerships.boundary import awake
from programmes.partnerships.models import SupportGroup

from ..links import COMMENT
from ..models import PlanAsking, PlanVersion
from .base import VersionMixin


class AskMembers(VersionMixin, AskGroup):
    """Each by a link of their own, which shows the version."""

    model: Any = PlanVersion
    permission_required = "action_plans.share_version"
    purpose = COMMENT
    has_kinds = False
    kind = AskingKind.COMMENT

    @cached_property
    def group(self) -> SupportGroup:
        """The one that reads it; 404 where none does."""
        grants = self.object.grants.filter(recalled_at=None, support_group__isnull=False)
        rows = SupportGroup.objects.filter(
            awake(), pk__in=grants.values("support_group"), team=self.object.plan.team_id
        )
        found = rows.select_related("city").order_by("pk").first()
        if found is None:
            raise Http404
        return found

    def ready(self) -> list[str]:
        return [_("What do you think of this plan? What is missing, and what would not work here?")]

    def about(self) -> str:
        words = {"title": self.object.content["plan"]["title"], "number": self.object.number}
        return _("%(title)s, version %(number)s") % words

    def cancel_url(self) -> str:
        return reverse("action_plans:version", args=[self.object.pk])

    @transaction.atomic
    def ask(self, form: AskGroupForm) -> Asking:
        asking = super().ask(form)
        PlanAsking.objects.get_or_create(asking=asking, defaults={"version": self.object})
        return asking
