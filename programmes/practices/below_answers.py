"""Below what a city wrote of its strengths: a button for each paragraph that may become a practice."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from programmes.assessments.models import Answer, Response
from programmes.partnerships.boundary import places_of

from .beginnings import PARTS, beginnings_in


def rendered(context: Mapping[str, Any], response: Response, answer: Answer | None, part_key: str) -> str:
    """`{% slot "below_answer" page.response box.answer box.key %}`: nothing below other answers, and for whoever types
    on behalf."""
    request = context["request"]
    if answer is None or part_key not in PARTS or response.team_id not in places_of(request.access).teams:
        return ""
    return render_to_string("practices/_beginnings.html", {"beginnings": list(beginnings_in(answer))}, request)
