"""What this app keeps of a person: which documents they asked for; and how long files are kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.common.privacy import Period

from .models import DocumentRequest
from .rendering import KEPT_FOR, forget

PERIODS = (Period(_("Documents made from forms and plans"), KEPT_FOR, _("somebody last asked for them"), forget),)


def own_data(user: User) -> dict[str, Any]:
    asked = DocumentRequest.objects.filter(user=user).values("document__title", "document__format", "asked_at")
    return {"documents_asked_for": list(asked)}


def anonymise(user: User, *, by: User) -> None:
    DocumentRequest.objects.filter(user=user).delete()
