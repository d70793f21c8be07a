"""What this app tells people: its events and its mails."""

from programmes.notices.kinds import Event, MailKind, one_by_one

from . import events, mails

EVENTS: tuple[Event, ...] = events.EVENTS
MAILS = (
    MailKind("invitation", one_by_one(mails.invitation), sent=mails.invitation_sent),
    MailKind("office_confirm", one_by_one(mails.office_confirm)),
    MailKind("office_open", one_by_one(mails.office_open)),
    MailKind("letter", mails.letters_to_many),
    MailKind("reopening", one_by_one(mails.reopening)),
)
