"""Every page of the table in a real browser: usable by everybody, narrow and wide, light and dark, in one language."""

import pytest
from playwright.sync_api import Page

from tests.cast import ROLES, World
from tests.e2e import axe
from tests.permissions.row import Row
from tests.permissions.table import ROWS

from . import growth

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.sampled, pytest.mark.django_db(transaction=True)]

NO_PAGE = {
    "livez",
    "healthz",
    "accounts:csrf",
    "action_plans:presence",
    "action_plans:row",
    "assessments:presence",
    "benchmarks:presence",
    "overview:board_csv",
    "overview:calendar_feed",
    "overview:own_data",
    "overview:pair_compare",
    "partnerships:date_file",
    "partnerships:emblem",
    "partnerships:logo",
    "practices:judgement_presence",
    "practices:picture",
    "practices:presence",
    "reports:file",
}
"""Answers that are no pages of their own. The file of a document has no rows without a case that makes one."""

WIDTHS = (360, 1440)
COLOURS = ("color-contrast", "link-in-text-block")
"""What the dark colours can break; everything else is the same in the light."""
PAGES_AT_ONCE = 16

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

PAGES = [row for row in ROWS if row.get and row.name not in NO_PAGE and not row.settings]


def _by_role() -> dict[str, list[Row]]:
    """Each page once, as the first of the cast who sees it: so few sign in."""
    found: dict[str, list[Row]] = {}
    for row in {row.name: row for row in reversed(PAGES)}.values():
        role = next(role for role in ("mentee", "coordinator", *ROLES) if role in (row.get or ()))
        found.setdefault(role, []).append(row)
    return found


VISITS = [
    (role, number, rows[number : number + PAGES_AT_ONCE])
    for role, rows in sorted(_by_role().items())
    for number in range(0, len(rows), PAGES_AT_ONCE)
]


@pytest.fixture
def full_world(transactional_db: None, world: World) -> World:
    """With two rows of most things, so that lists and menus are there to look at."""
    for grow in (growth.partnerships, growth.needs, growth.actions, growth.team, growth.seats, growth.about_city):
        grow(world, 2)
    return world


@pytest.mark.parametrize(("role", "rows"), [pytest.param(r, rows, id=f"{r}-{n}") for r, n, rows in VISITS])
def test_pages_are_usable_and_fit(browse, full_world: World, role: str, rows: list[Row]):
    addresses = [row.url(full_world) for row in rows]
    user = None if role == "anonymous" else full_world.cast.everybody()[role]
    page = browse(user)
    wrong = [fault for address in addresses for fault in _faults(page, address)]
    assert not wrong, "\n".join(wrong)


def _faults(page: Page, address: str) -> list[str]:
    """The page is loaded once; width and colours change around it as they do around a reader."""
    answer = page.goto(address)
    found = [] if answer and answer.status == 200 else [f"{address}: {answer and answer.status}"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        look = f"{address} at {width} px"
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{look}: wider than the window")
        found += [f"{look}: {fault}" for fault in axe.violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{look}, dark: {fault}" for fault in axe.violations(page, only=COLOURS)]
    return found
