"""What a personal link may be for here: commenting on a version of a form that was shared with the support group."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.conversations.links import AnswerGroup
from programmes.conversations.models import Asking
from programmes.links.models import PersonalLink

from .enums import NEEDS_SECTION
from .models import SharedVersion, VersionAsking
from .pages.reading import read_needs, read_section

COMMENT = "form-comment"


class Recalled(Refusal):
    message = gettext_lazy("The city took this version back. Your earlier words stay with it.")


class CommentForm(AnswerGroup):
    key = COMMENT
    template = "assessments/link_comment.html"

    def title(self, asking: Asking) -> str:
        return _("%(city)s asks what you think of its answers")

    def holds(self, access: Access, link: PersonalLink) -> None:
        super().holds(access, link)
        if not self._sections(self.subject(link)):
            raise Recalled

    def material(self, access: Access, asking: Asking) -> dict[str, Any]:
        version, shown = self._version(asking), self._sections(asking)
        data = version.content
        variables = data["programme"]["variables"]
        sections = [read_section(entry, variables) for entry in data["sections"] if entry["key"] in shown]
        return {
            "version": version,
            "sections": sections,
            "needs": read_needs(data["needs"] or []) if NEEDS_SECTION in shown else [],
            "working_language": data["programme"]["working_language"],
        }

    def _sections(self, asking: Asking) -> set[str]:
        """Keys of those that the group may read now."""
        grants = self._version(asking).grants.filter(support_group=asking.group_id, recalled_at=None)
        return set(grants.values_list("section_key", flat=True))

    def _version(self, asking: Asking) -> SharedVersion:
        if "_version" not in asking.__dict__:
            rows = VersionAsking.objects.select_related("version__response__questionnaire")
            asking.__dict__["_version"] = rows.get(asking=asking).version
        found: SharedVersion = asking.__dict__["_version"]
        return found


PURPOSES = (CommentForm(),)
