"""What a personal link may be for here: taking a seat in a local support group."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.seen import SeenForm
from programmes.links.models import PersonalLink
from programmes.links.registry import LinkPage, LinkWords, Purpose

from . import hints
from .boundary import awake, places_of
from .models import SupportGroup, SupportGroupMember
from .selectors.dates import dates_of_group
from .services import seat_links as services


class SeatGone(Refusal):
    message = gettext_lazy("This seat is no longer open. If you think this is a mistake, ask whoever sent the link.")


class GroupRests(Refusal):
    message = gettext_lazy("The group is paused at the moment: its links are closed until it goes on.")


class SeatForm(SeenForm):
    had_dialogue = forms.BooleanField(
        label=gettext_lazy("I, or my organisation, have talked or worked with the city before."), required=False
    )


def asker_of(group: SupportGroup) -> str:
    return _("The team of %(city)s") % {"city": group.city.name}


def offers_seat(group: SupportGroup) -> str:
    return _("%(city)s offers you a seat in its local support group") % {"city": group.city.name}


def asks_group(group: SupportGroup) -> str:
    return _("%(city)s asks its local support group") % {"city": group.city.name}


def about_group(group: SupportGroup) -> dict[str, Any]:
    """What every page of a member shows of the group: its dates, half a page to pass on, what it costs."""
    return {"group": group, "dates": dates_of_group(group), "half_pages": group.half_pages}


def refuse_asleep(group: SupportGroup) -> None:
    """Raises GroupRests."""
    if not SupportGroup.objects.filter(awake(), pk=group.pk).exists():
        raise GroupRests


class TakeSeat(Purpose):
    key = services.SEAT

    def find(self, link: PersonalLink) -> SupportGroupMember:
        rows = SupportGroupMember.objects.select_related("group__city", "group__team")
        row = rows.filter(pk=link.subject_id).first()
        if row is None:
            raise SeatGone
        return row

    def words(self, link: PersonalLink) -> LinkWords:
        seat: SupportGroupMember = self.subject(link)
        return LinkWords(
            title=_("A seat in the local support group of %(city)s") % {"city": seat.group.city.name},
            seat=seat.without_name,
            asker=asker_of(seat.group),
            readers=_("Only the team of %(city)s and its facilitator see who is in the group.")
            % {"city": seat.group.city.name},
            subject=offers_seat(seat.group),
            said=_(
                "The group follows the work of %(city)s from the needs to the plan, and says what it knows of daily "
                "life. The page says more; there you take the seat or decline."
            )
            % {"city": seat.group.city.name},
            verb=_("Take the seat or decline"),
        )

    def holds(self, access: Access, link: PersonalLink) -> None:
        seat = self.subject(link)
        if seat.ended_on is not None or seat.person_id not in (None, link.person_id):
            raise SeatGone
        refuse_asleep(seat.group)

    def page(self, access: Access, link: PersonalLink) -> LinkPage:
        seat = self.subject(link)
        context = {"seat": seat, "about": hints.about(), **about_group(seat.group)}
        taken = seat.person_id == link.person_id
        button, decline = (_("Save"), _("Leave the seat")) if taken else (_("Take the seat"), _("Decline"))
        return LinkPage("partnerships/link_seat.html", context, button, decline)

    def form(self, access: Access, link: PersonalLink, data: Any = None) -> forms.Form:
        return SeatForm(data, initial={"had_dialogue": self.subject(link).had_dialogue})

    def save(self, access: Access, link: PersonalLink, form: Any, *, by_link: bool) -> str:
        had_dialogue = form.cleaned_data["had_dialogue"]
        services.take_seat(seat=self.subject(link), person=link.person, had_dialogue=had_dialogue)
        return _("Thank you: the seat is yours. The city writes to you when it has a question.")

    def decline(self, access: Access, link: PersonalLink) -> None:
        services.leave_seat(seat=self.subject(link), person=link.person)

    def team_of(self, link: PersonalLink) -> int:
        seat: SupportGroupMember = self.subject(link)
        return seat.group.team_id

    def managed(self, access: Access) -> QuerySet[SupportGroupMember]:
        return SupportGroupMember.objects.filter(group__team__in=places_of(access).teams)

    def back_url(self, link: PersonalLink) -> str:
        return self.subject(link).group.get_absolute_url()


PURPOSES = (TakeSeat(),)
