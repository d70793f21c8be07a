"""What stands on the page of a support group: what it was asked, for the team that asked."""

from typing import Any

import rules
from django.template.loader import render_to_string

from programmes.partnerships.models import SupportGroup

from .boundary import askings_visible_to
from .selectors import askings_of


def questions_to_group(context: Any, group: SupportGroup) -> str:
    access = context["request"].access
    found = {
        "group": group,
        "askings": askings_of(group.pk, askings_visible_to(access)),
        "may_ask": rules.has_perm("conversations.ask_group", access, group),
    }
    return render_to_string("conversations/_group_questions.html", found, request=context["request"])
