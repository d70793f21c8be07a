"""The board of a programme: rows, filters, the file, and its agreement with My work."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.accounts.models import AuditEvent
from programmes.common.access import Access
from programmes.common.countries import COUNTRIES
from programmes.overview import board_file, sample, waiting
from programmes.overview.board import partnerships_of
from programmes.overview.views.board import safe_cell
from programmes.participants.models import Organisation
from programmes.partnerships import boundary
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Partnership, StageDate, TeamMember, Theme
from programmes.partnerships.services.partnerships import create_partnership, record_dates
from programmes.partnerships.services.stages import add_own_stage
from tests import staging
from tests.cast import World
from tests.sweeps.limits import HOME, MOST


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def board(user, world: World, query: str = "", **headers):
    return client_of(user).get(f"/programmes/{world.programme.pk}/{query}", headers=headers or None)


def agree(partnership: Partnership, key: str, days: int, by) -> None:
    stage = partnership.programme.stages.get(key=key)
    day = timezone.localdate() + timedelta(days=days)
    record_dates(partnership=partnership, dates={stage: {"planned_on": day}}, by=by)


def names(response) -> list[str]:
    return [row.mentee for row in response.context["rows"]]


def test_the_coordinator_sees_all_rows_in_alphabetical_order(world):
    assert names(board(world.cast.coordinator, world)) == ["Milltown", "Riverton"]


@pytest.mark.parametrize(("role", "rows"), [("mentee", ["Riverton"]), ("other_city", ["Milltown"]), ("mentor", None)])
def test_a_city_sees_its_own_rows(world, role, rows):
    assert names(board(getattr(world.cast, role), world)) == (rows or ["Milltown", "Riverton"])


def test_a_board_leads_only_to_partnerships_that_its_reader_may_open(world, monkeypatch):
    """Who oversees a programme need not take part in it, and one question is enough for all rows."""
    reader, facilitated, elsewhere = world.cast.facilitator, world.partnership, world.other_partnership
    own = (world.cast.mentor, world.cast.coordinator)
    assert all(row.opens for user in own for row in board(user, world).context["rows"])
    monkeypatch.setattr(boundary, "OVERSEEING_TEAMS", (TeamRole.COORDINATOR, TeamRole.FACILITATOR))
    for query in ("", "?view=table"):
        answer = board(reader, world, query)
        assert {row.mentee: row.opens for row in answer.context["rows"]} == {"Milltown": False, "Riverton": True}
        page = answer.content.decode()
        assert facilitated.get_absolute_url() in page
        assert elsewhere.get_absolute_url() not in page
    assert client_of(reader).get(elsewhere.get_absolute_url()).status_code == 404


def beside(user, programme) -> tuple[list[int | None], list[str], str]:
    """Programmes of what waits, addresses of the dates, and the whole text."""
    answer = client_of(user).get(f"/programmes/{programme.pk}/beside/", headers={"HX-Request": "true"})
    rows, dates = answer.context["waiting"], answer.context["dates"]
    return [row.programme_id for row in rows.items], [row["url"] for row in dates.items], answer.content.decode()


def test_beside_a_board_stands_what_belongs_to_its_programme_and_how_much_more_there_is(world):
    """The mentor's officer coordinates another programme as well."""
    mentor, elsewhere = world.cast.mentor, world.other_programme
    staging.join(mentor, staging.coordinator_team(elsewhere))
    city = staging.enrolled(elsewhere, staging.city("Hillford"), "mentor", by=mentor)
    mentee = world.teams["other_programme"]
    theme = Theme.objects.create(programme=elsewhere, title={"en": "Housing"})
    cities = {"mentee": [mentee], "mentor": [city]}
    abroad = create_partnership(programme=elsewhere, theme=theme, cities=cities, by=mentor)
    stages = list(world.programme.stages.all())
    for number, stage in enumerate(stages):
        agree(world.partnership, stage.key, number + 1, world.cast.coordinator)
        agree(world.other_partnership, stage.key, -1 - number, world.cast.coordinator)
        agree(abroad, stage.key, number + 1, mentor)
    found, dates, text = beside(mentor, world.programme)
    assert set(found) == {world.programme.pk}
    assert dates == [world.partnership.get_absolute_url()] * 6
    more = len(waiting.waiting_for_one(Access(mentor), programme=world.programme.pk)) - 6
    assert f"and {more} more" in text
    assert f"and {len(stages) - 6} more" in text
    assert set(beside(mentor, elsewhere)[1]) == {abroad.get_absolute_url()}


