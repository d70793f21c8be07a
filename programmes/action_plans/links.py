"""What a personal link may be for here: commenting on a version of the plan that was shared with the support group."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.conversations.links import AnswerGroup
from programmes.conversations.models import Asking
from programmes.links.models import PersonalLink

from .models import PlanAsking, PlanGrant, PlanVersion
from .tables import table_of
from .tool_use import granted_in_use

COMMENT = "plan-comment"


class Recalled(Refusal):
    message = gettext_lazy("The city took this version back. Your earlier words stay with it.")


class CommentPlan(AnswerGroup):
    key = COMMENT
    template = "action_plans/link_comment.html"

    def title(self, asking: Asking) -> str:
        return _("%(city)s asks what you think of its plan")

    def holds(self, access: Access, link: PersonalLink) -> None:
        super().holds(access, link)
        asking: Asking = self.subject(link)
        grants = PlanGrant.objects.filter(granted_in_use(), support_group=asking.group_id, recalled_at=None)
        if not grants.filter(version__askings__asking=asking).exists():
            raise Recalled

    def material(self, access: Access, asking: Asking) -> dict[str, Any]:
        named = PlanAsking.objects.select_related("version__plan__partnership__programme")
        version: PlanVersion = named.get(asking=asking).version
        return {
            "version": version,
            "table": table_of(version.content),
            "working_language": version.plan.partnership.programme.working_language,
        }


PURPOSES = (CommentPlan(),)
