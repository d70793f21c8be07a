"""Nothing typed is lost to an expired sign-in or an old token, and nobody else ever reads it.

The profile stands for every page: it needs a sign-in and takes a POST.
"""

import datetime
import re
from html import unescape

import pytest
from django.middleware.csrf import _mask_cipher_secret
from django.utils import timezone

from programmes.accounts import kept, selectors
from programmes.accounts.models import FormOwner, KeptPost, User

from .conftest import PASSWORD, Browser

PAGE = "/account/"
TYPED = {"name": "Anna Ozola\nsecond line", "language": "en", "time_zone": "Europe/Riga"}
JSON = {"HTTP_ACCEPT": "application/json"}
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/account/?tab=2"}


@pytest.fixture
def at_the_form(browser: Browser, anna: User) -> Browser:
    """Anna, signed in, with her profile open."""
    browser.sign_in(anna)
    browser.open(PAGE)
    return browser


def resend(browser: Browser, page) -> object:
    """Press the button of the offer: the hidden fields as a browser would send them."""
    html = page.content.decode()
    form = re.search(r'<form method="post" action="/account/">(.*?)</form>', html, re.DOTALL)[1]
    data = {
        name: unescape(value).replace("\n", "\r\n")
        for name, value in re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', form, re.DOTALL)
    }
    number = re.search(r'name="_kept" value="(\d+)"', form)[1]
    return browser.send(PAGE, {**data, "_kept": number})


