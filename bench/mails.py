"""What a summary for five thousand people costs, and how soon a mail server has what somebody is told at once."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.figure import Figure
from programmes.accounts.models import Person, User
from programmes.common.access import Access
from programmes.conversations.services import begin
from programmes.notices import waking
from programmes.notices.models import Happening, Mail, MailSettings
from programmes.overview import digests, notices, sample
from programmes.partnerships.enums import CITY_ROLES, Role, TeamRole
from programmes.partnerships.models import Participation, Team, TeamMember
from tests.notices.server import MailServer
from tests.services import Worker

PEOPLE, PARTNERSHIPS = 5000, 2500
SECONDS, QUERIES = 60, 3
APPS = 7
"""Those that know what waits (`overview.waiting.APPS`), the notices, and the accounts whose mails they are."""
LATENCY_MS, ASKED = 500, 15
PATIENCE = 60


def figures() -> list[Figure]:
    made = sample.create(partnerships=PARTNERSHIPS, seed=3)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    server = MailServer()
    server.start()
    for name, value in server.settings().items():
        setattr(settings, name, value)
    try:
        return [_latency(made, server), _digests(made)]
    finally:
        server.close()


def _digests(made: sample.Sample) -> Figure:
    """By one worker, this one: asked, written and accepted by a mail server in another process."""
    people = _people_of(made)
    _something_happened(made)
    MailSettings.objects.all().delete()
    due = timezone.now() - timedelta(minutes=1)
    MailSettings.objects.bulk_create([MailSettings(person=person, next_at=due) for person in people], batch_size=1000)
    with _counted() as queries:
        begun = time.perf_counter()
        posted = digests.post_due()
        while notices.send():
            pass
        seconds = time.perf_counter() - begun
    sent = Mail.objects.filter(kind=digests.DIGEST, state="sent").count()
    a_thousand = sum(queries) / (posted / 1000) / APPS
    more = {"people": posted, "sent": sent, "queries_per_thousand_and_app": round(a_thousand, 2)}
    return Figure("digest_people", seconds, "s", SECONDS, more, also=a_thousand <= QUERIES and posted == PEOPLE)


def _people_of(made: sample.Sample) -> list[Person]:
    """New ones, spread over the teams of the cities."""
    teams = Team.objects.filter(enrolment__programme=made.programme, role=TeamRole.CITY).order_by("pk")
    users = User.objects.bulk_create(
        [User(email=f"digest{number}@bench.example", name=f"Person {number}") for number in range(PEOPLE)]
    )
    people = Person.objects.bulk_create([Person(name=user.name, email=user.email, user=user) for user in users])
    places = zip(people, cycle(teams), strict=False)
    TeamMember.objects.bulk_create(
        [TeamMember(person=person, team=team, started_on=date(2026, 1, 1)) for person, team in places]
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return people


def _something_happened(made: sample.Sample) -> None:
    """In each partnership, told to its people."""
    mentors = Participation.objects.filter(partnership__programme=made.programme, role=Role.MENTOR)
    rows = mentors.values_list("pk", "partnership")[:PARTNERSHIPS]
    Happening.objects.bulk_create(
        [Happening(key="partnership.left", subject_id=pk, data={"partnership": where}) for pk, where in rows],
        batch_size=1000,
    )
    notices.handle()


@contextmanager
def _counted() -> Iterator[list[int]]:
    """How many queries ask who is due, what waits and what happened: not the two that claim and note each mail."""
    queries: list[int] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("UPDATE", "SAVEPOINT", "RELEASE")):
            queries.append(1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield queries


def _latency(made: sample.Sample, server: MailServer) -> Figure:
    """From the commit of a question to the mail server's acceptance of the mail to the city that is asked."""
    worker = Worker({"TEST_EMAIL_PORT": str(server.port)}, "--concurrency=1", "--queues=light").start()
    try:
        asked = Participation.objects.filter(partnership__programme=made.programme, role=Role.MENTEE)
        values = [_one_question(row, server) for row in asked.order_by("pk")[: ASKED + 2]][2:]
    finally:
        worker.close()
    return Figure("notice_latency", statistics.median(values), "ms", LATENCY_MS, {"asked": ASKED})


def _one_question(side: Participation, server: MailServer) -> float:
    before, partnership = len(server.mails()), side.partnership
    cities = Participation.objects.filter(partnership=partnership, role__in=CITY_ROLES)
    for city in cities:
        sample.officer(city.team)
    begin(sides=cities, text="How did you begin?", access=Access(sample.officer(side.team)))
    begun, deadline = time.time(), time.monotonic() + PATIENCE
    while len(server.mails()) == before:
        if time.monotonic() > deadline:
            raise RuntimeError(f"No mail within {PATIENCE} s; is {waking.HANDLE} carried out?")
        time.sleep(0.005)
    return float(server.mails()[before]["at"] - begun) * 1000
