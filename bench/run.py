"""`make bench`: private servers, sample data of 100 and of 10,000 partnerships, one JSON line per figure.

Exits with 1 when a figure is over its limit. `python -m bench.run pages` measures only what has that in its name.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable

from tests.services import PostgreSQL, Redis, Worker

PARTS = ("pages", "practices", "links", "texts", "documents", "mails", "load", "starting")
ALONE = ("load", "starting")
"""These start what they measure, with its own settings."""


def main(words: list[str]) -> int:
    chosen = [part for part in PARTS if not words or part in words]
    if not chosen:
        print(f"Say some of: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    figures = _with_servers(chosen) if set(chosen) - set(ALONE) else []
    figures += _alone(chosen)
    return 0 if all(figures) else 1


def _with_servers(chosen: list[str]) -> list[bool]:
    postgresql, redis = PostgreSQL(), Redis()
    try:
        postgresql.start()
        redis.start()
        os.environ |= {
            "DATABASE_URL": postgresql.create("bench"),
            "REDIS_URL": redis.url(),
            "CACHE_URL": redis.url(1),
            "TEST_MEDIA_ROOT": tempfile.mkdtemp(prefix="mentoring-bench-"),
            "DJANGO_SETTINGS_MODULE": "mentoring.settings.test",
        }
        return _measured(chosen)
    finally:
        redis.close()
        postgresql.close()


def _measured(chosen: list[str]) -> list[bool]:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import documents, links, mails, pages, practices, texts
    from programmes.overview import sample

    call_command("migrate", verbosity=0)
    few = sample.create(partnerships=pages.FEW, seed=1)
    begun = time.perf_counter()
    many = sample.create(partnerships=pages.MANY if "pages" in chosen else pages.FEW, seed=2)
    print(f"sample data: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    _analyse()
    results = _printed(lambda: pages.figures(few, many)) if "pages" in chosen else []
    if "links" in chosen:
        results += _printed(lambda: links.figures(few))
    if "practices" in chosen:
        results += _printed(lambda: practices.figures(few))
    if "texts" in chosen:
        results += _printed(lambda: texts.figures(few))
    if "documents" in chosen:
        worker = Worker({}).start()
        try:
            results += _printed(lambda: documents.figures(few))
        finally:
            worker.close()
    if "mails" in chosen:
        results += _printed(mails.figures)
    return results


def _analyse() -> None:
    """What PostgreSQL does by itself within a minute: without it the planner knows nothing of the new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _alone(chosen: list[str]) -> list[bool]:
    from bench import load, starting

    results = _printed(load.figures) if "load" in chosen else []
    return results + (_printed(starting.figures) if "starting" in chosen else [])


def _printed(figures: Callable) -> list[bool]:
    made = figures()
    for figure in made:
        print(figure.line(), flush=True)
    return [figure.ok for figure in made]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
