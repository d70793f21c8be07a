"""The events and mails of all apps, and what the tasks do with them."""

from programmes.action_plans import notices as on_plans
from programmes.assessments import notices as in_forms
from programmes.benchmarks import notices as in_benchmarks
from programmes.conversations import notices as in_conversations
from programmes.links import notices as by_links
from programmes.notices import handling, sending, telling
from programmes.notices import notices as on_accounts
from programmes.partnerships import notices as in_partnerships
from programmes.partnerships.selectors.recipients import quiet_pairs
from programmes.practices import notices as in_the_library

from . import digests, said

EVENTS = (
    *in_partnerships.EVENTS,
    *in_conversations.EVENTS,
    *said.EVENTS,
    *in_forms.EVENTS,
    *in_benchmarks.EVENTS,
    *in_the_library.EVENTS,
    *on_plans.EVENTS,
    *on_accounts.EVENTS,
)
HEARD = handling.Events(EVENTS, quiet_pairs)
MAILS = (
    *in_partnerships.MAILS,
    *by_links.MAILS,
    *in_conversations.MAILS,
    *in_forms.MAILS,
    *in_the_library.MAILS,
    *on_plans.MAILS,
    *on_accounts.MAILS,
    *telling.told(HEARD),
    digests.kind(HEARD),
)


def handle() -> int:
    """Whoever is to know of what happened gets a notice, and a mail where it is told at once."""
    return handling.handle_due(HEARD)


def send() -> int:
    """Mails whose time has come."""
    return sending.send_due(MAILS)
