"""Child processes that end when they should: in order, with patience, and even when their parent is killed."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def dying_with_parent(signum: int) -> Callable[[], None]:
    """For Popen's preexec_fn: on Linux the kernel sends `signum` when the thread that made the child ends."""
    parent = os.getpid()

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
            if os.getppid() != parent:
                os.kill(os.getpid(), signum)

    return ask


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | IO[Any] | None = None,
    user: str | None = None,
    cwd: Path | str | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that a terminal's Ctrl-C reaches only its parent, which then decides."""
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(open(log, "ab")) if isinstance(log, Path) else log
        rights: dict[str, Any] = {"user": user, "group": user, "extra_groups": []} if user else {}
        return subprocess.Popen(
            [str(word) for word in command],
            env=dict(env) if env is not None else None,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            start_new_session=True,
            preexec_fn=dying_with_parent(death_signal),  # noqa: PLW1509  (it takes no lock)
            **rights,
        )


def stop(child: subprocess.Popen[bytes], *, signum: int = signal.SIGTERM, patience: float = 10) -> None:
    """Asks the child to end, waits `patience` seconds, then ends it and whatever its session still holds."""
    if child.poll() is None:
        child.send_signal(signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_port_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False


def is_alive(pid: int) -> bool:
    """Whether it runs; one that ended and that nobody has asked about yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return not Path("/proc/self").exists()
    return state not in ("Z", "X")