def test_filters_stand_in_the_address(world):
    coordinator = world.cast.coordinator
    agree(world.partnership, "goals", -3, coordinator)
    assert names(board(coordinator, world, "?passed=on")) == ["Riverton"]
    assert names(board(coordinator, world, "?passed=on&country=LV")) == ["Riverton"]
    assert '<details class="filters-fold" open>' in board(coordinator, world, "?passed=on").content.decode()
    assert '<details class="filters-fold">' in board(coordinator, world).content.decode()
    assert names(board(coordinator, world, f"?theme={world.partnership.theme_id}&country=LV")) == [
        "Milltown",
        "Riverton",
    ]
    stage = world.programme.stages.get(key="training")
    Partnership.objects.filter(pk=world.other_partnership.pk).update(current_stage=stage)
    assert names(board(coordinator, world, f"?stage={stage.pk}")) == ["Milltown"]


@pytest.mark.parametrize("query", ["?stage=x", "?theme=99999999999999999999", "?country=%00", "?page=-7", "?passed=[]"])
def test_a_filter_that_means_nothing_breaks_nothing(world, query):
    assert board(world.cast.coordinator, world, query).status_code == 200


def test_htmx_exchanges_the_rows_alone(world):
    answer = board(world.cast.coordinator, world, **{"HX-Request": "true"}).content.decode()
    assert "Riverton" in answer
    assert "<html" not in answer


def test_as_table_and_as_file(world):
    coordinator = world.cast.coordinator
    agree(world.partnership, "goals", -3, coordinator)
    assert "<table" in board(coordinator, world, "?view=table").content.decode()
    answer = client_of(coordinator).get(f"/programmes/{world.programme.pk}/board.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["Mentee"] for line in lines] == ["Milltown", "Riverton"]
    assert lines[1]["Agreed date passed"] == "yes"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="downloaded", target_id=world.programme.pk, by=coordinator).exists()


def test_a_spreadsheet_divides_the_cells_of_the_file_also_where_a_comma_is_for_decimals(world):
    """In Spanish Excel takes a comma for a decimal sign and reads the whole line as one cell."""
    client = client_of(world.cast.coordinator)
    client.post("/account/language/", {"language": "es"})
    answer = client.get(f"/programmes/{world.programme.pk}/board.csv")
    heading = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0]
    assert heading.startswith("Ciudad mentorizada;Ciudad mentora;")


def test_the_file_says_what_the_rows_say(world, monkeypatch):
    """Read in portions of one, so that no portion takes its neighbour's dates or names."""
    monkeypatch.setattr(board_file, "PORTION", 1)
    coordinator, programme = world.cast.coordinator, world.programme
    agree(world.partnership, "goals", -3, coordinator)
    agree(world.partnership, "training", -9, coordinator)
    agree(world.other_partnership, "training", 4, coordinator)
    finished = StageDate.objects.filter(planned_on=timezone.localdate() - timedelta(days=9))
    assert finished.update(finished_on=timezone.localdate()) == 1
    Partnership.objects.filter(pk=world.partnership.pk).update(current_stage=programme.stages.get(key="training"))
    rows = board(coordinator, world).context["rows"]
    heading, *lines = board_file.table_of(partnerships_of(Access(coordinator), programme), programme)
    written = [dict(zip(heading, line, strict=True)) for line in lines]
    assert [[line[name] for name in SHOWN] for line in written] == [
        [
            row.mentee,
            row.mentor,
            row.peers,
            str(row.partnership.theme),
            str(row.partnership.current_stage or ""),
            str(row.next.stage),
            row.next.on.isoformat(),
            "yes" if row.next.passed else "no",
        ]
        for row in rows
    ]
    assert [line["Agreed date passed"] for line in written] == ["no", "yes"]


