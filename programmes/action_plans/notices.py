"""What this app tells people: a version of a plan was shared with them, or frozen by a colleague."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.notices.kinds import Event, MailKind, Recipients, Said
from programmes.notices.models import Happening
from programmes.partnerships.selectors.recipients import people_in_teams
from programmes.sharing.recipients import given

from .models import PlanGrant, PlanVersion


def _facts(rows: Sequence[Happening]) -> dict[int, Any]:
    found = PlanVersion.objects.filter(pk__in={row.subject_id for row in rows}).defer("data")
    versions = {row.pk: row for row in found.select_related("plan__city")}
    return {row.pk: versions[row.subject_id] for row in rows if row.subject_id in versions}


def _own_team(rows: Sequence[Happening]) -> Recipients:
    teams = dict(PlanVersion.objects.filter(pk__in={row.subject_id for row in rows}).values_list("pk", "plan__team"))
    people = people_in_teams(set(teams.values()))
    return {row.pk: people.get(teams.get(row.subject_id, 0), set()) for row in rows}


def _say_shared(version: PlanVersion) -> Said:
    words = {"who": version.plan.city.name, "number": version.number}
    text = _("%(who)s shared version %(number)s of its action plan with you.") % words
    return Said(text, address("action_plans:version", version.pk), verb=_("Read"))


def _say_frozen(version: PlanVersion) -> Said:
    text = _("Your action plan has a version %(number)s.") % {"number": version.number}
    return Said(text, address("action_plans:version", version.pk), version.plan.city.name, _("Read"))


EVENTS = (
    Event("action_plans.shared", given(PlanGrant), _facts, _say_shared),
    Event("action_plans.frozen", _own_team, _facts, _say_frozen),
)
MAILS: tuple[MailKind, ...] = ()
