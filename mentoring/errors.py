"""The page for an error of ours, and the other one for a server behind us that does not answer."""

import sys

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as plain_server_error

OUT_OF_REACH = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where database or Redis cannot be reached; both pages ask nothing of either."""
    if isinstance(sys.exc_info()[1], OUT_OF_REACH):
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})
    return plain_server_error(request)
