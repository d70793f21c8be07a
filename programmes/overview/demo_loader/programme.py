"""The programme, who is enrolled, and the partnerships with their dates."""

from django.core.files.base import ContentFile

from programmes.benchmarks.models import BenchmarkVersion
from programmes.benchmarks.services.uses import choose as choose_benchmark
from programmes.partnerships.enums import EnrolmentRole, Role
from programmes.partnerships.models import Enrolment, Partnership
from programmes.partnerships.services.backings import accept_backing, back
from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.partnerships import (
    choose_tools,
    create_partnership,
    record_dates,
    set_current_stage,
)
from programmes.partnerships.services.programmes import add_theme, create_programme
from programmes.partnerships.services.teams import add_member

from .cast import Cast
from .story import Story
from .texts import EMBLEM, Entry

COLUMNS = (
    "title",
    "purpose",
    "policy_field",
    "languages",
    "working_language",
    "time_zone",
    "funding_line",
    "disclaimer",
    "tools_proposed",
)
DATES = {"planned": "planned_on", "begun": "begun_on", "finished": "finished_on"}


def tell(story: Story, cast: Cast) -> None:
    texts = cast.texts.programme
    story.on(texts["programme"]["started"], _programme, cast)
    for entry in texts["enrolments"]:
        story.on(entry["day"], _enrolment, cast, entry)
    for entry in texts["partnerships"]:
        story.on(entry["day"], _partnership, cast, entry)
        story.on(entry["day"], _tools, cast, entry)
        story.on(_last_news(entry), _stages, cast, entry)


def _programme(cast: Cast) -> None:
    entry = cast.texts.programme["programme"]
    cast.programme = create_programme(
        network=cast.organisations[entry["network"]],
        started_on=cast.date_of(entry["started"]),
        ended_on=cast.date_of(entry["ended"]),
        is_demo=True,
        demo_loaded_on=cast.today,
        emblem=ContentFile(EMBLEM.read_bytes(), EMBLEM.name),
        by=cast.coordinator,
        **{name: entry[name] for name in COLUMNS},
    )
    for theme in cast.texts.programme["themes"]:
        cast.themes[theme["key"]] = add_theme(programme=cast.programme, title=theme["title"], by=cast.coordinator)


def _enrolment(cast: Cast, entry: Entry) -> None:
    row = _enrolled(cast, entry)
    team = cast.teams[entry["organisation"]] = row.teams.get()
    lets_in = cast.coordinator  # the first person only: a team lets in its own people
    for person in cast.texts.people:
        if person.get("team") == entry["organisation"]:
            user = cast.users[person["key"]]
            add_member(team=team, person=user.person, function=person["function"], by=lets_in, invited_by=lets_in)
            if lets_in == cast.coordinator:
                lets_in = user
    if "backed_by" in entry:
        _backing(cast, row, entry)


def _backing(cast: Cast, city: Enrolment, entry: Entry) -> None:
    """Proposed by the coordinator and accepted by the city on the same day."""
    association = cast.organisations[entry["backed_by"]]
    row = back(enrolment=city, association=association, by=cast.coordinator)
    accept_backing(backing=row, by=cast.users[_writer(cast, entry["organisation"])])


def _enrolled(cast: Cast, entry: Entry) -> Enrolment:
    organisation = cast.organisations[entry["organisation"]]
    if entry["role"] == EnrolmentRole.COORDINATOR:  # came with the programme
        return cast.programme.enrolments.get(organisation=organisation)
    return enrol(
        programme=cast.programme,
        organisation=organisation,
        role=entry["role"],
        themes=[cast.themes[entry["theme"]]] if "theme" in entry else [],
        by=cast.coordinator,
    )


def _partnership(cast: Cast, entry: Entry) -> None:
    """Its associations join by themselves, as they back the cities."""
    row = create_partnership(
        programme=cast.programme,
        theme=cast.themes[entry["theme"]],
        cities={Role.MENTEE: [cast.teams[entry["mentee"]]], Role.MENTOR: [cast.teams[entry["mentor"]]]},
        facilitator=cast.teams[entry["facilitator"]],
        reason=entry["pairing_reason"],
        by=cast.coordinator,
    )
    cast.partnerships[entry["mentee"]] = cast.partnerships[entry["mentor"]] = row


def _tools(cast: Cast, entry: Entry) -> None:
    by = cast.users[_writer(cast, entry["mentee"])]
    choose_tools(partnership=_of(cast, entry), tools=entry["tools"], by=by)
    if key := entry.get("benchmark"):
        version = BenchmarkVersion.objects.get(benchmark__key=key, retired_at=None)
        choose_benchmark(partnership=_of(cast, entry), version=version, by=by)


def _stages(cast: Cast, entry: Entry) -> None:
    partnership, facilitator = _of(cast, entry), cast.users["facilitator"]
    stages = {stage.key: stage for stage in cast.programme.stages.all()}
    dates = {stages[row["stage"]]: _columns(cast, row) for row in entry["stage_dates"]}
    record_dates(partnership=partnership, dates=dates, by=facilitator)
    set_current_stage(partnership=partnership, stage=stages[entry["current_stage"]], by=facilitator)


def _columns(cast: Cast, row: Entry) -> Entry:
    days = {column: cast.date_of(row[name]) for name, column in DATES.items() if name in row}
    return days | {"note": row.get("note", "")}


def _of(cast: Cast, entry: Entry) -> Partnership:
    return cast.partnerships[entry["mentee"]]


def _writer(cast: Cast, city: str) -> str:
    return cast.texts.cities[city]["response"]["written_by"]


def _last_news(entry: Entry) -> int:
    """The last day in the past on which a stage began or finished."""
    return max(row[name] for row in entry["stage_dates"] for name in ("begun", "finished") if name in row)
