"""Organisations, people with their accounts, and the local support groups."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from programmes.accounts.demo import PASSWORD
from programmes.accounts.models import User
from programmes.accounts.services import create_account, person_for, record
from programmes.common import clock
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import (
    Affiliation,
    Figure,
    Organisation,
    OrganisationName,
    Person,
)
from programmes.participants.services import add_function
from programmes.partnerships.models import SupportGroup, SupportGroupMember
from programmes.partnerships.services.support_groups import seat_person

from .cast import Cast
from .story import Story
from .texts import Entry

COLUMNS = ("name", "acronym", "country", "region", "languages", "website", "time_zone", "is_regional")
BEFORE_ALL = -560
LAST_LOOK = -2
"""The day on which the demo's people last looked at *My work*: what was shared since is new to them."""


def tell(story: Story, cast: Cast) -> None:
    story.on(BEFORE_ALL, _organisations, cast)
    story.on(BEFORE_ALL, _people, cast)
    for key, file in cast.texts.cities.items():
        if group := file.get("support_group"):
            story.on(group["day"], _support_group, cast, key, group, by=file["response"]["written_by"])
    story.on(LAST_LOOK, _last_look)


def _organisations(cast: Cast) -> None:
    texts = cast.texts.organisations
    _make(cast, OrganisationKind.NETWORK, [texts["network"]])
    _make(cast, OrganisationKind.FACILITATOR, [texts["facilitator"]])
    _make(cast, OrganisationKind.ASSOCIATION, texts["associations"])
    _make(cast, OrganisationKind.CITY, texts["cities"])
    for entry in texts["cities"]:
        city = cast.organisations[entry["key"]]
        Affiliation.objects.create(city=city, association=cast.organisations[entry["association"]])
        for figure in entry["figures"]:
            Figure.objects.create(city=city, source=texts["figure_source"], approximate=True, **figure)


def _make(cast: Cast, kind: str, entries: Iterable[Entry]) -> None:
    for entry in entries:
        columns = {name: entry[name] for name in COLUMNS if name in entry}
        row = Organisation.objects.create(kind=kind, is_demo=True, **columns)
        for name in entry.get("names", ()):
            OrganisationName.objects.create(organisation=row, **name)
        record(by=None, verb="created", target=row)
        cast.organisations[entry["key"]] = row


def _people(cast: Cast) -> None:
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    for entry in cast.texts.people:
        user = _account(cast, entry, password)
        person = person_for(email=user.email, name=user.name, is_demo=True)
        person.user = user
        person.save(update_fields=["user", "updated_at"])
        cast.users[entry["key"]] = user
        if "organisation" in entry:
            _function(cast, entry, person)


def _account(cast: Cast, entry: Entry, password: str) -> User:
    organisation = cast.organisations.get(entry.get("organisation", ""))
    is_administrator = entry.get("superuser", False)
    user = create_account(
        email=entry["email"],
        name=entry["name"],
        language=entry["language"],
        time_zone=organisation.time_zone if organisation else "",
        by=None,
        is_demo=True,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    if entry["account"] == "demo":
        user.password = password
        user.save(update_fields=["password"])
    return user


def _function(cast: Cast, entry: Entry, person: Person) -> None:
    add_function(
        organisation=cast.organisations[entry["organisation"]],
        name=person.name,
        email=person.email,
        function=entry["function"],
        started_on=clock.today(),
        by=None,
    )


def _support_group(cast: Cast, city: str, entry: Entry, by: str) -> None:
    organisation = cast.organisations[city]
    body = _body(organisation, entry["body"]) if entry["body"] else None
    more = {name: entry[name] for name in ("half_page", "costs", "known_to_partners") if name in entry}
    group = SupportGroup.objects.create(city=organisation, team=cast.teams[city], name=entry["name"], body=body, **more)
    for seat in entry["members"]:
        _seat(cast, group, seat)
    record(by=cast.users[by], verb="created", target=group)
    cast.groups[city] = group


def _body(city: Organisation, name: str) -> Organisation:
    """An existing round table or council that serves as the group."""
    return Organisation.objects.create(
        kind=OrganisationKind.STAKEHOLDER, name=name, country=city.country, region=city.region, is_demo=True
    )


def _seat(cast: Cast, group: SupportGroup, entry: Entry) -> None:
    member = SupportGroupMember.objects.create(
        group=group,
        name=entry["name"],
        organisation_name=entry["organisation"],
        sector=entry["sector"],
        represents_migrants=entry.get("migrants", False),
        had_dialogue=entry.get("dialogue", False),
        started_on=clock.today(),
    )
    if "person" in entry:
        seat_person(member=member, person=cast.users[entry["person"]].person)


def _last_look() -> None:
    User.objects.filter(is_demo=True).update(seen_work_at=clock.now() + datetime.timedelta(hours=8))
