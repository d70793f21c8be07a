"""What a personal link may be for here: answering what a city asks its local support group."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.links.models import PersonalLink
from programmes.links.registry import LinkPage, LinkWords, Purpose
from programmes.partnerships.boundary import places_of
from programmes.partnerships.links import SeatGone, about_group, asker_of, asks_group, refuse_asleep
from programmes.partnerships.models import SupportGroupMember

from .enums import AskingKind
from .groups import services
from .groups.boundary import seat_for
from .groups.forms import AnswersForm
from .models import ANSWER, Asking, GroupAnswer


class QuestionsGone(Refusal):
    message = gettext_lazy("These questions are no longer there.")


class AnswerGroup(Purpose):
    """Each member answers alone. Kinds of askings for which something has to be read first inherit it, and say in
    `material` what."""

    key = ANSWER
    template = "conversations/link_answer.html"

    def find(self, link: PersonalLink) -> Asking:
        row = Asking.objects.select_related("group__city", "group__body", "team").filter(pk=link.subject_id).first()
        if row is None:
            raise QuestionsGone
        return row

    def words(self, link: PersonalLink) -> LinkWords:
        asking: Asking = self.subject(link)
        city = {"city": asking.group.city.name}
        seat = self._held(link)
        return LinkWords(
            title=self.title(asking) % city,
            seat=seat.without_name if seat else str(asking.group),
            asker=asker_of(asking.group),
            readers=_("Read by the team of %(city)s and by nobody else, not by the other members either.") % city,
            subject=asks_group(asking.group),
            said=_("The team of %(city)s has questions for you. You answer alone, on a page of your own.") % city,
            verb=_("Answer"),
            writes_until=asking.until if asking.is_open else None,
        )

    def title(self, asking: Asking) -> str:
        if asking.kind == AskingKind.VISIT:
            return _("What should visitors of %(city)s see?")
        if asking.kind == AskingKind.END_USERS:
            return _("What do those say for whom %(city)s does this?")
        return _("%(city)s asks you")

    def holds(self, access: Access, link: PersonalLink) -> None:
        self._seat(link)

    def refuse_over(self, link: PersonalLink) -> None:
        asking: Asking = self.subject(link)
        if not asking.is_open:
            raise services.AskingOver

    def _held(self, link: PersonalLink) -> SupportGroupMember | None:
        """The seat of the person of the link, also where a page asks before it has been opened; read once."""
        if "_seat" not in link.__dict__:
            link.__dict__["_seat"] = seat_for(link.person, self.subject(link))
        found: SupportGroupMember | None = link.__dict__["_seat"]
        return found

    def _seat(self, link: PersonalLink) -> SupportGroupMember:
        seat = self._held(link)
        if seat is None:
            refuse_asleep(self.subject(link).group)
            raise SeatGone
        return seat

    def page(self, access: Access, link: PersonalLink) -> LinkPage:
        asking: Asking = self.subject(link)
        used = GroupAnswer.objects.filter(question__asking=asking, taken_up_at__isnull=False).exclude(taken_up_in="")
        said = GroupAnswer.objects.filter(question__asking=asking, author=link.person_id)
        own = list(said.select_related("question").order_by("question__order"))
        context = {
            "asking": asking,
            "went_into": list(used.values_list("taken_up_in", flat=True).distinct().order_by("taken_up_in")),
            "own": own,
            **about_group(asking.group),
            **self.material(access, asking),
        }
        if not asking.is_open:
            return LinkPage(self.template, context)
        return LinkPage(self.template, context, _("Save my answer"), self._no(own))

    def _no(self, own: list[GroupAnswer]) -> str:
        """Words of the button that says no; none once the city took something up."""
        if any(answer.taken_up_at for answer in own):
            return ""
        return _("Take my answer back") if own else _("I do not want to answer")

    def material(self, access: Access, asking: Asking) -> dict[str, Any]:
        """What has to be read before answering."""
        return {}

    def form(self, access: Access, link: PersonalLink, data: Any = None) -> forms.Form:
        asking: Asking = self.subject(link)
        said = GroupAnswer.objects.filter(question__asking=asking, author=link.person_id)
        return AnswersForm(data, questions=asking.questions.all(), said=said)

    def save(self, access: Access, link: PersonalLink, form: Any, *, by_link: bool) -> str:
        services.answer(
            asking=self.subject(link),
            seat=self._seat(link),
            person=link.person,
            texts=form.texts,
            as_group=form.cleaned_data["as_group"],
            by_link=by_link,
        )
        return _("Thank you, your answer is saved.")

    def decline(self, access: Access, link: PersonalLink) -> None:
        services.take_back(asking=self.subject(link), person=link.person)

    def renewed(self, link: PersonalLink) -> None:
        services.prolong(asking=self.subject(link), until=link.expires_at)

    def team_of(self, link: PersonalLink) -> int:
        asking: Asking = self.subject(link)
        return asking.team_id

    def managed(self, access: Access) -> QuerySet[Asking]:
        return Asking.objects.filter(team__in=places_of(access).teams, purpose=self.key, closed_at=None)

    def back_url(self, link: PersonalLink) -> str:
        asking: Asking = self.subject(link)
        return asking.get_absolute_url()


PURPOSES = (AnswerGroup(),)
