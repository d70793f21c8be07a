"""Which benchmark a partnership works with."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.partnerships.models import Partnership

from ..models import BenchmarkUse, BenchmarkVersion


class NotOffered(Refusal):
    message = _("This version is not offered: it is a draft, or it was retired meanwhile. Choose another one.")


@transaction.atomic
def choose(*, partnership: Partnership, version: BenchmarkVersion | None, by: User) -> BenchmarkUse:
    """None: the partnership works without one. What was written on factors is found by their keys in any other
    version. The one it has may stay, retired or not. Raises NotOffered."""
    use, _made = BenchmarkUse.objects.select_for_update(of=("self",)).get_or_create(partnership=partnership)
    wanted = version.pk if version else None
    if use.version_id == wanted:
        return use
    if version is not None:
        row = BenchmarkVersion.objects.select_for_update().get(pk=version.pk)
        if row.is_draft or row.retired_at is not None:
            raise NotOffered
    use.version = version
    use.save(update_fields=["version", "updated_at"])
    record(by=by, verb="chose benchmark", target=partnership)
    return use
