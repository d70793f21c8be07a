"""Sample data, and who opens and types what in it: one JSON line for `bench.load`, which knows no Django.

`python -m bench.load_world HOST`, in the environment of the web server.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Any

import django

PARTNERSHIPS = 100
OFFICERS = 8
TURNS = 24
"""How often each kind of page comes in one round of all visits."""
SECTION = re.compile(r'href="(/forms/[0-9]+/\?section=[a-z_]+)"')


def main(host: str) -> None:
    django.setup()
    from django.db import connection

    from programmes.overview import sample

    made = sample.create(partnerships=PARTNERSHIPS, seed=1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    world = World(made, host)
    print(json.dumps({"visits": list(world.visits()), "boxes": list(world.boxes())}))


class World:
    def __init__(self, made: Any, host: str) -> None:
        from programmes.action_plans.models import Plan
        from programmes.overview.sample import officer

        self.made, self.host = made, host
        plans = Plan.objects.filter(partnership__programme=made.programme).order_by("pk")[:OFFICERS]
        self.cities = [(plan, self.client(officer(plan.team))) for plan in plans]
        self.mentors = [self.client(officer(self.mentor_of(plan))) for plan, _ in self.cities[:4]]
        self.coordinator, self.facilitator = self.client(made.coordinator), self.client(made.facilitator)

    def client(self, user: Any) -> Any:
        from django.test import Client

        client = Client(headers={"host": self.host, "x-forwarded-proto": "https"})
        client.force_login(user)
        return client

    @staticmethod
    def mentor_of(plan: Any) -> Any:
        return plan.partnership.participations.get(role="mentor").team

    def visits(self) -> Iterator[dict[str, str]]:
        """The kinds of pages one after the other, each by the next of those who use it."""
        kinds = {name: list(islice(cycle(places), TURNS)) for name, places in self.kinds().items()}
        for turn in range(TURNS):
            for name, places in kinds.items():
                client, path = places[turn]
                yield {"name": name, "path": path, "session": session(client)}

    def kinds(self) -> dict[str, Iterable[tuple[Any, str]]]:
        officers = [client for _, client in self.cities]
        everybody = [*officers, *self.mentors, self.facilitator, self.coordinator]
        board, partnerships = self.made.programme.get_absolute_url(), [p.partnership for p, _ in self.cities]
        guided = officers + self.mentors + [self.facilitator]
        homes = [partnership.get_absolute_url() for partnership in partnerships]
        return {
            "my_work": [(client, "/") for client in everybody],
            "partnership": list(zip(guided, [*homes, *homes[:4], homes[0]], strict=True)),
            "form": [place for plan, client in self.cities for place in self.sections(plan, client)],
            "plan": [(client, plan.get_absolute_url()) for plan, client in self.cities],
            "board": [(self.coordinator, board), (self.facilitator, board)],
            "directory": [(client, "/directory/") for client in everybody],
        }

    def sections(self, plan: Any, client: Any) -> list[tuple[Any, str]]:
        """Two sections of the form of one city, others for each."""
        form = f"/forms/{self.response(plan).pk}/"
        found = sorted(set(SECTION.findall(client.get(form).content.decode())))
        start = self.cities.index((plan, client)) * 2
        return [(client, link) for link in islice(cycle(found), start, start + 2)]

    @staticmethod
    def response(plan: Any) -> Any:
        from programmes.assessments.models import Response

        return Response.objects.get(team=plan.team)

    def boxes(self) -> Iterator[dict[str, Any]]:
        """A box of a form, then a cell of a plan, and so on: all of them of texts."""
        from programmes.overview.sample import PARTS

        for turn in range(4):
            for plan, client in self.cities:
                answer = self.response(plan).answers.get(part_key=PARTS[turn])
                path = f"/forms/{answer.response_id}/boxes/{answer.part_key}/"
                yield {"name": "answer", "path": path, "session": session(client)} | began(answer)
            for plan, client in self.cities:
                cell = plan.actions.order_by("pk")[turn].cells.get(column_key="results")
                path = f"/plans/actions/{cell.action_id}/cells/{cell.column_key}/"
                yield {"name": "cell", "path": path, "session": session(client)} | began(cell)


def began(row: Any) -> dict[str, Any]:
    return {"base": row.revision, "value": row.value}


def session(client: Any) -> str:
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main(sys.argv[1])
