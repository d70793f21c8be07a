"""On the page of a judgement: the button that makes an adapted action of it, or the action it became."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from programmes.practices.enums import Decision
from programmes.practices.models import Judgement

from . import selectors


def rendered(context: Mapping[str, Any], judgement: Judgement) -> str:
    """`{% slot "adapted_action" judgement %}`: for those who write a plan of the team that judged."""
    request = context["request"]
    plans = selectors.plans_to_adapt_in(request.access, judgement)
    actions = selectors.adapted_actions(request.access, judgement)
    about = {
        "judgement": judgement,
        "plans": [plan for plan in plans if plan.pk not in {action.plan_id for action in actions}],
        "actions": actions,
        "transfers": judgement.decision in (Decision.TRANSFER, Decision.PART),
    }
    return render_to_string("action_plans/_adapted.html", about, request)