def test_the_file_has_everything_that_is_recorded(world):
    """Countries, associations, facilitator, every day with its note, also those of a stage of one pair alone."""
    coordinator, programme = world.cast.coordinator, world.programme
    agree(world.partnership, "goals", -3, coordinator)
    StageDate.objects.filter(partnership=world.partnership).update(note="in Harbourg")
    own = add_own_stage(partnership=world.partnership, title={"en": "Job shadowing"}, after=None, by=coordinator)
    day = timezone.localdate() + timedelta(days=9)
    record_dates(partnership=world.partnership, dates={own: {"planned_on": day}}, by=coordinator)
    heading, *lines = board_file.table_of(partnerships_of(Access(coordinator), programme), programme)
    line = next(row for row in (dict(zip(heading, line, strict=True)) for line in lines) if row["Mentee"] == "Riverton")
    agreed = timezone.localdate() - timedelta(days=3)
    assert (line["Goals"], line["Goals: note"]) == (agreed.isoformat(), "in Harbourg")
    assert line["Own stages"] == f"Job shadowing {day.isoformat()}"
    parts = {row.role: row.organisation.name for row in world.partnership.current()}
    assert line["Facilitator"] == parts["facilitator"]
    assert line["Mentee’s association"] == parts["mentee_association"]
    countries = sorted(row.organisation.country for row in world.partnership.current_cities())
    assert line["Countries"] == ", ".join(dict.fromkeys(str(COUNTRIES[code]) for code in countries))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_of_the_file_is_a_formula(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("Jelgava") == "Jelgava"


# What passed waits for somebody


def waiting_partnerships(world: World) -> set[int]:
    people = [user for user in world.cast.everybody().values() if user.is_authenticated]
    items = [item for user in people for item in waiting.waiting_for_one(Access(user)) if item.key == "stage.passed"]
    return {item.partnership_id for item in items}


def passed_on_the_board(world: World) -> set[int]:
    rows = board(world.cast.coordinator, world, "?passed=on").context["rows"]
    assert all(row.next.passed for row in rows)
    return {row.partnership.pk for row in rows}


@pytest.mark.parametrize("days", [{}, {"goals": -1}, {"goals": 0}, {"goals": 5, "training": -2}])
def test_each_date_that_passed_is_a_row_of_somebodys_work(world, days):
    for key, number in days.items():
        agree(world.partnership, key, number, world.cast.coordinator)
    assert passed_on_the_board(world) == waiting_partnerships(world)
    assert bool(passed_on_the_board(world)) == any(number < 0 for number in days.values())


def test_also_where_no_facilitator_is_left(world):
    agree(world.other_partnership, "goals", -1, world.cast.coordinator)
    today = timezone.localdate()
    for name in ("other_facilitator", "other_city", "mentor"):
        places = TeamMember.objects.filter(team=world.teams[name])
        places.update(ended_on=today, ended_by=world.cast.coordinator, started_on=today)
    assert passed_on_the_board(world) == waiting_partnerships(world) == {world.other_partnership.pk}


@pytest.mark.parametrize("end", ["finish", "end"])
def test_what_is_finished_or_over_waits_for_nobody(world, end):
    agree(world.partnership, "goals", -1, world.cast.coordinator)
    if end == "finish":
        stage = world.programme.stages.get(key="goals")
        finished = {stage: {"finished_on": timezone.localdate()}}
        record_dates(partnership=world.partnership, dates=finished, by=world.cast.coordinator)
    else:
        Partnership.objects.filter(pk=world.partnership.pk).update(ended_on=timezone.localdate())
    assert passed_on_the_board(world) == waiting_partnerships(world) == set()


# Constant work

SHOWN = ("Mentee", "Mentor", "Peers", "Theme", "Stage", "Next", "Date", "Agreed date passed")
"""A partnership's first page asks every app."""


def queries(user, address: str) -> int:
    client = client_of(user)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def programmes(db) -> list[sample.Sample]:
    made = [sample.create(partnerships=number, seed=number) for number in (1, 3, 30)]
    assert all(StageDate.objects.filter(partnership__programme=row.programme).exists() for row in made)
    return made


def test_the_board_asks_the_database_as_often_for_many_rows_as_for_one(programmes):
    counts = [queries(row.coordinator, row.programme.get_absolute_url()) for row in programmes]
    assert len(set(counts)) == 1
    assert max(counts) <= MOST


def test_so_does_my_work_and_a_partnerships_home(programmes):
    work = [queries(row.coordinator, "/") for row in programmes]
    homes = [
        queries(row.coordinator, Partnership.objects.filter(programme=row.programme)[0].get_absolute_url())
        for row in programmes
    ]
    assert len(set(work)) == 1
    assert len(set(homes)) == 1
    assert max(work) <= MOST
    assert max(homes) <= HOME


def test_so_does_the_directory(world):
    before = queries(world.cast.mentee, "/directory/")
    for number in range(30):
        staging.city(f"Town {number}")
    assert Organisation.objects.count() > 30
    assert queries(world.cast.mentee, "/directory/") == before <= MOST


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_data():
    def made(seed: int) -> list[tuple]:
        with transaction.atomic():
            rows = Partnership.objects.filter(programme=sample.create(partnerships=3, seed=seed).programme)
            found = list(rows.values_list("sort_name", "next_due", "countries__country"))
            transaction.set_rollback(True)
        return found

    assert made(7) == made(7) != made(8)
