"""The pages about accounts in a real browser, and a form that outlives its sign-in without any script."""

import pytest
from django.contrib.sessions.models import Session

from programmes.accounts.models import KeptPost, OutboxMessage, User
from programmes.accounts.rules import OUTBOX_BACKEND
from programmes.accounts.services import ask_for_erasure, make_administrator
from tests.e2e.axe import assert_accessible

from .conftest import PASSWORD, make_user

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_outlives_its_sign_in(browse, javascript: bool):
    anna = make_user("anna@jelgava.example")
    page = browse(anna, javascript=javascript)
    page.goto("/account/")
    page.get_by_label("Name").fill("Anna Ozola")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()

    page.get_by_label("E-mail", exact=False).fill(anna.email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert "Anna Ozola" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_text("Your profile is saved.").wait_for()
    assert User.objects.get(pk=anna.pk).name == "Anna Ozola"
    assert not KeptPost.objects.exists()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)])
def test_pages_are_accessible(browse, settings, width: int, dark: bool):
    settings.EMAIL_BACKEND, settings.DEMO = OUTBOX_BACKEND, True
    make_user("chief@site.example")
    chief = make_administrator(email="chief@site.example", name="Chief")
    kept = KeptPost.objects.create(owner=chief, path="/account/", body='[["name", ["Anna\\nOzola"]]]', lost_files=True)
    mail = OutboxMessage.objects.create(subject="Hello", recipients=["a@b.example"], body="See https://b.example/x")
    leaving = make_user("leaving@site.example")
    ask_for_erasure(user=leaving, by=leaving)
    page = browse(chief, width=width, dark=dark)
    own = ["", "kept/", f"kept/{kept.pk}/", "outbox/", f"outbox/{mail.pk}/"]
    library = ["email/", "password/change/", "2fa/", "logout/", "reauthenticate/"]
    privacy = ["/account/erasure/", "/account/erasures/", f"/account/erasures/{leaving.pk}/", "/about/data-protection/"]
    for path in [f"/account/{name}" for name in own] + [f"/sign/{name}" for name in library] + privacy:
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    stranger = browse(width=width, dark=dark)
    for path in ("/sign/login/", "/sign/password/reset/", "/sign/signup/"):
        stranger.goto(path)
        assert_accessible(stranger)
