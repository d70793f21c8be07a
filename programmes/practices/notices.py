"""What this app tells people: a practice is offered to their partnership or programme (what is offered to more people
waits in the library), a city shares or says beside a practice whether it could work there."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.notices.kinds import Event, MailKind, Recipients, Said
from programmes.notices.models import Happening
from programmes.partnerships.boundary import seats
from programmes.partnerships.selectors.recipients import gathered, people_in_partnerships, people_in_teams
from programmes.sharing.recipients import given

from .models import Judgement, JudgementGrant, JudgementVersion, Offer


def _open(rows: Sequence[Happening]) -> dict[int, Offer]:
    """By the id of the happening; offers that were withdrawn are left out."""
    found = Offer.objects.filter(pk__in={row.subject_id for row in rows}, withdrawn_at=None)
    offers = {offer.pk: offer for offer in found.select_related("version__practice__team").defer("version__data")}
    return {row.pk: offers[row.subject_id] for row in rows if row.subject_id in offers}


def _readers(rows: Sequence[Happening]) -> Recipients:
    """Everybody to whom it was offered, but the team that describes it."""
    offers = _open(rows)
    partnerships = {offer.partnership_id for offer in offers.values() if offer.partnership_id}
    programmes = {offer.programme_id for offer in offers.values() if offer.programme_id}
    near, far = people_in_partnerships(partnerships), _people_in_programmes(programmes)
    own = people_in_teams({offer.version.practice.team_id for offer in offers.values()})
    return {
        key: (near.get(offer.partnership_id or 0, set()) | far.get(offer.programme_id or 0, set()))
        - own.get(offer.version.practice.team_id, set())
        for key, offer in offers.items()
    }


def _people_in_programmes(programmes: set[Any]) -> dict[int, set[int]]:
    programme = "team__enrolment__programme"
    rows = seats().filter(**{f"{programme}__in": programmes}).order_by()
    return gathered(rows.values_list(programme, "person").distinct())


def _say_offered(offer: Offer) -> Said:
    practice = offer.version.practice
    text = _("A good practice is offered to you: “%(title)s”.") % {"title": practice.title}
    return Said(text, address("practices:entry", practice.pk), practice.where, _("Read"))


def _judged(rows: Sequence[Happening]) -> dict[int, Judgement]:
    """By the id of the happening; those taken back are left out."""
    found = Judgement.objects.filter(pk__in={row.subject_id for row in rows}, beside__isnull=False)
    judgements = {row.pk: row for row in found.select_related("practice", "team__enrolment__organisation")}
    return {row.pk: judgements[row.subject_id] for row in rows if row.subject_id in judgements}


def _who_described(rows: Sequence[Happening]) -> Recipients:
    judgements = _judged(rows)
    people = people_in_teams({row.practice.team_id for row in judgements.values()})
    return {key: people.get(row.practice.team_id, set()) for key, row in judgements.items()}


def _say_judged(judgement: Judgement) -> Said:
    words = {"city": judgement.team.enrolment.organisation.name, "title": judgement.title}
    text = _("%(city)s says beside your practice “%(title)s” whether it could work there.") % words
    return Said(text, address("practices:entry", judgement.practice_id), words["city"], _("Read"))


def _shared(rows: Sequence[Happening]) -> dict[int, Any]:
    found = JudgementVersion.objects.filter(pk__in={row.subject_id for row in rows})
    versions = {row.pk: row for row in found}
    return {row.pk: versions[row.subject_id] for row in rows if row.subject_id in versions}


def _say_shared(version: JudgementVersion) -> Said:
    words = {"city": version.content["city"], "title": version.content["title"]}
    text = _("%(city)s shared with you whether “%(title)s” could work there.") % words
    return Said(text, address("practices:judgement_version", version.pk), words["city"], _("Read"))


EVENTS = (
    Event("practices.offered", _readers, _open, _say_offered),
    Event("practices.judged", _who_described, _judged, _say_judged),
    Event("practices.shared", given(JudgementGrant), _shared, _say_shared),
)
MAILS: tuple[MailKind, ...] = ()
