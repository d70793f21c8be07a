"""Two more in the cast: somebody with a link, and somebody with another's. They reach pages of links, and everything
else is for them as for nobody. So each address is looked at once by a browser that holds a link, and no more."""

import pytest
from django.test import Client

from programmes.links.tokens import path_of

from .row import SIGN_IN, Row, Visitors, undone
from .rows.links import asked_link, seat_link
from .table import ROWS

pytestmark = pytest.mark.django_db

OTHERS = [row for row in ROWS if not row.name.startswith("links:")]
ACTS = ("decline", "mails", "erase", "hand-back")


def holding(link) -> Client:
    client = Client()
    client.post(path_of(link))
    return client


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row.id)
def test_a_link_opens_no_other_page(visitors: Visitors, row: Row):
    method = "get" if row.get is not None else "post"
    with undone():
        client, url = holding(seat_link(visitors.world)), row.url(visitors.world)
        data = row.data(visitors.world) if method == "post" else {}
        answer = getattr(client, method)(url, data)
        location = answer.headers.get("Location", "")
        found = "sign_in" if answer.status_code == 302 and location.startswith(SIGN_IN) else str(answer.status_code)
    expected = row.expected("anonymous", method.upper())
    assert (found == expected) if expected != "in" else found != "sign_in", f"{row.id}: {found}"


def test_with_a_link_of_ones_own(visitors: Visitors):
    with undone():
        link = seat_link(visitors.world)
        client, work = holding(link), f"/l/{link.pk}/"
        assert client.get(work).status_code == 200
        assert [client.post(f"{work}{act}/").status_code for act in ACTS] == [302, 302, 302, 200]
        assert client.get(work).status_code == 404


def test_with_somebody_elses(visitors: Visitors):
    with undone():
        mine, others = seat_link(visitors.world), asked_link(visitors.world)
        client = holding(mine)
        for url in (f"/l/{others.pk}/", *(f"/l/{others.pk}/{act}/" for act in ACTS)):
            assert client.post(url, {}).status_code == 404, url
        assert client.get(f"/l/{others.pk}/").status_code == 404
        assert client.post(f"/l/{mine.pk}/again/").headers["Location"].startswith(SIGN_IN)
