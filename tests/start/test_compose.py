"""docker-compose.yml without Docker: from an empty database to a rendered document, two of each.

What this cannot show is the image itself: that is built nowhere here.
"""

import http.client
import json
import socket
from contextlib import closing

import pytest

from tests.start.containers import COMPOSE, HOST, Containers, Visitor
from tests.start.launching import PATIENCE, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]

APP = ("migrate", "web", "worker", "documents", "scheduler")


SOMEBODY = """
from programmes.action_plans.models import Plan
from programmes.overview.sample import officer
plan = Plan.objects.first()
user = officer(plan.team)
user.set_password("a long enough password")
user.save()
print(user.email, plan.pk)
"""


def test_from_an_empty_database_to_a_rendered_document(containers: Containers):
    containers.run("web", "python", "manage.py", "create_sample_data", "--partnerships", "2")
    email, plan = containers.run("web", "python", "manage.py", "shell", "--verbosity=0", "-c", SOMEBODY).split()[-2:]

    ports = [containers.up("web", number) for number in (1, 2)]
    for number in (1, 2):
        containers.up("documents", number)
    containers.up("worker")
    containers.up("scheduler")
    for port in ports:
        until(lambda port=port: containers.is_healthy("web", port), "the web server")
    for service in ("worker", "documents", "scheduler"):
        until(lambda service=service: containers.is_healthy(service), f"a beat of {service}")
        log = (containers.folder / f"{service}-1.log").read_text().splitlines()
        assert {json.loads(line)["timestamp"][-1] for line in log} <= {"Z"}

    first, second = Visitor(ports[0]), Visitor(ports[1])
    first.sign_in(email, "a long enough password")
    second.cookies = first.cookies
    assert second.ask("GET", "/healthz")[0] == 200
    page = second.get("/")

    wanted = {"kind": "action-plan", "subject_id": plan, "language": "en", "format": "pdf", "texts": "original"}
    document = second.post("/documents/ask/", page, **wanted)
    file = f"{document.rstrip('/')}/file/"
    until(lambda: first.ask("GET", file)[0] == 200, "the document")
    assert first.ask("GET", file)[1].startswith(b"%PDF-")


def test_only_https_and_only_its_own_name(containers: Containers):
    visitor = Visitor(containers.up("web", 3))
    until(lambda: containers.is_healthy("web", visitor.port), "the web server")
    with closing(http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/", headers={"Host": HOST})
        plain = connection.getresponse()
        assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/")
    with closing(http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/", headers={"Host": "elsewhere.example", "X-Forwarded-Proto": "https"})
        assert connection.getresponse().status == 400
    visitor.ask("GET", "/")
    assert visitor.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_lines_of_the_web_server_are_json_and_name_no_path(containers: Containers):
    visitor = Visitor(containers.up("web", 4))
    until(lambda: containers.is_healthy("web", visitor.port), "the web server")
    visitor.ask("GET", "/sign/login/?next=/a-secret/")
    visitor.ask("GET", "/static/a-secret/")
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=PATIENCE) as connection:
        connection.sendall(b"GET /a-secret/ NONSENSE\r\n\r\n")
        assert b"400" in connection.recv(1000)
    lines = [json.loads(line) for line in (containers.folder / "web-4.log").read_text().splitlines()]
    assert {line["timestamp"][-1] for line in lines} == {"Z"}
    asked = {line["route"]: line for line in lines if line["event"] == "answered"}
    assert asked["sign/login/"] | {"timestamp": "", "bytes": 0, "ms": 0} == {
        "event": "answered",
        "logger": "gunicorn.access",
        "level": "info",
        "timestamp": "",
        "method": "GET",
        "route": "sign/login/",
        "status": 200,
        "bytes": 0,
        "ms": 0,
    }
    assert "Invalid request" in [line["event"] for line in lines]
    assert "a-secret" not in json.dumps(lines)


def test_every_service_says_how_it_is(containers: Containers):
    services = COMPOSE["services"]
    assert {name for name in services if "healthcheck" not in services[name]} == {"migrate"}
    assert all(services[name]["user"] == "10001:10001" for name in APP)


def test_no_service_may_do_more_than_it_needs():
    for name, service in COMPOSE["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert set(service.get("cap_add", [])) == (
            {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"} if name == "postgres" else set()
        )


def test_the_broker_asks_for_a_password_and_is_not_root():
    broker = COMPOSE["services"]["redis"]
    assert broker["user"] == "redis"
    assert "--requirepass ${REDIS_PASSWORD:?" in broker["command"]
    for name in APP:
        assert COMPOSE["services"][name]["environment"]["REDIS_URL"].startswith("redis://:${REDIS_PASSWORD:?"), name


def test_data_outlives_the_containers():
    used = {volume.partition(":")[0] for service in COMPOSE["services"].values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"])
