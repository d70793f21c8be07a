"""Every page that a coordinator of ten thousand partnerships reaches by its links: the slowest and the heaviest."""

import gzip
import re
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from bench.figure import Figure

PAGE_MS, COMPRESSED, EXPORT_MS = 150, 60_000, 2_000
TIMES = 5
LINK = re.compile(r'(?:href|hx-get)="(/[^"]*)"')
LIBRARIES = ("admin:", "account_", "mfa_")
"""Pages of Django and allauth, which know nothing of how many partnerships there are."""


@dataclass(frozen=True)
class Visit:
    name: str
    milliseconds: float
    compressed: int
    is_export: bool
    body: bytes


def figures(client: Client, start: str) -> list[Figure]:
    visits = _crawl(client, start)
    pages = [visit for visit in visits if not visit.is_export]
    exports = [visit for visit in visits if visit.is_export]
    slowest, heaviest = max(pages, key=lambda v: v.milliseconds), max(pages, key=lambda v: v.compressed)
    export = max(exports, key=lambda v: v.milliseconds)
    over = [v.name for v in pages if v.milliseconds > PAGE_MS or v.compressed > COMPRESSED]
    weight = {"page": slowest.name, "pages": len(pages), "heaviest": heaviest.name, "compressed": heaviest.compressed}
    return [
        Figure("slowest_page", slowest.milliseconds, "ms", PAGE_MS, weight | {"over": over}, also=not over),
        Figure("slowest_export", export.milliseconds, "ms", EXPORT_MS, {"page": export.name}),
    ]


def _crawl(client: Client, start: str) -> list[Visit]:
    """One page of each kind, as the links lead to it; a kind is a URL name with its words, whatever the numbers."""
    waiting, known, visits = [start], {_kind(start)}, []
    while waiting:
        visit = _visit(client, waiting.pop(0))
        if visit is None:
            continue
        visits.append(visit)
        for link in [] if visit.is_export else LINK.findall(visit.body.decode()):
            kind = _kind(address := _address(link))
            if kind and kind not in known:
                known.add(kind)
                waiting.append(address)
    return visits


def _address(link: str) -> str:
    """With its query where that names a view or a filter; not where it names a row, of which there are too many."""
    parts = urlsplit(link.replace("&amp;", "&"))
    names_a_row = any(letter.isdigit() for letter in parts.query)
    return parts.path if names_a_row or not parts.query else f"{parts.path}?{parts.query}"


def _kind(address: str) -> str:
    path, _, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    name = match.view_name or ""
    words = [value for value in match.kwargs.values() if isinstance(value, str)]
    words += [query] if query else []
    return "" if not name or name.startswith(LIBRARIES) else " ".join([name, *words])


def _visit(client: Client, address: str) -> Visit | None:
    """Median time of a few; None for what is not a page (a redirect, a form that is only sent). A part that pages fetch
    by HTMX redirects whoever asks without."""
    as_part: dict[str, str] = {}
    first = client.get(address)
    if first.status_code == 302:
        as_part = {"HX-Request": "true"}
        first = client.get(address, headers=as_part)
    if first.status_code != 200:
        if first.status_code >= 500:
            raise RuntimeError(f"{address} answered {first.status_code}")
        return None
    times, body = [], b""
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = client.get(address, headers=as_part)
        body = b"".join(answer) if answer.streaming else answer.content
        times.append((time.perf_counter() - begun) * 1000)
    is_export = "attachment" in first.headers.get("Content-Disposition", "")
    return Visit(_kind(address), statistics.median(times), len(gzip.compress(body)), is_export, body)
