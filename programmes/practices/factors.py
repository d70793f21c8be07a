"""Which key factors a practice serves, and which practices serve a key factor (GP2)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.benchmarks.booklet import Words, menus_of
from programmes.benchmarks.models import Benchmark
from programmes.benchmarks.selectors import to_read
from programmes.common.access import Access

from .boundary import offers_to
from .models import FactorServed, Practice, PracticeVersion
from .selectors import newest_of

Choice = tuple[str, str]
Served = tuple[int, str]
"""Id of a benchmark and key of one of its factors."""


def choices(access: Access) -> list[tuple[str, list[Choice]]]:
    """The factors of all benchmarks that are offered, under the titles of these."""
    entries = to_read(access)
    menus = menus_of(entry.version for entry in entries)
    return [(str(entry.title), _group(entry.version.benchmark_id, menus[entry.version.pk])) for entry in entries]


def _group(benchmark: int, menu: list[tuple[str, Words]]) -> list[Choice]:
    return [(as_choice((benchmark, key)), str(title) or key) for key, title in menu]


def as_choice(served: Served) -> str:
    return f"{served[0]}:{served[1]}"


def of_choice(choice: str) -> Served:
    benchmark, _colon, key = choice.partition(":")
    return int(benchmark), key


@transaction.atomic
def set_factors(*, practice: Practice, chosen: Collection[Served], offered: Collection[Served], by: User) -> None:
    """What was said of factors that are not `offered` any more stays."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    known = {(row.benchmark_id, row.factor_key): row for row in practice.factors_served.all()}
    gone = [row.pk for served, row in known.items() if served in set(offered) and served not in set(chosen)]
    practice.factors_served.filter(pk__in=gone).delete()
    FactorServed.objects.bulk_create(
        FactorServed(practice=practice, benchmark_id=benchmark, factor_key=key)
        for benchmark, key in chosen
        if (benchmark, key) not in known
    )
    record(by=by, verb="changed", target=practice)


def practices_for(access: Access, benchmark: Benchmark, key: str) -> list[PracticeVersion]:
    """Those offered to this person; what is said of the benchmark that it was copied from holds here, too."""
    family = [pk for pk in (benchmark.pk, benchmark.origin_id) if pk]
    rows = FactorServed.objects.filter(benchmark__in=family, factor_key=key)
    found = newest_of(offers_to(access)).filter(practice__in=rows.values("practice"))
    return list(found.order_by("-created_at", "-pk"))


def rendered(context: Any, benchmark: Benchmark, key: str) -> str:
    """Fills the slot `practices_of_factor` on the page of a key factor."""
    found = practices_for(context["request"].access, benchmark, key)
    return render_to_string("practices/_of_factor.html", {"versions": found}) if found else ""
