"""Pages and exports travel compressed, whoever serves them; static files were compressed when they were gathered."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORTH_IT = ("text/", "application/json")
"""Documents and workbooks are compressed already; packed once more they would lose their length."""


class CompressionMiddleware(GZipMiddleware):
    """Django's, which pads each answer by a random length, and the CSRF token is masked anew in each: what a page holds
    cannot be guessed from its weight (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(WORTH_IT):
            return response
        return super().process_response(request, response)
