"""Pages for what goes wrong: in style, in the reader's language, the last two without asking anybody."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse


@pytest.mark.parametrize("code", ["500", "503"])
def test_stand_on_their_own(code):
    page = render_to_string(f"{code}.html")
    assert f'<p class="error-page__code">{code}</p>' in page
    assert "css/app.css" in page
    assert "style=" not in page
    assert "<style" not in page


@pytest.mark.django_db
def test_nothing_here(client):
    answer = client.get("/nothing/here/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert b"Page not found, or not shared with you" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["common:privacy", "common:accessibility"])
def test_notices_are_public(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert answer.content.count(b"<h1") == 1
