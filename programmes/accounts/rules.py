"""Who may what with accounts.

Where mails stay in the outbox because no mail server is set up, only administrators read it; in the demo,
coordinators may too. Links that let somebody in are not in it (see `outbox`). Who is a coordinator is known further
up: `partnerships.rules` widens the permission with
``rules.set_perm("accounts.view_outbox", reads_outbox | (outbox_of_demo & is_coordinator))``.
"""

import rules
from django.conf import settings

from programmes.common.access import Access

OUTBOX_BACKEND = "programmes.accounts.outbox.OutboxBackend"


@rules.predicate
def outbox_in_use(access: Access) -> bool:
    return settings.EMAIL_BACKEND == OUTBOX_BACKEND


@rules.predicate
def outbox_of_demo(access: Access) -> bool:
    return settings.EMAIL_BACKEND == OUTBOX_BACKEND and bool(getattr(settings, "DEMO", False))


@rules.predicate
def is_administrator(access: Access) -> bool:
    return access.is_administrator


reads_outbox = outbox_in_use & is_administrator

rules.add_perm("accounts.view_outbox", reads_outbox)
# No permission but a duty; widened from above in the same way.
rules.add_rule("accounts.needs_second_factor", is_administrator)
