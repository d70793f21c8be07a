"""PostgreSQL and Redis are stopped as they are (SIGSTOP): they accept connections and answer nobody; or killed.

gunicorn runs as in docker-compose.yml. Nothing may wait for longer than `AT_MOST` seconds, nothing typed is lost, and
when the servers go on (SIGCONT), so does everything else.
"""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest

from tests.pages import told_in
from tests.services import Server
from tests.start.containers import Containers, Visitor, token_of
from tests.start.launching import until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]

AT_MOST = 6
PASSWORD = "a long enough password"
TYPED = "Nobody waits longer than a month.\n\nĢertrūde & <b>co</b>"
SOMEBODY = f"""
from allauth.account.models import EmailAddress
from programmes.accounts.models import User
user = User.objects.create_user(email="ilze@example.org", password="{PASSWORD}", name="Ilze")
EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
from tests.stage import Stage
mentor = Stage(absent=["mentor_association"]).user("mentor")
EmailAddress.objects.update_or_create(user=mentor, email=mentor.email, defaults={{"primary": True, "verified": True}})
"""
TEAM = """
from programmes.partnerships.models import Team
print(Team.objects.get(members__person__user__email="mentor@example.org").pk)
"""


@pytest.fixture(scope="module")
def port(containers: Containers) -> int:
    containers.run("web", "python", "manage.py", "shell", "--verbosity=0", "-c", SOMEBODY)
    port = containers.up("web", 9)
    until(lambda: containers.is_healthy("web", port), "the web server")
    return port


@pytest.fixture
def ilze(port: int) -> Visitor:
    """Signed in, and with a page open that has a form."""
    visitor = Visitor(port)
    visitor.sign_in("ilze@example.org", PASSWORD)
    return visitor


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """The server and what it forked; none of it does anything, not even refuse."""
    assert server.child is not None
    held: list[int] = []
    try:
        for pid in of_family(server.child.pid):
            os.kill(pid, signal.SIGSTOP)
            held.append(pid)
        yield
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)


