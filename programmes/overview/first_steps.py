"""What a programme needs before its first partnership has a date: told to whoever sets it up, until it has one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import CITY_ENROLMENTS, TeamRole
from programmes.partnerships.models import (
    Enrolment,
    Invitation,
    Partnership,
    Programme,
    StageDate,
    Team,
    TeamMember,
    Theme,
)


@dataclass(frozen=True)
class Step:
    """Something to do, with its one button."""

    title: Any
    text: Any
    button: Any
    url: str
    done: bool


def newest_coordinated(access: Access) -> Programme | None:
    """The one whose first steps stand on *My work*: whoever coordinates several has begun it last."""
    return Programme.objects.filter(pk__in=places_of(access).coordinated).order_by("-pk").first()


def first_steps(programme: Programme) -> list[Step]:
    """In their order; none once a partnership has an agreed date. One query."""
    there = _there(programme)
    if there["dated"]:
        return []
    people = _address("people", programme)
    return [
        Step(
            _("Themes"),
            _("What cities may work on. None is needed."),
            _("Add themes"),
            _address("themes", programme),
            there["themes"],
        ),
        Step(
            _("Cities"),
            _("One by one, or all of them from a list."),
            _("Enter a list"),
            _address("list_add", programme),
            there["cities"],
        ),
        Step(
            _("Associations"),
            _("They stand behind their cities."),
            _("Enrol an association"),
            _address("enrol", programme, "association"),
            there["associations"],
        ),
        Step(
            _("People"),
            _("You invite the first person of each team."),
            _("Invite people"),
            _address("prepared", programme) if there["prepared"] else people,
            there["invited"],
        ),
        Step(
            _("Partnerships"),
            _("A mentee with its mentors and a facilitator."),
            _("Pair cities"),
            _address("pair_many", programme),
            there["paired"],
        ),
        Step(
            _("Dates"),
            _("A common date, or each partnership its own."),
            _("Agree dates"),
            _address("stages", programme),
            False,
        ),
    ]


def _address(name: str, programme: Programme, *more: str) -> str:
    return reverse(f"partnerships:{name}", args=[programme.pk, *more])


def _there(programme: Programme) -> dict[str, bool]:
    enrolled = Enrolment.objects.filter(programme=OuterRef("pk"), ended_on=None)
    teams = Team.objects.filter(enrolment__programme=OuterRef("pk"), closed_at=None)
    running = Partnership.objects.filter(programme=OuterRef("pk"), ended_on=None)
    others = {"team__enrolment__programme": OuterRef("pk")}
    invited = Invitation.objects.filter(**others).exclude(team__role=TeamRole.COORDINATOR)
    arrived = TeamMember.objects.filter(**others).exclude(team__role=TeamRole.COORDINATOR)
    asked = {
        "themes": Exists(Theme.objects.filter(programme=OuterRef("pk"), retired=False)),
        "cities": Exists(enrolled.filter(role__in=CITY_ENROLMENTS)),
        "associations": Exists(teams.filter(role=TeamRole.ASSOCIATION)),
        "prepared": Exists(teams.filter(prepared__isnull=False)),
        "invited": Exists(invited) | Exists(arrived),
        "paired": Exists(running),
        "dated": Exists(StageDate.objects.filter(partnership__programme=OuterRef("pk"), planned_on__isnull=False)),
    }
    rows = Programme.objects.filter(pk=programme.pk).values(**{f"has_{name}": there for name, there in asked.items()})
    found: dict[str, Any] = dict(rows.get())
    return {name: found[f"has_{name}"] for name in asked}
