"""What this app tells people."""

from programmes.notices.kinds import MailKind, one_by_one

from . import mails
from .services import MAIL

MAILS = (MailKind(MAIL, one_by_one(mails.link)),)