def of_family(pid: int) -> Iterator[int]:
    """It first, so that it forks no more, then its children, which PostgreSQL gives sessions of their own."""
    yield pid
    yield from (int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@contextmanager
def within(seconds: float = AT_MOST) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def style_sheet(page: str) -> str:
    return next(word for word in page.split('"') if word.startswith("/static/") and word.endswith(".css"))


class TestPostgreSQL:
    def test_pages_say_so_and_the_rest_goes_on(self, containers: Containers, port: int, ilze: Visitor):
        css = style_sheet(ilze.get("/account/"))
        with stopped(containers.postgresql):
            with within():
                status, page = ilze.ask("GET", "/account/")
            assert (status, ilze.headers["Retry-After"]) == (503, "10")
            assert "nothing can be saved just now" in page.decode()
            with within(2):
                assert Visitor(port).ask("GET", "/livez") == (200, b"ok")
                assert Visitor(port).ask("GET", css)[0] == 200
                assert 'name="password"' in Visitor(port).get("/sign/login/")
            with within():
                assert Visitor(port).ask("GET", "/healthz")[0] == 503
        until(lambda: ilze.ask("GET", "/account/")[0] == 200, "the database")

    def test_what_was_typed_comes_back_and_can_be_sent_again(self, containers: Containers, ilze: Visitor):
        fields = {"language": "en", "time_zone": "Europe/Riga", "name": TYPED}
        page = ilze.get("/account/")
        fields |= {"csrfmiddlewaretoken": token_of(page), **told_in(page)}
        with stopped(containers.postgresql), within():
            status, page = ilze.ask("POST", "/account/", fields)
        assert status == 503
        assert f'name="name" rows="4" dir="auto" readonly>\n{TYPED}</textarea>' in unescape(page.decode())
        assert f'name="csrfmiddlewaretoken" hidden>\n{fields["csrfmiddlewaretoken"]}</textarea>' in page.decode()
        until(lambda: ilze.ask("GET", "/account/")[0] == 200, "the database")
        assert ilze.ask("POST", "/account/", {**fields, "name": "Ilze"})[0] == 302

    def test_a_password_is_never_put_into_a_page(self, containers: Containers, port: int, ilze: Visitor):
        visitor = Visitor(port)
        fields = {"login": "ilze@example.org", "password": PASSWORD}
        fields["csrfmiddlewaretoken"] = token_of(visitor.get("/sign/login/"))
        with stopped(containers.postgresql), within():
            status, page = visitor.ask("POST", "/sign/login/", fields)
        assert status == 503
        assert PASSWORD not in page.decode()
        until(lambda: ilze.ask("GET", "/account/")[0] == 200, "the database")
        assert visitor.ask("POST", "/sign/login/", fields)[0] == 302

    def test_many_at_once(self, containers: Containers, port: int, ilze: Visitor):
        """More than there are threads: whoever comes when all of them wait does not wait for as long again."""
        visitors = [Visitor(port) for _ in range(20)]
        for visitor in visitors:
            visitor.cookies = ilze.cookies
        with stopped(containers.postgresql), ThreadPoolExecutor(len(visitors)) as pool, within():
            statuses = list(pool.map(lambda visitor: visitor.ask("GET", "/account/")[0], visitors))
        assert set(statuses) == {503}
        until(lambda: ilze.ask("GET", "/account/")[0] == 200, "the database")

    def test_a_killed_process_of_it_loses_nothing_that_was_accepted(self, containers: Containers, ilze: Visitor):
        """It then ends all connections, and recovers from its log."""
        for number in range(6):
            if number % 2:
                assert containers.postgresql.child is not None
                os.kill(list(of_family(containers.postgresql.child.pid))[-1], signal.SIGKILL)
            until(lambda number=number: _is_renamed(ilze, f"Ilze {number}"), "the save")


def _is_renamed(visitor: Visitor, name: str) -> bool:
    """Tries once; what was accepted stands."""
    status, page = visitor.ask("GET", "/account/")
    if status != 200:
        return False
    fields = {
        "language": "en",
        "time_zone": "Europe/Riga",
        "name": name,
        "csrfmiddlewaretoken": token_of(page.decode()),
    }
    accepted = visitor.ask("POST", "/account/", fields | told_in(page.decode()))[0] == 302
    until(lambda: visitor.ask("GET", "/account/")[0] == 200, "the database")
    assert not accepted or f'value="{name}"' in visitor.get("/account/")
    return accepted


class TestRedis:
    def test_sign_in_and_pages_go_on(self, containers: Containers, port: int):
        visitor = Visitor(port)
        with stopped(containers.redis):
            with within():
                visitor.sign_in("ilze@example.org", PASSWORD)
            with within():
                visitor.get("/account/")
            with within():
                status, reply = visitor.ask("GET", "/healthz")
            assert status == 503
            assert b'"broker": {"ok": false}' in reply

    def test_what_is_told_to_the_worker_waits_for_nobody(self, containers: Containers, port: int):
        """Somebody is invited, which mails; a document is asked for. Either is done, and one wait is enough for all."""
        mentor = Visitor(port)
        mentor.sign_in("mentor@example.org", PASSWORD)
        team = containers.run("web", "python", "manage.py", "shell", "--verbosity=0", "-c", TEAM).strip()
        address = f"/teams/{team}/invite/"
        page = mentor.get(address)
        with stopped(containers.redis), within():
            for name in ("one", "two", "three"):
                fields = {"name": name, "email": f"{name}@example.org", "language": "en", **told_in(page)}
                mentor.post(address, page, **fields, form_key=uuid4())
            blank = {"kind": "strengths", "subject_id": 0, "language": "en", "format": "pdf", "blank": "on"}
            mentor.post("/documents/ask/", page, **blank)

    def test_attempts_are_limited_without_it(self, containers: Containers, port: int):
        """In each process for itself."""
        visitor = Visitor(port, address="192.0.2.66")
        page = visitor.get("/sign/login/")
        fields = {"csrfmiddlewaretoken": token_of(page), "login": "janis@example.org", "password": "a guess"}
        with stopped(containers.redis), within(30):
            statuses = [visitor.ask("POST", "/sign/login/", fields)[0] for _ in range(12)]
        assert statuses[0] == 200
        assert "Too many" in visitor.ask("POST", "/sign/login/", fields)[1].decode()


def test_both(containers: Containers, ilze: Visitor):
    with stopped(containers.redis), stopped(containers.postgresql), within():
        assert ilze.ask("GET", "/")[0] == 503
    until(lambda: ilze.ask("GET", "/account/")[0] == 200, "the database")
    log = (Path(containers.folder) / "web-9.log").read_text()
    assert "database.silent" in log
    assert "Traceback" not in log
