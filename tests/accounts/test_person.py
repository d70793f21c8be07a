"""Language and time zone: the account's first, then the cookie's, then the browser's."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from programmes.accounts.models import User
from tests.pages import send


def language_of(client: Client, **headers) -> str:
    return client.get("/sign/login/", **headers).headers["Content-Language"]


@pytest.mark.django_db
def test_a_stranger_reads_the_language_of_the_browser_or_the_cookie(client: Client):
    assert language_of(client) == "en"
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="es-ES,es;q=0.9") == "es"
    client.post("/account/language/", {"language": "es", "next": "/sign/login/"})
    assert language_of(client, HTTP_ACCEPT_LANGUAGE="en") == "es"


@pytest.mark.django_db
def test_switching_language_on_the_sign_in_page_stays_there(client: Client):
    page = "/sign/login/?next=/account/"
    assert client.post("/account/language/", {"language": "es", "next": page}).url == page


def test_an_account_keeps_its_language(client: Client, bert: User):
    client.force_login(bert)
    response = client.get("/account/", HTTP_ACCEPT_LANGUAGE="en")
    assert 'lang="es"' in response.content.decode()
    client.post("/account/language/", {"language": "en"})
    bert.refresh_from_db()
    assert bert.language == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "xx", "lv", "e" * 5000, "\x00"])
def test_a_language_without_pages_is_refused_with_a_sentence(client: Client, language: str):
    response = client.post("/account/language/", {"language": language, "next": "/sign/login/"}, follow=True)
    assert "not available in that language" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/account/language/", ""])
def test_switching_language_leads_nowhere_else(client: Client, target: str):
    assert client.post("/account/language/", {"language": "es", "next": target}).url == "/"


def test_times_are_shown_where_the_person_is(client: Client, anna: User):
    User.objects.update(time_zone="Asia/Tokyo")
    client.force_login(anna)
    client.get("/account/")
    assert timezone.get_current_timezone_name() == "Asia/Tokyo"
    User.objects.update(time_zone="Nowhere/Atlantis")
    assert client.get("/account/").status_code == 200
    assert timezone.get_current_timezone_name() == "Europe/Brussels"


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    timezone.deactivate()
    translation.deactivate()


def test_profile_is_saved_and_noted(client: Client, anna: User):
    client.force_login(anna)
    data = {"name": " Anna O. ", "language": "es", "time_zone": "Europe/Riga"}
    response = send(client, "/account/", data, follow=True)
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.time_zone) == ("Anna O.", "es", "Europe/Riga")
    assert 'lang="es"' in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 1500),
        ("language", "lv"),
        ("time_zone", "Atlantis"),
        ("time_zone", "../../etc/passwd"),
    ],
)
def test_profile_says_at_the_field_what_is_wrong(client: Client, anna: User, field: str, value: str):
    client.force_login(anna)
    data = {"name": "Anna", "language": "en", "time_zone": "UTC", field: value}
    response = send(client, "/account/", data)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}


def test_the_token_page_says_who_is_there_without_naming_them(client: Client, anna: User, bert: User):
    stranger = client.get("/account/csrf/").json()
    assert (stranger["signed_in"], stranger["person"]) == (False, "")
    seen = set()
    for user in (anna, bert):
        client.force_login(user)
        answer = client.get("/account/csrf/").json()
        assert answer["signed_in"]
        assert len(answer["token"]) == 64
        seen.add(answer["person"])
    assert len(seen) == 2
    assert not seen & {str(anna.pk), str(bert.pk)}


def test_every_time_zone_offered_exists():
    from zoneinfo import ZoneInfo

    from programmes.common.zones import zone_choices

    zones = [name for _region, group in zone_choices() for name, _label in group]
    assert "Europe/Brussels" in zones
    assert all(datetime.datetime.now(ZoneInfo(name)) for name in zones)


def test_time_zones_stand_in_the_order_of_the_readers_language():
    from programmes.common.zones import zone_choices

    with translation.override("es"):
        europe = [str(label) for _name, label in dict(zone_choices())["Europe"]]
    assert europe.index("Dublín") < europe.index("Estambul") < europe.index("Estocolmo") < europe.index("Gibraltar")
    assert "Istanbul" in dict(dict(zone_choices())["Europe"]).values()
