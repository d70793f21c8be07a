"""A group whose seats are taken by link, and what its members hold in their hands."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from programmes.conversations.groups.services import ask, links_of
from programmes.conversations.models import Asking
from programmes.links.models import PersonalLink
from programmes.links.tokens import path_of
from programmes.partnerships.models import SupportGroup, SupportGroupMember
from programmes.partnerships.services.seat_links import invite_by_link
from tests.cast import SITE, World
from tests.pages import seen_on


@dataclass
class Holder:
    """Somebody without an account, at a browser of their own."""

    link: PersonalLink
    client: Client

    @property
    def work(self) -> str:
        return f"/l/{self.link.pk}/"

    def open(self) -> Any:
        """As people do: look, press the button, arrive."""
        self.client.get(path_of(self.link))
        return self.client.post(path_of(self.link), follow=True)

    def send(self, **typed: str) -> Any:
        """What the page holds, with what was typed."""
        return self.client.post(self.work, seen_on(self.client, self.work) | typed)


def free_seat(group: SupportGroup, name: str = "Anna Liepa", **more: Any) -> SupportGroupMember:
    return group.members.create(**{"name": name, "organisation_name": "Newcomers’ council", "sector": "ngo"} | more)


def invited(world: World, email: str = "anna@example.org", name: str = "Anna Liepa", **more: Any) -> Holder:
    seat = free_seat(world.group, name, **more)
    (link,) = invite_by_link(
        group=world.group, seats={seat.pk: email}, language="en", days=30, by=world.cast.mentee, site=SITE
    )
    return Holder(link, Client())


def member(world: World, email: str = "anna@example.org", name: str = "Anna Liepa", **more: Any) -> Holder:
    """Who has taken the seat."""
    holder = invited(world, email, name, **more)
    holder.open()
    holder.send(had_dialogue="on")
    return holder


def asked(world: World, *questions: str, **more: Any) -> Asking:
    return ask(
        group=world.group,
        questions=questions or ("What do people miss most?",),
        days=14,
        by=world.cast.mentee,
        site=SITE,
        **more,
    )


def holder_of(asking: Asking, person: Any) -> Holder:
    return Holder(links_of(asking).get(person=person), Client())
