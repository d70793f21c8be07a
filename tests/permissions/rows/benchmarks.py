"""Benchmarks: everybody signed in reads what is published; facilitators and coordinators write in their programme."""

from programmes.benchmarks.models import BenchmarkVersion
from programmes.benchmarks.services.structure import add_example, remove
from programmes.benchmarks.services.versions import publish
from programmes.benchmarks.tools import BENCHMARK
from programmes.partnerships.services.partnerships import choose_tools
from programmes.partnerships.tool_use import tools_in_use

from ..roles import CITY_TEAMS, SEES_PARTNERSHIP, SIGNED_IN
from ..row import Row

WRITERS = frozenset({"coordinator", "facilitator", "other_facilitator"})
"""Facilitators and coordinators of the programme."""

CHOOSERS = CITY_TEAMS | {"facilitator"}

READERS = SIGNED_IN - WRITERS
BOTH = {"get": WRITERS, "post": WRITERS}


def _draft(world):
    return (world.benchmark.pk,)


def _published(world):
    return (publish(version=world.benchmark, by=world.cast.facilitator).pk,)


def _pair(world):
    """A partnership that has switched benchmarks on."""
    tools = tools_in_use(world.partnership) | {BENCHMARK.key}
    choose_tools(partnership=world.partnership, tools=tools, by=world.cast.mentee)
    return (world.partnership.pk,)


def _of_the_site(world):
    return (BenchmarkVersion.objects.filter(benchmark__key="language-learning").latest("number").pk,)


def _factor(world):
    return (world.benchmark.pk, world.factor.key)


def _context(world):
    return (world.benchmark.pk, "budgets-of-others")


def _passage(world):
    return (world.benchmark.pk, f"{world.factor.key}.title", "en")


def _example(world):
    example = add_example(factor=world.factor, by=world.cast.facilitator)
    return (world.benchmark.pk, world.factor.key, example.key)


def _removed_example(world):
    args = _example(world)
    place = world.factor.examples.get(key=args[-1])
    remove(place=place, version=world.benchmark, by=world.cast.facilitator)
    return args


def _beginning(world):
    return {"programme": str(world.programme.pk), "title": "Housing", "language": "en"}


def _words(world):
    return {"base": "1", "value": "A place to ask"}


def _table(world):
    return {"table": "1 Time\tIt is short.\tWhen?", "take": "1"}


ROWS = [
    Row("benchmarks:list", get=SIGNED_IN),
    Row(
        "benchmarks:begin",
        get=WRITERS,
        post=WRITERS,
        forbidden=READERS,
        data=_beginning,
        needs=("title", "language"),
    ),
    Row("benchmarks:pair", _pair, get=SEES_PARTNERSHIP),
    Row(
        "benchmarks:choose",
        _pair,
        get=CHOOSERS,
        post=CHOOSERS,
        forbidden=SEES_PARTNERSHIP - CHOOSERS,
        data=lambda w: {"version": str(_of_the_site(w)[0])},
    ),
    Row("benchmarks:booklet", _draft, get=WRITERS),
    Row("benchmarks:booklet", _published, get=SIGNED_IN, case="published"),
    Row("benchmarks:booklet", _of_the_site, get=SIGNED_IN, case="of the site"),
    Row("benchmarks:whole", _draft, get=WRITERS),
    Row("benchmarks:factor", _factor, get=WRITERS),
    Row(
        "benchmarks:copy",
        _of_the_site,
        get=WRITERS,
        post=WRITERS,
        forbidden=READERS,
        data=lambda w: {"programme": str(w.programme.pk)},
    ),
    Row("benchmarks:write", _draft, get=WRITERS),
    Row("benchmarks:write", _published, get=WRITERS, forbidden=READERS, case="published"),
    Row("benchmarks:place", _factor, get=WRITERS),
    Row("benchmarks:place", _context, get=WRITERS, case="context"),
    Row("benchmarks:languages", _draft, **BOTH, data=lambda w: {"languages": ["en", "es", "lv"]}),
    Row("benchmarks:presence", _draft, **BOTH, done=200),
    Row("benchmarks:passage", _passage, **BOTH, data=_words, needs=("base",)),
    Row("benchmarks:history", _passage, **BOTH, data=lambda w: {"revision": "1"}),
    Row("benchmarks:add_factor", _draft, **BOTH, data=lambda w: {"title": "Time to learn"}, needs=("title",)),
    Row("benchmarks:add_context", _draft, **BOTH, data=lambda w: {"title": "What the law asks"}, needs=("title",)),
    Row(
        "benchmarks:paste",
        _draft,
        **BOTH,
        data=_table,
        needs=("table",),
    ),
    Row("benchmarks:move", _factor, post=WRITERS, data=lambda w: {"step": "1"}),
    Row("benchmarks:remove", _factor, post=WRITERS),
    Row("benchmarks:bring_back", _factor, post=WRITERS),
    Row("benchmarks:bearing", _context, **BOTH, data=lambda w: {"factors": [str(w.factor.pk)]}),
    Row("benchmarks:add_example", _factor, post=WRITERS),
    Row("benchmarks:remove_example", _example, post=WRITERS),
    Row("benchmarks:bring_back_example", _removed_example, post=WRITERS),
    Row("benchmarks:publish", _draft, post=WRITERS),
    Row("benchmarks:next", _published, post=WRITERS, forbidden=READERS),
    Row("benchmarks:retire", _published, post=WRITERS, forbidden=READERS),
]
