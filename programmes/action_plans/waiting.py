"""What waits on plans: open suggestions on mine, answers to mine, and the question a support group is asked."""

from collections.abc import Iterable

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.markup import first_words
from programmes.common.waiting import Kind, Waiting, WaitingText, as_rows
from programmes.conversations.waiting import LAST, Found, whose_answer_is_awaited, whose_turn_it_is, whose_words
from programmes.partnerships.asking import WaitingQuery
from programmes.partnerships.boundary import current
from programmes.partnerships.enums import Role, TeamRole
from programmes.partnerships.models import Participation, TeamMember

from .boundary import takes_part
from .models import Plan, PlanGrant, PlanVersion


def _conversations(asked: WaitingQuery) -> Iterable[QuerySet]:
    return [_rows(asked, found, "plan.conversation") for found in whose_turn_it_is(asked, "about_plan")]


def _awaited(asked: WaitingQuery) -> Iterable[QuerySet]:
    return [_rows(asked, found, "plan.conversation.open") for found in whose_answer_is_awaited(asked, "about_plan")]


def _rows(asked: WaitingQuery, found: Found, key: str) -> QuerySet:
    rows, path = found
    plan = f"{path}__about_plan__plan"
    return as_rows(
        rows.alias(of_plan=F(plan)).alias(shown_title=_title(asked)),
        key,
        subject=path,
        person="person_id",
        partnership=f"{path}__partnership",
        programme=f"{path}__partnership__programme",
        since="last_at",
        data={**LAST, "plan": plan, "title": "shown_title", "city": f"{plan}__city__name"},
    )


def _title(asked: WaitingQuery) -> Subquery:
    """Of the plan (`of_plan`) as the person (`person_id`) knows it: its own for those who write it, for readers that of
    the newest version they were given; else nothing. As `selectors.with_titles` for one person."""
    person = OuterRef(OuterRef("person_id"))
    facilitates = Participation.objects.filter(
        current(),
        asked.sits_in("team", OuterRef(person)),
        partnership=OuterRef("partnership"),
        role=Role.FACILITATOR,
    )
    writes = asked.sits_in("team", person) | Q(Exists(facilitates), team__facilitator_may_write_at__isnull=False)
    plans = Plan.objects.filter(pk=OuterRef("of_plan"))
    known = Case(
        When(writes & Q(Exists(takes_part())), then=F("title")),
        default=Subquery(_given_title(asked)),
        output_field=TextField(),
    )
    return Subquery(plans.values(shown=known)[:1])


def _given_title(asked: WaitingQuery) -> QuerySet:
    """Inside a query of plans inside one of people's rows."""
    person = OuterRef(OuterRef(OuterRef("person_id")))
    granted = asked.sits_in("team", OuterRef(person)) | asked.sits_in_group("support_group", OuterRef(person))
    live = PlanGrant.objects.filter(granted, version=OuterRef("pk"), recalled_at=None)
    of_own_team = TeamMember.objects.filter(current(), person=person, team=OuterRef("plan__team"), team__closed_at=None)
    versions = PlanVersion.objects.filter(Exists(live) | Exists(of_own_team), plan=OuterRef("pk"))
    return versions.order_by("-number").values(given=KT("data__plan__title"))[:1]


def _say_conversation(row: Waiting) -> WaitingText:
    return _say(row, _("%(who)s wrote on the action plan “%(title)s”."), _("Answer"))


def _say_awaited(row: Waiting) -> WaitingText:
    return _say(row, _("You wrote on the action plan “%(title)s”; no answer yet."))


def _say(row: Waiting, text: str, verb: str = "") -> WaitingText:
    """Leads to the plan; to the conversation itself where the plan was recalled, or never shared."""
    title, city = row.data["title"], row.data["city"]
    page = reverse("action_plans:plan", args=[row.data["plan"]]) + f"#conversation-{row.subject_id}"
    url = reverse("conversations:conversation", args=[row.subject_id]) if title is None else page
    words = {"title": city if title is None else title, "who": whose_words(row)}
    return WaitingText(text % words, url, city, first_words(row.data["words"]), verb)


WAITING = (Kind("plan.conversation", _conversations, _say_conversation),)
AWAITED = (Kind("plan.conversation.open", _awaited, _say_awaited, roles=set(TeamRole)),)
