"""What this app tells people."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from programmes.common.errors import Refusal
from programmes.links.mails import letter_with, link_of_mail
from programmes.links.registry import purpose_of
from programmes.notices.kinds import Event, MailKind, Recipients, Said, one_by_one
from programmes.notices.letters import Letter
from programmes.notices.models import Happening, Mail
from programmes.partnerships.selectors.recipients import people_in_teams

from .groups.services import TAKEN_UP
from .models import Asking


def taken_up(mail: Mail) -> Letter | None:
    """To a member of a support group, by the link by which they were asked."""
    row = link_of_mail(mail)
    if row is None:
        return None
    try:
        words = purpose_of(row).words(row)
    except Refusal:
        return None
    said = _("%(asker)s took up what the group had said. Where it went stands on your page.") % {"asker": words.asker}
    subject = _("What became of what the group said")
    verb = _("See what became of it")
    return letter_with(row, mail, words, said, subject=subject, verb=verb, until=row.expires_at)


def _who_asked(rows: Sequence[Happening]) -> Recipients:
    askings = _askings(rows)
    people = people_in_teams({asking.team_id for asking in askings.values()})
    return {pk: people.get(asking.team_id, set()) for pk, asking in askings.items()}


def _askings(rows: Sequence[Happening]) -> dict[int, Asking]:
    found = Asking.objects.filter(pk__in={row.subject_id for row in rows}).select_related("group__city")
    askings = {row.pk: row for row in found}
    return {row.pk: askings[row.subject_id] for row in rows if row.subject_id in askings}


def _say_answered(asking: Asking) -> Said:
    text = _("The local support group answered your questions.")
    return Said(text, asking.get_absolute_url(), asking.group.city.name, _("Read"))


EVENTS = (Event("group.answered", _who_asked, _askings, _say_answered),)
MAILS = (MailKind(TAKEN_UP, one_by_one(taken_up)),)
