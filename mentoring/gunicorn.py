"""How gunicorn serves the site: `gunicorn -c python:mentoring.gunicorn mentoring.wsgi`.

`WEB_BIND` (127.0.0.1:8000), `WEB_WORKERS` (2) and `WEB_THREADS` (4) come from the environment.
"""

import gc
from typing import Any

from mentoring import deadline
from mentoring.settings.environment import Environment
from mentoring.start import WEB_SECONDS, sentence

env = Environment()
with sentence():
    bind = env.address("WEB_BIND", default="127.0.0.1:8000")
    workers = env.number("WEB_WORKERS", default=2, least=1)
    threads = env.number("WEB_THREADS", default=4, least=1)
worker_class = "gthread"
# Loaded once, before the workers: wrong settings end the start with their sentence instead of being tried for ever.
preload_app = True
# Otherwise gunicorn opens a control socket in the home folder.
control_socket_disable = True
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
logger_class = "mentoring.logs.GunicornLogger"


def when_ready(server: Any) -> None:
    """What was loaded stays for good: workers share it, and never search it for garbage."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    deadline.install(WEB_SECONDS)
    # A page makes some ten thousand objects and drops them; searching them for cycles after each seven hundred takes
    # a twentieth of its time.
    gc.set_threshold(20_000, 20, 20)
