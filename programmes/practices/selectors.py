"""Practices as lists: a team's own, and the library."""

from typing import Any

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.participants.enums import Indicator
from programmes.participants.models import Figure
from programmes.participants.names import normalise
from programmes.partnerships.boundary import current, places_of
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Participation, Partnership, Team, TeamMember, Theme

from . import searching
from .boundary import judgement_grants_to, judgements_kept_by, offers_to, practices_kept_by
from .enums import CitySize
from .models import (
    Booklet,
    Judgement,
    JudgementGrant,
    JudgementText,
    JudgementVersion,
    Offer,
    Practice,
    PracticeVersion,
)

LONGEST_SEARCH = 200
MOST_WORDS = 8
MOST_HITS = 1000
"""Versions with the words that are named one by one."""
MOST_ALIKE, MOST_COMPARED = 20, 500
MOST_INDEXED = 200_000
"""Characters of a practice by which it is found: PostgreSQL indexes no more than a megabyte of one text."""


def practices_to_show(access: Access) -> QuerySet[Practice]:
    """Those one reads, as they stand or as they were offered, with what their pages read; the rules say which of it."""
    kept, offered = practices_kept_by(access).values("pk"), offers_to(access).values("version__practice")
    return (
        Practice.objects.filter(Q(pk__in=kept) | Q(pk__in=offered))
        .select_related("city", "team__enrolment__organisation", "team__enrolment__programme")
        .prefetch_related("themes", "texts", "pictures")
    )


def own_practices(access: Access) -> QuerySet[Practice]:
    open_offers = Offer.objects.filter(version__practice=OuterRef("pk"), withdrawn_at=None)
    rows = Practice.objects.filter(team__in=places_of(access).own).annotate(is_offered=Exists(open_offers))
    return rows.select_related("city", "team__enrolment__organisation")


def teams_that_describe(access: Access) -> QuerySet[Team]:
    """The person's teams, those of cities first."""
    rows = Team.objects.filter(pk__in=places_of(access).teams)
    cities_first = Case(When(role=TeamRole.CITY, then=Value(0)), default=Value(1))
    return rows.select_related("enrolment__organisation", "enrolment__programme").order_by(cities_first, "pk")


def library(access: Access) -> QuerySet[PracticeVersion]:
    """The newest version of each practice that is offered to this person, newest first."""
    return newest_of(offers_to(access)).order_by("-created_at", "-pk")


def newest_of(offered: QuerySet[Offer]) -> QuerySet[PracticeVersion]:
    """Of each practice the newest version among those offered."""
    newer = offered.filter(version__practice=OuterRef("practice"), version__number__gt=OuterRef("number"))
    return PracticeVersion.objects.filter(Exists(offered.filter(version=OuterRef("pk"))), ~Exists(newer))


def version_to_show(access: Access, practice: int) -> PracticeVersion | None:
    """The version of a practice that this person reads in the library."""
    rows = library(access).filter(practice__in=Practice.objects.filter(pk=practice))
    rows = rows.select_related("practice__team__enrolment__programme").prefetch_related("practice__pictures")
    return rows.first()


def themes_of(versions: QuerySet[PracticeVersion]) -> QuerySet[Theme]:
    """Those that one of the versions is about. A first one is looked for, theme by theme: asked whether there is any,
    PostgreSQL reads all versions where some themes have none."""
    about = PracticeVersion.themes.through.objects.filter(
        theme=OuterRef("pk"), practiceversion__in=versions.order_by().values("pk")
    )
    first = Subquery(about.values("pk")[:1])
    return Theme.objects.annotate(first=first).filter(first__isnull=False).order_by("pk")


def shows_picture(access: Access, practice: int, picture: int) -> bool:
    """Whether this person reads the picture with the practice: as its writer, or in the version offered to it."""
    if practices_kept_by(access).filter(pk=practice).exists():
        return True
    version = library(access).filter(practice=practice).first()
    return version is not None and any(row["id"] == picture for row in version.content["pictures"])


def alike(access: Access, title: str, where: str) -> list[Practice]:
    """Practices of this name and place that the person reads already: its own teams', and those of the library."""
    offered = found_by(library(access), title).values("practice")[:MOST_ALIKE]
    known = Q(pk__in=list(offered.values_list("practice", flat=True))) | Q(team__in=places_of(access).own)
    wanted = normalise(title), normalise(where)
    rows = Practice.objects.filter(known).select_related("city", "team__enrolment__organisation")[:MOST_COMPARED]
    return [row for row in rows if (normalise(row.title), normalise(row.where)) == wanted]


def size_of(practice: Practice) -> str:
    """Of a city in the directory by its newest figure, else as its writers say."""
    if practice.city is None:
        return practice.size
    figures = Figure.objects.filter(city=practice.city_id, indicator=Indicator.INHABITANTS, published=True)
    return CitySize.of(figures.order_by("-year").values_list("value", flat=True).first())


