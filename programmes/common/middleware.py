"""The door: what comes in is text that every store and every document can take."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.http import parse_header_parameters

from programmes.common.text import clean, is_storable

_CHARSETS = {"utf-8", "utf8", "us-ascii"}


class Utf8Request(WSGIRequest):
    """Takes no character set from the request. Django would decode the address with whatever codec of Python it names,
    before any middleware can say no, and answer 500 where that codec makes no text."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class CleanInputMiddleware:
    """Cleans `request.GET`, `request.POST`, cookies and names of uploaded files (see `common.text.clean`).

    What cannot be read at all (a foreign character set, a broken or oversized body, a browser that went away)
    is answered with the page for 400; an address with control characters with 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refuse_foreign_charset(request)
        if not is_storable(request.path_info):
            raise Http404("control characters in the address")
        request.COOKIES = {clean(name): clean(value) for name, value in request.COOKIES.items()}
        request.GET = cleaned(request.GET)
        if request.method == "POST":
            self.clean_body(request)
        return self.get_response(request)

    def clean_body(self, request: HttpRequest) -> None:
        try:
            request.POST = cleaned(request.POST)
            for upload in (file for files in request.FILES.lists() for file in files[1]):
                upload.name = clean(upload.name or "")
        except (UnreadablePostError, RawPostDataException) as error:
            raise BadRequest("the body could not be read") from error


def refuse_foreign_charset(request: HttpRequest) -> None:
    """Every browser sends UTF-8; other codecs of Python decode to surrogates or not to text at all."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.strip("\"'").lower() not in _CHARSETS:
        raise BadRequest("the character set is not UTF-8")


def cleaned(query: QueryDict) -> Any:
    """The same keys and values in the same order, cleaned; the very same object where nothing was dirty."""
    if all(clean(text) == text for key, values in query.lists() for text in (key, *values)):
        return query
    result = QueryDict(mutable=True, encoding=query.encoding)
    for key, values in query.lists():
        for value in values:
            result.appendlist(clean(key), clean(value))
    result._mutable = False
    return result
