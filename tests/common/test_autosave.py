"""The protocol of saving: as a script speaks it, and as a plain form does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.common import presence, revisions

pytestmark = [pytest.mark.urls("tests.common.writing"), pytest.mark.django_db]
JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def save(client, answer, ilze):
    client.force_login(ilze)

    def post(headers=JSON, **fields):
        return client.post(f"/write/{answer.pk}/save/", fields, headers=headers)

    return post


def test_saved(save, answer):
    reply = save(base=0, value="A\r\nb", base_value="")
    assert reply.status_code == 200
    body = reply.json()
    assert (body["revision"], body["value"], body["merged"], body["by"]) == (1, "A\nb", False, "Ilze")
    assert body["saved_at"]


def test_merged(save, answer, janis):
    revisions.save(answer, base=0, value="A\n\nB", by=janis)
    revisions.save(answer, base=1, value="A\n\nB1", by=janis)
    assert save(base=1, value="A1\n\nB", base_value="A\n\nB").json()["value"] == "A1\n\nB1"


def test_conflict_for_the_script(save, answer, janis):
    revisions.save(answer, base=0, value="theirs <b>", by=janis)
    reply = save(base=0, value="mine", base_value="")
    assert reply.status_code == 409
    body = reply.json()
    assert (body["base"], body["theirs"], body["mine"]) == ("", "theirs <b>", "mine")
    assert (body["theirs_by"], body["revision"]) == ("Jānis", 1)
    assert "<b>" not in body["theirs_diff"]


def test_conflict_as_a_page_loses_neither_text(save, answer, janis):
    revisions.save(answer, base=0, value="theirs", by=janis)
    reply = save(HTML, base=0, value="mine & more")
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "mine &amp; more" in page
    assert "theirs" in page
    assert "Jānis" in page
    assert save(HTML, base=1, value="mine & more").status_code == 302
    answer.refresh_from_db()
    assert (answer.value, answer.revision) == ("mine & more", 2)


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 30, "1.5"])
def test_a_base_that_makes_no_sense(save, answer, base):
    assert save(base=base, value="A").status_code == 422
    page = save(HTML, base=base, value="kept text")
    assert page.status_code == 422
    assert "kept text" in page.content.decode()


def test_too_long_is_said_at_the_field(save):
    text = "x" * 100_001
    assert "value" in save(base=0, value=text).json()["errors"]
    assert text in save(HTML, base=0, value=text).content.decode()


def test_a_plain_form_goes_back_to_its_page(save, answer):
    assert save(HTML, base=0, value="A").headers["Location"] == f"/write/{answer.pk}/"


def test_signed_out(client, answer):
    assert client.post(f"/write/{answer.pk}/save/", {"base": 0, "value": "A"}, headers=JSON).status_code == 401


def test_following_the_address_of_a_save(save, client, answer):
    assert client.get(f"/write/{answer.pk}/save/").headers["Location"] == f"/write/{answer.pk}/"


def test_history_shows_changes_and_restores(save, client, answer, janis):
    revisions.save(answer, base=0, value="One text", by=janis)
    save(base=1, value="Another text")
    page = client.get(f"/write/{answer.pk}/history/").content.decode()
    assert "Jānis" in page
    assert "</del>" in page
    client.post(f"/write/{answer.pk}/history/", {"revision": 1})
    answer.refresh_from_db()
    assert (answer.value, answer.revision) == ("One text", 3)
    for wrong in ("", "x", "77", "9" * 30):
        assert client.post(f"/write/{answer.pk}/history/", {"revision": wrong}).status_code == 302


def test_history_asks_the_same_number_of_queries(save, client, answer, ilze, janis):
    counts = []
    for number in range(30):
        revisions.save(answer, base=number, value=f"Text {number}", by=[ilze, janis][number % 2])
        if number in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/write/{answer.pk}/history/")
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_presence(client, answer, ilze, janis):
    here = f"/write/{answer.pk}/here/"
    presence.touch("answer", answer.pk, janis)
    client.force_login(ilze)
    assert client.post(here).json()["others"] == ["Jānis"]
    assert presence.others("answer", answer.pk, janis, [ilze, janis]) == {ilze: ""}
    client.post(here, {"leave": "1"})
    assert presence.others("answer", answer.pk, janis, [ilze, janis]) == {}
    assert presence.others("answer", answer.pk + 1, ilze, [ilze, janis]) == {}


def test_what_was_saved_since_is_told_once(client, answer, ilze, janis):
    here = f"/write/{answer.pk}/here/"
    client.force_login(ilze)
    first = client.post(here, {"known": ""}).json()
    assert first["revisions"] == {"text": 0}
    assert "revisions" not in client.post(here, {"known": first["known"]}).json()
    revisions.save(answer, base=0, value="Of Jānis", by=janis, language="lv")
    second = client.post(here, {"known": first["known"]}).json()
    assert second["revisions"] == {"text": 1}
    saved = client.get(here, {"box": ["text", "another"]}).json()["boxes"]
    assert list(saved) == ["text"]
    assert saved["text"]["fields"] == {"value": "Of Jānis", "language": "lv"}
    assert (saved["text"]["revision"], saved["text"]["by"]) == (1, "Jānis")
    assert client.get(here).json() == {"boxes": {}}


def test_who_types_in_which_box(client, answer, ilze, janis):
    presence.touch("answer", answer.pk, janis, "text")
    client.force_login(ilze)
    reply = client.post(f"/write/{answer.pk}/here/", {"box": "x" * 5000}).json()
    assert reply["typing"] == {"text": ["Jānis"]}
    assert presence.others("answer", answer.pk, janis, [ilze]) == {ilze: "x" * 100}


def test_whether_a_text_arrived(save, answer, ilze, janis):
    revisions.save(answer, base=0, value="One\n\nTwo", by=janis)
    revisions.save(answer, base=1, value="One of Ilze\n\nTwo", by=ilze)
    revisions.save(answer, base=2, value="One of Jānis\n\nTwo of Jānis", by=janis)
    arrived = {
        "One of Jānis\n\nTwo of Jānis": True,  # as it stands
        "One of Ilze\n\nTwo": True,  # as it stood
        "One\n\nTwo of Jānis": True,  # what was changed is there
        "One of nobody\n\nTwo": False,
    }
    for value, expected in arrived.items():
        reply = save(base=1, value=value, base_value="One\n\nTwo", arrived=1)
        assert (reply.status_code, reply.json()) == (200, {"arrived": expected}), value
    answer.refresh_from_db()
    assert answer.revision == 3
