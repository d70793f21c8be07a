"""What this app tells people: of the benchmark that their partnership works with there is a newer version."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.common.fields import in_language
from programmes.notices.kinds import Event, MailKind, Recipients, Said
from programmes.notices.models import Happening
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.selectors.recipients import people_in_partnerships
from programmes.partnerships.tool_use import in_use

from .boxes import ABOUT
from .models import BenchmarkUse, BenchmarkVersion, Passage
from .tools import BENCHMARK

TOLD = (*CITY_ROLES, Role.FACILITATOR)


def _recipients(rows: Sequence[Happening]) -> Recipients:
    """Both cities and the facilitator of every partnership that works with an earlier version now."""
    versions = {row.pk: row for row in BenchmarkVersion.objects.filter(pk__in={row.subject_id for row in rows})}
    uses = BenchmarkUse.objects.filter(
        in_use(BENCHMARK.key),
        version__benchmark__in={version.benchmark_id for version in versions.values()},
        partnership__ended_on=None,
    )
    used = list(uses.values_list("partnership", "version__benchmark", "version__number"))
    people = people_in_partnerships({partnership for partnership, _benchmark, _number in used}, TOLD)
    found: dict[int, set[int]] = {}
    for row in rows:
        version = versions.get(row.subject_id)
        if version is not None:
            earlier = [pk for pk, of, number in used if of == version.benchmark_id and number < version.number]
            found[row.pk] = {person for pk in earlier for person in people.get(pk, set())}
    return found


def _facts(rows: Sequence[Happening]) -> dict[int, Any]:
    """Its title by language, and its number."""
    subjects = {row.subject_id for row in rows}
    numbers = dict(BenchmarkVersion.objects.filter(pk__in=subjects).values_list("pk", "number"))
    titles: dict[int, dict[str, str]] = {pk: {} for pk in numbers}
    for passage in Passage.objects.filter(version__in=subjects, key=f"{ABOUT}.title"):
        titles[passage.version_id][passage.language] = passage.value
    return {
        row.pk: (row.subject_id, titles[row.subject_id], numbers[row.subject_id])
        for row in rows
        if row.subject_id in numbers
    }


def _say(fact: tuple[int, dict[str, str], int]) -> Said:
    pk, titles, number = fact
    words = {"benchmark": in_language(titles), "number": number}
    text = _("There is a version %(number)s of the benchmark “%(benchmark)s”, with which you work.") % words
    return Said(text, address("benchmarks:booklet", pk), verb=_("Read"))


EVENTS = (Event("benchmarks.newer", _recipients, _facts, _say),)
MAILS: tuple[MailKind, ...] = ()
