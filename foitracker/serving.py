"""How gunicorn serves the tracker: `gunicorn --config python:foitracker.serving foitracker.wsgi`."""

import logging
import os

from foitracker.logs import WithoutTokens

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))  # each thread holds one connection at most
# A page does not wait longer for one statement; the page that says so is templates/503.html.
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "20")
timeout = 60
graceful_timeout = 20
keepalive = 5
# A worker is replaced now and then, so that what a library leaks does not grow for ever.
max_requests = 2000
max_requests_jitter = 200
# Method, path without its query, status, size and time: no address, no user agent, no search terms.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
# Some paths carry a token; a filter of the logger stays with it in every worker.
for _log in ("gunicorn.access", "gunicorn.error"):
    logging.getLogger(_log).addFilter(WithoutTokens())
control_socket_disable = True  # nothing here is steered from outside
