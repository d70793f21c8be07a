"""Every component on one page: usable by everybody, narrow and wide, light and dark, with scripts and without."""

import pytest

from programmes.accounts.models import User
from tests.e2e import axe

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ("/look/parts/", "/about/privacy/", "/about/accessibility/")


@pytest.fixture
def person(settings, transactional_db) -> User:
    settings.ROOT_URLCONF = "tests.look.urls"
    return User.objects.create_user(email="anna@example.org", name="Anna Bērziņa")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_components_are_accessible_and_fit(browse, person, width, dark):
    page = browse(person, width=width, dark=dark)
    for address in PAGES:
        page.goto(address)
        assert axe.violations(page) == []
        assert page.evaluate(OVERFLOW) == 0, address


def test_sign_in_is_accessible(browse, person):
    for width, dark in ((360, True), (1440, False)):
        page = browse(width=width, dark=dark)
        page.goto("/sign/login/")
        assert axe.violations(page) == []


def test_menus_open_and_close_with_the_keyboard(browse, person):
    page = browse(person, width=360)
    page.goto("/look/parts/")
    navigation = page.locator("#site-nav")
    assert not navigation.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert navigation.is_visible()

    account = page.locator("summary.avatar")
    account.press("Enter")
    sign_out = page.get_by_role("button", name="Sign out")
    assert sign_out.is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not sign_out.is_visible()
    assert account.evaluate("summary => summary === document.activeElement")


def test_menus_close_when_the_focus_leaves_and_by_escape_from_anywhere(browse, person):
    page = browse(person, width=360)
    page.goto("/look/parts/")
    panel, navigation = page.locator("header .menu--end .menu__panel"), page.locator("#site-nav")
    page.locator("summary.avatar").press("Enter")
    page.get_by_role("button", name="Sign out").press("Tab")
    assert not panel.is_visible()

    page.locator("summary.avatar").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    assert not panel.is_visible()

    page.get_by_role("button", name="Menu").click()
    navigation.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    assert not navigation.is_visible()
    assert page.get_by_role("button", name="Menu").evaluate("button => button === document.activeElement")


def test_after_a_refused_form_the_focus_is_on_what_is_wrong(browse, person):
    for javascript in (True, False):
        page = browse(javascript=javascript)
        page.goto("/sign/login/")
        page.get_by_label("E-mail").fill("anna@example.org")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_selector(".error-summary:focus")
        assert page.title().startswith("Please correct: Sign in")


def test_chosen_colours_are_remembered(browse, person):
    page = browse(person)
    page.goto("/look/parts/")
    page.locator("summary.avatar").click()
    page.get_by_role("radio", name="Dark").check(force=True)
    page.goto("/about/privacy/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_without_javascript_menu_and_dark_colours_are_there(browse, person):
    page = browse(person, width=360, dark=True, javascript=False)
    page.goto("/look/parts/")
    assert page.locator("#site-nav").is_visible()
    page.locator("summary.avatar").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 26, 29)"
