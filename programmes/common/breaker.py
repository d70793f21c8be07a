"""After a server did not answer, nobody waits for it again at once: all fail fast, one at a time tries."""

import threading
import time


class Breaker:
    """Of one process and one server. `rest`: seconds from a failure, or from a try, to the next try."""

    def __init__(self, rest: float) -> None:
        self.rest = rest
        self._lock = threading.Lock()
        self._tried: float | None = None

    @property
    def is_open(self) -> bool:
        return self._tried is not None

    def lets_through(self) -> bool:
        """Always while the server answers; else once per `rest`, and the others are to fail at once."""
        if self._tried is None:
            return True
        with self._lock:
            now = time.monotonic()
            if self._tried is not None and now - self._tried < self.rest:
                return False
            self._tried = now
            return True

    def failed(self) -> None:
        self._tried = time.monotonic()

    def worked(self) -> None:
        self._tried = None
