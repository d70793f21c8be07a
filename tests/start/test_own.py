"""`make run DEMO=0`: a programme of one's own, its first coordinator, and nothing of the demo."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD, Person
from tests.start.launching import Demo
from tests.start.test_run import make
from tools.own import FirstCoordinator, Unsaid, first_coordinator
from tools.processes import free_port

CARLA = {
    "COORDINATOR_EMAIL": "carla@network.example",
    "COORDINATOR_NAME": "Carla Rossi",
    "NETWORK": "Council of Towns",
}
ASKED = " ".join(f"{name}=…" for name in CARLA)


@pytest.mark.slow
@pytest.mark.xdist_group("start")
class TestStarting:
    @pytest.fixture
    def own(self, loaded: Path, tmp_path: Path) -> Iterator[Demo]:
        """A folder in which nothing is but the static files, which are the demo's."""
        var = tmp_path / "own"
        shutil.copytree(loaded / "static", var / "static")
        static = json.loads((loaded / "stamps.json").read_text())["static"]
        (var / "stamps.json").write_text(json.dumps({"static": static}))
        own = Demo(var, DEMO="0", **CARLA)
        yield own
        own.end()

    def test_the_first_coordinator_comes_in(self, own: Demo, browse: Callable[..., Page]):
        own.launch().wait()
        assert "demo.example" not in own.output
        link = next(line for line in own.output.splitlines() if "/sign/password/" in line).strip()
        carla = Person("Carla Rossi", CARLA["COORDINATOR_EMAIL"], browse(base_url=own.url)).go(link)
        carla.fill("Choose a password", PASSWORD).fill("The same password again", PASSWORD).press("Save")
        carla.go("/sign/login/").enter_password()
        carla.reads("First steps").reads("Council of Towns")
        expect(carla.page.locator(".demo-banner")).to_have_count(0)
        carla.go("/sign/password/reset/").fill("E-mail", carla.email).press("Send me the link")
        mails = [file.read_text() for file in (own.var / "mails").iterdir()]
        assert any("/sign/password/reset/key/" in mail for mail in mails)

        carla.go("about:blank")
        own.interrupt()
        own.is_gone()
        own.env = {"DEMO": "0"}  # who was made is there: nothing is asked again
        own.launch().wait()
        assert "/sign/password/" not in own.output
        assert own.rows("SELECT email FROM accounts_user") == [(carla.email,)]

    def test_nobody_to_ask(self, tmp_path: Path):
        said = make("run", DEMO="0", VAR_DIR=str(tmp_path), PORT=str(free_port()))
        assert said.returncode == 2
        assert said.stderr.splitlines()[0] == (
            f"A programme of your own needs its first coordinator: {ASKED} make run DEMO=0"
        )

    def test_not_beside_a_demo(self, loaded: Path):
        said = make("run", DEMO="0", VAR_DIR=str(loaded), PORT=str(free_port()), **CARLA)
        assert said.stderr.splitlines()[0] == f"{loaded} holds the demo; give your own programme another VAR_DIR."

    @pytest.mark.parametrize("word", ["run", "reset"])
    def test_no_demo_beside_it(self, tmp_path: Path, word: str):
        (tmp_path / "own.sqlite3").write_text("mine")
        said = make(word, VAR_DIR=str(tmp_path), PORT=str(free_port()))
        assert said.stderr.startswith(f"{tmp_path} holds a programme of your own, no demo")
        assert (tmp_path / "own.sqlite3").read_text() == "mine"

    def test_nothing_of_it_is_forgotten(self, tmp_path: Path):
        (tmp_path / "own.sqlite3").write_text("mine")
        assert "yours to delete" in make("reset", DEMO="0", VAR_DIR=str(tmp_path)).stderr
        assert (tmp_path / "own.sqlite3").exists()


class TestAsking:
    @pytest.fixture
    def terminal(self, monkeypatch) -> Callable[..., None]:
        """`terminal(*answers)`: somebody sits there and answers so; then the input ends."""
        for name in CARLA:
            monkeypatch.delenv(name, raising=False)

        def answers(*words: str) -> None:
            said = iter(words)

            def ask(question: str) -> str:
                try:
                    return next(said)
                except StopIteration:
                    raise EOFError from None

            monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
            monkeypatch.setattr("builtins.input", ask)

        return answers

    def test_until_each_answer_can_be_used(self, tmp_path: Path, terminal):
        terminal("carla", "carla@network.example", "", "Carla Rossi", "Council of Towns")
        assert first_coordinator(tmp_path) == FirstCoordinator(*CARLA.values())

    def test_only_what_the_environment_does_not_say(self, tmp_path: Path, terminal, monkeypatch):
        terminal("Carla Rossi")
        monkeypatch.setenv("COORDINATOR_EMAIL", CARLA["COORDINATOR_EMAIL"])
        monkeypatch.setenv("NETWORK", CARLA["NETWORK"])
        assert first_coordinator(tmp_path) == FirstCoordinator(*CARLA.values())

    def test_the_end_of_the_input(self, tmp_path: Path, terminal):
        terminal("carla@network.example")
        with pytest.raises(Unsaid, match="COORDINATOR_NAME was not said"):
            first_coordinator(tmp_path)

    def test_not_an_address(self, tmp_path: Path, monkeypatch):
        for name, words in (CARLA | {"COORDINATOR_EMAIL": "carla"}).items():
            monkeypatch.setenv(name, words)
        with pytest.raises(Unsaid, match="'carla' is not an e-mail address"):
            first_coordinator(tmp_path)
