"""What this app tells people: what a city or an association shared with them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.notices.kinds import Event, MailKind, Said
from programmes.notices.models import Happening
from programmes.sharing.recipients import given

from .models import SharedVersion, ShareGrant


def _facts(rows: Sequence[Happening]) -> dict[int, Any]:
    found = SharedVersion.objects.filter(pk__in={row.subject_id for row in rows}).defer("data")
    named = found.select_related("response__questionnaire", "shared_by__enrolment__organisation")
    versions = {row.pk: row for row in named}
    return {row.pk: versions[row.subject_id] for row in rows if row.subject_id in versions}


def _say(version: SharedVersion) -> Said:
    words = {"who": version.shared_by.enrolment.organisation.name, "form": version.response.questionnaire}
    text = _("%(who)s shared “%(form)s” with you.") % words
    return Said(text, address("assessments:version", version.pk), verb=_("Read"))


EVENTS = (Event("assessments.shared", given(ShareGrant), _facts, _say),)
MAILS: tuple[MailKind, ...] = ()
