"""How gunicorn serves the site: `gunicorn -c python:mentoring.gunicorn mentoring.wsgi`.

`WEB_BIND` (127.0.0.1:8000), `WEB_WORKERS` (2) and `WEB_THREADS` (4) come from the environment.
"""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
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
# Paths may hold an invitation's token: what is worth knowing of a request, Django's log says by route.
accesslog = None
