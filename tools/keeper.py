"""Owns the embedded Redis and outlives the supervisor by as long as the others need Redis to finish.

The supervisor starts it with a pipe as standard input and writes the number for each child it starts. However the
supervisor ends, the pipe then ends too: the keeper waits for those children, in order, and stops Redis last.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.processes import dying_with_parent, is_alive

PATIENCE = 60
PAUSE_BEFORE_RESTART = 0.5


def main(program: str, folder: Path, socket: str) -> int:
    for signum in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(signum, signal.SIG_IGN)
    os.set_blocking(sys.stdin.fileno(), False)
    children: list[int] = []
    redis = _start(program, folder, socket)
    while not _ended(children):
        if redis.poll() is not None:
            time.sleep(PAUSE_BEFORE_RESTART)
            redis = _start(program, folder, socket)
        time.sleep(0.05)
    _see_off(children)
    redis.terminate()
    redis.wait()
    Path(socket).unlink(missing_ok=True)
    if Path(socket).parent != folder:
        Path(socket).parent.rmdir()
    return 0


def _start(program: str, folder: Path, socket: str) -> "subprocess.Popen[bytes]":
    """A Redis without a network port: nobody else's is met, and only this user may open its socket."""
    Path(socket).unlink(missing_ok=True)
    command = [program, "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--pidfile", ""]
    with open(folder / "log" / "redis.log", "ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509  (no threads here)
        )


def _ended(children: list[int]) -> bool:
    """Reads what the supervisor wrote; True at the end of the pipe."""
    try:
        words = os.read(sys.stdin.fileno(), 4096)
    except BlockingIOError:
        return False
    children += [int(pid) for pid in words.decode().split()]
    return not words


def _see_off(children: list[int]) -> None:
    """Lets each finish what it does; what still runs after PATIENCE seconds is ended."""
    alive = [pid for pid in children if is_alive(pid)]
    for pid in alive:
        _send(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(is_alive(pid) for pid in alive) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in alive:
        if is_alive(pid):
            _send(-pid, signal.SIGKILL)


def _send(pid: int, signum: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signum)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
