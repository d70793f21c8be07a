"""What all apps together keep of people: how long, as their own data, and erased when they ask for it.

Each app says its part in a module `privacy`; an app that holds anything of people is named here.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.accounts import privacy as accounts
from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.action_plans import privacy as action_plans
from programmes.assessments import privacy as assessments
from programmes.benchmarks import privacy as benchmarks
from programmes.common.errors import Refusal
from programmes.common.privacy import Period
from programmes.conversations import privacy as conversations
from programmes.links import privacy as links
from programmes.links.services import ERASED_AFTER
from programmes.notices import privacy as notices
from programmes.notices.models import Mail
from programmes.participants import privacy as participants
from programmes.partnerships import privacy as partnerships
from programmes.practices import privacy as practices
from programmes.reports import privacy as reports


def erase_people(before: datetime) -> int:
    """Those without an account who asked for it by a link before then: name, address and seats go."""
    people = links.people_to_erase(before)
    for person in people:
        partnerships.empty_seats([person])
        links.forget_person(person)
        Mail.objects.filter(person=person).delete()
        for forget in FORGET_NAMING:
            forget({person.name, person.email})
        person.name = person.email = ""
        person.save(update_fields=["name", "email", "updated_at"])
        record(by=None, verb="erased", target=person)
    return len(people)


PERIODS = (
    *accounts.PERIODS,
    *notices.PERIODS,
    *links.PERIODS,
    Period(
        _("Names and addresses of people without an account who asked by a link to be erased"),
        ERASED_AFTER,
        _("they asked"),
        erase_people,
    ),
    *partnerships.PERIODS,
    *conversations.PERIODS,
    *reports.PERIODS,
)
OWN_DATA = (
    accounts.own_data,
    notices.own_data,
    links.own_data,
    participants.own_data,
    partnerships.own_data,
    conversations.own_data,
    benchmarks.own_data,
    assessments.own_data,
    practices.own_data,
    action_plans.own_data,
    reports.own_data,
)
# From the top down: an app below must still know the person when the one above looks for its rows.
ANONYMISE = (
    reports.anonymise,
    practices.anonymise,
    partnerships.anonymise,
    participants.anonymise,
    links.anonymise,
    notices.anonymise,
    accounts.anonymise,
)
FORGET_NAMING = (notices.forget_naming, accounts.forget_naming)
"""Texts made for others in which the person may be named."""


class NotAskedFor(Refusal):
    message = _("This person has not asked to be erased, or was erased already.")


class NotByOneself(Refusal):
    message = _("Another administrator has to carry this out, so that one is left.")


class SuccessorFirst(Refusal):
    """Names the teams that would be left without anybody."""

    def __init__(self, teams: list[Any]):
        words = ngettext(
            "Nobody else is in this team: %(teams)s. Somebody has to be invited into it and join first.",
            "Nobody else is in these teams: %(teams)s. Somebody has to be invited into each and join first.",
            len(teams),
        )
        super().__init__(words % {"teams": "; ".join(str(team) for team in teams)})


def expire(now: datetime) -> int:
    """Delete whatever has been kept long enough; answers how many rows went."""
    return sum(period.expire(now) for period in PERIODS)


def own_data(user: User) -> dict[str, Any]:
    """All that is kept of this person, as plain data under headings."""
    return {heading: data for part in OWN_DATA for heading, data in part(user).items()}


@transaction.atomic
def teams_without_successor(user: User) -> list[Any]:
    """Teams that this person would leave without anybody."""
    return partnerships.teams_alone_in(user)


@transaction.atomic
def erase(*, user: User, by: User) -> None:
    """Carry out what the person asked for: name and address go everywhere, places end, nobody signs in any more.

    Raises NotAskedFor, NotByOneself, SuccessorFirst."""
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.erasure_asked_at is None or row.erased_at is not None:
        raise NotAskedFor
    if row.pk == by.pk:
        raise NotByOneself
    alone = teams_without_successor(row)
    if alone:
        raise SuccessorFirst(alone)
    marks = partnerships.marks_of(row)
    for anonymise in ANONYMISE:
        anonymise(row, by=by)
    for forget in FORGET_NAMING:
        forget(marks)
    record(by=by, verb="erased", target=row)
