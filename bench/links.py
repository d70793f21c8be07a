"""The page behind a personal link, as somebody without an account gets it: five questions of a city."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figure import Figure, median_ms
from programmes.accounts.services import person_for
from programmes.conversations.groups.services import ask, links_of
from programmes.links.tokens import path_of
from programmes.overview import sample
from programmes.partnerships.models import Participation, SupportGroup

TIMES = 60
LINK_MS, MOST_QUERIES = 40, 12


def figures(many: sample.Sample) -> list[Figure]:
    part = Participation.objects.filter(partnership__programme=many.programme, role="mentee").select_related("team")[0]
    group, _made = SupportGroup.objects.get_or_create(team=part.team, defaults={"city": part.organisation})
    person = person_for(email="", name="Anna Liepa")
    group.members.create(name="Anna Liepa", organisation_name="Newcomers’ council", person=person)
    by, questions = sample.officer(part.team), [f"What about the matter {number}?" for number in range(1, 6)]
    asking = ask(group=group, questions=questions, days=14, by=by, site="http://localhost/")
    client, link = Client(headers={"host": "localhost"}), links_of(asking).get(person=person)
    client.post(path_of(link))
    address = f"/l/{link.pk}/"

    def get() -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} did not open")

    value = median_ms(get, times=TIMES)
    with CaptureQueriesContext(connection) as seen:
        get()
    return [Figure("link_page", value, "ms", LINK_MS, {"queries": len(seen)}, also=len(seen) <= MOST_QUERIES)]
