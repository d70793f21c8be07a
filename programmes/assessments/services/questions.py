"""Questions of the partner city beside an answer or a need; the conversation itself is `partnerships`' business."""

from typing import Any

from django.db import transaction

from programmes.partnerships.models import Participation
from programmes.partnerships.services import threads

from ..models import Need, QuestionThread, Response


@transaction.atomic
def ask_about(
    *, response: Response, mentor: Participation, text: str, by: Any, part_key: str = "", need: Need | None = None
) -> QuestionThread:
    """Opens a thread between the mentee and this mentor about one answer or one need. Raises what `threads.ask`
    raises."""
    thread = threads.ask(partnership=mentor.partnership, text=text, by=by, mentor=mentor)
    return QuestionThread.objects.create(thread=thread, response=response, part_key=part_key, need=need)
