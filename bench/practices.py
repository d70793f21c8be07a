"""The library with twenty thousand practices: a search in any language, and the page of one."""

import itertools
import random
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.figure import Figure, median_ms
from bench.pages import client_of, queries
from programmes.overview import sample
from programmes.participants.names import normalise
from programmes.partnerships.models import Team
from programmes.practices.enums import Audience, CitySize, PracticeKind
from programmes.practices.models import Offer, Practice, PracticeVersion
from programmes.practices.points import boxes
from programmes.practices.shapes import PRACTICE

PRACTICES, BATCH = 20_000, 1_000
SEARCH_MS, PAGE_MS, PAGE_QUERIES, TIMES = 50, 40, 12, 40
RARE, COMMON = 3, 30
"""Hits of the two words that the search is compared by."""
WORDS = [
    "école",
    "participation",
    "vecindad",
    "γειτονιά",
    "γλώσσα",
    "valoda",
    "skola",
    "Nachbarschaft",
    "buurt",
    "volontari",
    "mediación",
    "bibliothèque",
    "course",
    "library",
    "volunteer",
    "kitchen",
    "meeting",
    "evening",
    "language",
    "newcomers",
    "association",
    "service",
    "school",
    "quarter",
    "women",
    "work",
]
FILLING = ["".join(pair) for pair in itertools.product(("ba", "do", "ki", "mu", "re", "sa", "tu", "ve"), repeat=4)]
ASKED = ("gammarare", "gammacomm", "γλωσσ", "mediacion", "course bibliot", "neverheard")
"""What is typed: rare, common, Greek and Spanish without accents, nothing."""


def figures(made: sample.Sample) -> list[Figure]:
    practices = _library(made)
    client = client_of(made.coordinator)
    return [_search(client), _page(client, practices[-1])]


def _search(client: Client) -> Figure:
    """The slowest of what is asked; the same queries for few hits and many."""
    times = {words: median_ms(partial(_found, client, words), times=TIMES) for words in ASKED}
    counts = [queries(client, f"/library/?q={words}") for words in ASKED[:2]]
    more: dict[str, Any] = {"queries": counts, "ms": {words: round(value, 1) for words, value in times.items()}}
    return Figure("library_search", max(times.values()), "ms", SEARCH_MS, more, also=len(set(counts)) == 1)


def _found(client: Client, words: str) -> None:
    response = client.get("/library/", {"q": words})
    if response.status_code != 200:
        raise RuntimeError(f"the library answered {response.status_code}")


def _page(client: Client, practice: Practice) -> Figure:
    address = practice.address_for_reading
    value = median_ms(lambda: client.get(address), times=TIMES)
    count = queries(client, address)
    return Figure("practice_page", value, "ms", PAGE_MS, {"queries": count}, also=count <= PAGE_QUERIES)


def _library(made: sample.Sample) -> list[Practice]:
    chance = random.Random(8)  # noqa: S311 (no secret)
    teams = list(Team.objects.filter(enrolment__programme=made.programme).select_related("enrolment__organisation"))
    practices = [
        Practice(
            team=(team := chance.choice(teams)),
            title=f"Practice {number} {chance.choice(WORDS)}",
            place=team.enrolment.organisation.name,
            kind=chance.choice(PracticeKind.values),
            language="en",
            created_by=made.coordinator,
        )
        for number in range(PRACTICES)
    ]
    Practice.objects.bulk_create(practices, batch_size=BATCH)
    themes = list(made.programme.themes.all())
    versions = [_version(practice, number, chance, made) for number, practice in enumerate(practices)]
    PracticeVersion.objects.bulk_create(versions, batch_size=BATCH)
    about = PracticeVersion.themes.through
    about.objects.bulk_create(
        [about(practiceversion=version, theme=chance.choice(themes)) for version in versions], batch_size=BATCH
    )
    audiences: list[dict[str, Any]] = [
        {"audience": Audience.SIGNED_IN},
        {"audience": Audience.PROGRAMME, "programme": made.programme},
    ]
    Offer.objects.bulk_create(
        [Offer(version=version, **audiences[number % 2]) for number, version in enumerate(versions)], batch_size=BATCH
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return practices


def _version(practice: Practice, number: int, chance: random.Random, made: sample.Sample) -> PracticeVersion:
    texts = [" ".join(chance.choices(FILLING, k=25)) for _point in range(6)]
    texts[1] += f" {chance.choice(WORDS)} {chance.choice(WORDS)}"
    texts[0] += " gammarare" if number < RARE else " gammacommon" if number < RARE + COMMON else ""
    points = [{"key": point.key, "text": text, "language": "en"} for point, text in zip(boxes(), texts, strict=False)]
    data = {
        "title": practice.title,
        "kind": practice.kind,
        "language": "en",
        "city_id": None,
        "where": practice.place,
        "country": "LV",
        "link": "",
        "summary": texts[0][:300],
        "sources": "",
        "described_by": practice.place,
        "is_of_another": False,
        "themes": [],
        "points": points,
        "pictures": [],
    }
    return PracticeVersion(
        practice=practice,
        number=1,
        data=data,
        schema=PRACTICE.newest,
        language="en",
        words=normalise(" ".join([practice.title, *texts])),
        kind=practice.kind,
        country="LV",
        size=chance.choice(CitySize.values),
        created_at=timezone.now(),
        created_by=made.coordinator,
    )