def test_an_expired_session_keeps_and_offers_what_was_typed(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    refused = at_the_form.send(PAGE, TYPED)
    post = KeptPost.objects.get()
    assert refused.url == f"/sign/login/?next=%2Faccount%2Fkept%2F{post.pk}%2F"
    assert post.owner == anna
    assert PASSWORD not in post.body

    back = at_the_form.sign_in(anna, f"/account/kept/{post.pk}/")
    page = at_the_form.open(back.url)
    assert "Anna Ozola<br>second line" in page.content.decode()
    assert resend(at_the_form, page).url == PAGE
    anna.refresh_from_db()
    assert (anna.name, anna.time_zone) == ("Anna Ozola\nsecond line", "Europe/Riga")
    assert not KeptPost.objects.exists()


def test_an_old_token_keeps_what_was_typed_while_signed_in_again(at_the_form: Browser, anna: User):
    old = at_the_form.token
    at_the_form.lose_session()
    at_the_form.sign_in(anna)
    refused = at_the_form.post(PAGE, {**TYPED, "csrfmiddlewaretoken": old})
    assert refused.url == f"/account/kept/{KeptPost.objects.get().pk}/"


def test_another_person_at_the_same_computer_never_sees_it(at_the_form: Browser, bert: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, TYPED)
    post = KeptPost.objects.get()
    at_the_form.sign_in(bert)
    assert at_the_form.get(f"/account/kept/{post.pk}/").status_code == 404
    assert at_the_form.send(f"/account/kept/{post.pk}/").status_code in (403, 404)
    assert "Ozola" not in at_the_form.open("/account/kept/").content.decode()
    assert KeptPost.objects.filter(pk=post.pk).exists()


def test_annas_old_form_under_berts_sign_in_is_refused_and_stays_hers(at_the_form: Browser, anna: User, bert: User):
    old = at_the_form.token
    at_the_form.lose_session()
    at_the_form.sign_in(bert)
    refused = at_the_form.post(PAGE, {**TYPED, "csrfmiddlewaretoken": old})
    assert refused.status_code == 403
    assert b"Ozola" not in refused.content
    assert KeptPost.objects.get().owner == anna
    bert.refresh_from_db()
    assert bert.name == "Bert"


def test_after_signing_out_forms_belong_to_nobody(at_the_form: Browser):
    assert at_the_form.send("/sign/logout/").url == "/sign/login/"
    assert at_the_form.cookies["csrftoken"].value
    token = _mask_cipher_secret(at_the_form.cookies["csrftoken"].value)
    at_the_form.post(PAGE, {**TYPED, "csrfmiddlewaretoken": token})
    assert not KeptPost.objects.exists()


def test_a_foreign_form_is_kept_for_nobody(at_the_form: Browser):
    for token in ("", "x" * 64, "é" * 64, "a" * 32, "a" * 5000):
        at_the_form.post(PAGE, {**TYPED, "csrfmiddlewaretoken": token})
    assert not KeptPost.objects.exists()


def test_passwords_and_sign_in_forms_are_never_kept(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, {**TYPED, "password": "s3cret-a", "new_password1": "s3cret-b"})
    assert "s3cret" not in KeptPost.objects.get().body
    KeptPost.objects.all().delete()
    at_the_form.send("/sign/password/change/", {"oldpassword": PASSWORD, "password1": "s3cret-c"})
    at_the_form.post("/account/language/", {"language": "es", "csrfmiddlewaretoken": at_the_form.token})
    at_the_form.post("/sign/login/", {"login": anna.email, "csrfmiddlewaretoken": at_the_form.token[::-1]})
    assert not KeptPost.objects.exists()


def test_a_script_is_told_in_json_and_keeps_its_own_copy(at_the_form: Browser, anna: User):
    old = at_the_form.token
    at_the_form.lose_session()
    expired = at_the_form.send(PAGE, TYPED, **JSON)
    assert expired.status_code == 401
    assert expired.json()["sign_in"].startswith("/sign/login/")
    at_the_form.sign_in(anna)
    stale = at_the_form.post(PAGE, {**TYPED, "csrfmiddlewaretoken": old}, **JSON)
    assert (stale.status_code, stale.json()) == (403, {"signed_in": True, "token": "old"})
    assert not KeptPost.objects.exists()


def test_a_part_that_a_page_fetches_or_sends_takes_nobody_away_from_what_they_type(at_the_form: Browser):
    at_the_form.lose_session()
    for part in (at_the_form.get(PAGE, **HTMX), at_the_form.send(PAGE, TYPED, **HTMX)):
        assert part.status_code == 401
        assert not part.content
        assert not {"HX-Redirect", "Location"} & set(part.headers)
    assert not KeptPost.objects.exists()


def test_whoever_signs_in_elsewhere_is_told_of_it(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, TYPED)
    at_the_form.sign_in(anna)
    assert 'href="/account/kept/"' in at_the_form.open(PAGE).content.decode()


def test_a_form_that_comes_back_with_errors_stays_kept(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, {**TYPED, "time_zone": "Nowhere/Atlantis"})
    post = KeptPost.objects.get()
    at_the_form.sign_in(anna)
    answer = resend(at_the_form, at_the_form.open(f"/account/kept/{post.pk}/"))
    assert answer.status_code == 200
    assert KeptPost.objects.filter(pk=post.pk).exists()


def test_throwing_it_away(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, TYPED)
    post = KeptPost.objects.get()
    at_the_form.sign_in(anna)
    at_the_form.open(f"/account/kept/{post.pk}/")
    assert at_the_form.send(f"/account/kept/{post.pk}/").url == "/account/kept/"
    assert not KeptPost.objects.exists()


def test_after_a_day_it_is_gone(at_the_form: Browser, anna: User):
    at_the_form.lose_session()
    at_the_form.send(PAGE, TYPED)
    KeptPost.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
    assert not selectors.kept_posts_of(anna).exists()


def test_no_more_than_a_few_are_kept(at_the_form: Browser):
    at_the_form.lose_session()
    for _ in range(kept.MOST_KEPT + 2):
        at_the_form.send(PAGE, TYPED)
    assert KeptPost.objects.count() == kept.MOST_KEPT


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</textarea><b>x", "مرحبا", "😀" * 10, "\x00\x1b[31m", "=1+1"]
)
def test_hostile_text_is_kept_and_shown_escaped(at_the_form: Browser, anna: User, text: str):
    at_the_form.lose_session()
    at_the_form.send(PAGE, {**TYPED, "name": text})
    post = KeptPost.objects.get()
    at_the_form.sign_in(anna)
    page = at_the_form.open(f"/account/kept/{post.pk}/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "</textarea><b>" not in page.content.decode()


def test_a_lost_token_cookie_is_put_back(at_the_form: Browser, anna: User):
    secret = at_the_form.session[kept.SESSION_KEY]
    assert FormOwner.objects.get(fingerprint=kept.fingerprint(secret)).user == anna
    at_the_form.cookies.pop("csrftoken")
    at_the_form.open(PAGE)
    assert at_the_form.cookies["csrftoken"].value == secret


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "-1", "٣"])
def test_a_nonsensical_mark_of_a_kept_form_does_no_harm(at_the_form: Browser, number: str):
    assert (
        at_the_form.send(PAGE, {"name": "Anna", "language": "en", "time_zone": "UTC", "_kept": number}).status_code
        == 302
    )
