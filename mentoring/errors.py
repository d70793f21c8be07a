"""The page for an error of ours, and the other one for a server behind us that does not answer."""

import sys
from typing import Any

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.views.defaults import page_not_found as plain_not_found
from django.views.defaults import server_error as plain_server_error

from programmes.common.errors import ExplainedAbsence
from programmes.common.seen import is_carried

OUT_OF_REACH = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a page of its own for whom an absence concerns."""
    if isinstance(exception, ExplainedAbsence):
        return render(request, exception.template, exception.context, status=404)
    return plain_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where database or Redis cannot be reached; both pages ask nothing of either."""
    if isinstance(sys.exc_info()[1], OUT_OF_REACH):
        page = loader.get_template("503.html").render(sent_in(request))
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})
    return plain_server_error(request)


def sent_in(request: HttpRequest) -> dict[str, Any]:
    """What the page for 503 gives back of a form, there being no database to keep it in.

    `texts`, what a person typed, and `others`, what the form carries along, are pairs of name and value; together they
    send it again. Without `path` there is no sending again: a password was part of it and is not put into a page.
    """
    if request.method != "POST":
        return {}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (UnreadablePostError, MultiPartParserError):
        return {"posted": True}
    shown = [(name, value) for name, value in fields if "password" not in name.lower()]
    texts = [(name, value) for name, value in shown if _is_typed(name, value)]
    again = {"path": request.get_full_path()} if len(shown) == len(fields) else {}
    others = [field for field in shown if field not in texts]
    return {"posted": True, "texts": texts, "others": others, "files": files, **again}


def _is_typed(name: str, value: str) -> bool:
    """Not a token, a number or the code of a choice; rather one text too many than one too few."""
    return not is_carried(name) and bool(value.strip()) and not value.strip().isdecimal()
