"""Conversations go a year after the partnership ended, unless both teams keep them: here each says so."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.access import Access
from programmes.common.errors import Refusal

from ..boundary import places_of
from ..models import Participation, Partnership


class NotYourConversations(Refusal):
    message = _("Only the teams of the cities decide how long their conversations are kept.")


@transaction.atomic
def keep_conversations(*, partnership: Partnership, keep: bool, access: Access) -> None:
    """One side's choice, taken back as freely as it is made. Raises NotYourConversations."""
    by, own = access.user, Participation.objects.filter(pk__in=[row.pk for row in own_cities(access, partnership)])
    if not own.exists():
        raise NotYourConversations
    own.update(keeps_conversations_at=clock.now() if keep else None, keeps_conversations_by=by if keep else None)
    record(by=by, verb="keeps conversations" if keep else "lets conversations go", target=partnership)


def own_cities(access: Access, partnership: Partnership) -> list[Participation]:
    """The cities of the partnership in whose team the person is now."""
    teams = places_of(access).teams
    return [row for row in partnership.current_cities() if row.team_id in teams]
