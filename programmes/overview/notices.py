"""The events and mails of all apps, and what the tasks do with them."""

from programmes.notices import handling, sending
from programmes.notices import notices as on_accounts
from programmes.partnerships import notices as in_partnerships

EVENTS = (*in_partnerships.EVENTS, *on_accounts.EVENTS)
MAILS = (*in_partnerships.MAILS, *on_accounts.MAILS, handling.told(EVENTS))


def handle() -> int:
    """Whoever is to know of what happened gets a notice, and a mail where it is told at once."""
    return handling.handle_due(EVENTS)


def send() -> int:
    """Mails whose time has come."""
    return sending.send_due(MAILS)