def found_by(rows: QuerySet[PracticeVersion], words: str) -> QuerySet[PracticeVersion]:
    """Those in which each of the words begins a word, in any language, without regard to accents."""
    wanted = normalise(words[:LONGEST_SEARCH]).split()[:MOST_WORDS]
    if not wanted:
        return rows
    sql, params = searching.having(wanted)
    with connection.cursor() as cursor:  # asked first: the database would rather walk through all, newest first
        cursor.execute(f"{sql} LIMIT {MOST_HITS + 1}", params)
        hits = [pk for (pk,) in cursor.fetchall()]
    if len(hits) <= MOST_HITS:
        return rows.filter(pk__in=hits)
    return rows.filter(searching.standing_in(sql, params))


def words_of(content: Any, names: tuple[str, ...] = ()) -> str:
    """What a frozen practice is found by, normalised; `names` are further names of its place."""
    told = [content["title"], content["where"], content["summary"], content["sources"], *names]
    told += [picture["caption"] for picture in content["pictures"]]
    told += [title for theme in content["themes"] for title in theme.values()]
    told += [point["text"] for point in content["points"]]
    return normalise(" ".join(told))[:MOST_INDEXED]


def open_offers(practice: Practice) -> QuerySet[Offer]:
    rows = Offer.objects.filter(version__practice=practice, withdrawn_at=None)
    parts = Participation.objects.select_related("organisation")
    rows = rows.select_related("version", "programme", "partnership__programme")
    return rows.prefetch_related(Prefetch("partnership__participations", parts))


def partnerships_to_offer_to(practice: Practice) -> QuerySet[Partnership]:
    """Those in which its team takes part now."""
    taking_part = Participation.objects.filter(current(), partnership=OuterRef("pk"), team=practice.team_id)
    rows = Partnership.objects.filter(Exists(taking_part), ended_on=None)
    return rows.prefetch_related(Prefetch("participations", Participation.objects.select_related("organisation")))


def writers_of(practice: Practice) -> list[User]:
    """Users who may write here, for saying who else does."""
    return _members(practice.team_id)


def _members(team: int) -> list[User]:
    rows = TeamMember.objects.filter(current(), team=team, person__user__isnull=False)
    return [row.person.user for row in rows.select_related("person__user") if row.person.user]


def teams_that_judge(access: Access) -> list[Team]:
    """The person's city teams."""
    return [team for team in teams_that_describe(access) if team.role == TeamRole.CITY]


def judgements_to_show(access: Access) -> QuerySet[Judgement]:
    """Those one reads, as they stand or as they were shared, with what their pages read; the rules say which of it."""
    kept, shared = judgements_kept_by(access).values("pk"), judgement_grants_to(access).values("version__judgement")
    return (
        Judgement.objects.filter(Q(pk__in=kept) | Q(pk__in=shared))
        .select_related("team__enrolment__organisation", "team__enrolment__programme", "beside")
        .prefetch_related("texts")
    )


def own_judgements(access: Access) -> QuerySet[Judgement]:
    rows = Judgement.objects.filter(team__in=places_of(access).own)
    return rows.select_related("team__enrolment__organisation")


def own_judgement_of(access: Access, practice: int) -> Judgement | None:
    return own_judgements(access).filter(practice=practice).first()


def told_beside(practice: int) -> list[JudgementVersion]:
    """What cities decided about a practice and offer to its readers."""
    rows = JudgementVersion.objects.filter(stands_beside__practice=practice)
    return list(rows.order_by("created_at", "pk"))


def writers_of_judgement(judgement: Judgement) -> list[User]:
    return _members(judgement.team_id)


def revisions_of(judgement: Judgement) -> dict[str, int]:
    return dict(JudgementText.objects.filter(judgement=judgement).values_list("question_key", "revision"))


def grants_of(judgement: Judgement) -> list[JudgementGrant]:
    """Who reads a shared state of it now, each with the newest."""
    rows = JudgementGrant.objects.filter(version__judgement=judgement, recalled_at=None).order_by("version__number")
    rows = rows.select_related("version", "team__enrolment__organisation", "support_group__city")
    return list({(row.team_id, row.support_group_id): row for row in rows.defer("version__data")}.values())


def booklets_visible_to(access: Access) -> QuerySet[Booklet]:
    """The person's own."""
    return Booklet.objects.filter(owner=access.user.pk) if access.is_active else Booklet.objects.none()


def offered_to_anybody() -> QuerySet[PracticeVersion]:
    """What an operator prints."""
    return newest_of(Offer.objects.filter(withdrawn_at=None))
