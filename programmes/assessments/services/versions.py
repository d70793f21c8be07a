"""Moving a response to a newer version of its form, by its team's click."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.services import record
from programmes.common.errors import Refusal

from ..models import Response
from ..versions import newer_version


class NothingNewer(Refusal):
    message = _("The form you see is another one than the newest by now. Please look again at what changes.")


@transaction.atomic
def move_to_newest(*, response: Response, number: int, by: Any) -> Response:
    """The response asks what version `number`, the newest, asks; raises NothingNewer where the person saw another.

    No answer is touched: one whose box the version has goes on there, any other is shown as asked earlier."""
    rows = Response.objects.select_related("questionnaire_version", "questionnaire")
    locked = rows.select_for_update(of=("self",)).get(pk=response.pk)
    if locked.questionnaire_version.number == number:
        return locked
    newest = newer_version(locked)
    if newest is None or newest.number != number:
        raise NothingNewer
    locked.questionnaire_version = newest
    locked.save(update_fields=["questionnaire_version", "updated_at"])
    record(by=by, verb="moved to newer form", target=locked)
    return locked
