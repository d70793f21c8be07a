"""The mail server of `smtp.py` as a process that tests start, kill and start again."""

import json
import signal
import socket
import sys
from typing import Any

from tests.services import ROOT, Server
from tools.processes import start


class MailServer(Server):
    stop_signal = signal.SIGTERM

    def launch(self) -> None:
        command = [sys.executable, "-m", "tests.notices.smtp", str(self.port), str(self.folder / "mails")]
        self.child = start(command, log=self.log, cwd=ROOT)

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(3) == b"220"
        except OSError:
            return False

    def settings(self) -> dict[str, Any]:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.port,
            "EMAIL_TIMEOUT": 2,
        }

    def again(self) -> None:
        """On the same port."""
        from tests.services import until

        self.launch()
        assert self.child is not None
        until(self.is_ready, self.child, self.log)

    def mails(self) -> list[dict[str, Any]]:
        path = self.folder / "mails"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def addresses(self) -> list[str]:
        return [mail["to"][0] for mail in self.mails()]
