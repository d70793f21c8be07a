"""How soon a worker begins what was asked for, and what our PDF costs beside plain WeasyPrint, of hostile texts too."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import translation
from weasyprint import HTML

from bench.figure import Figure, median_ms
from bench.hostile import FAMILIES
from bench.texts import FEWEST
from programmes.action_plans.models import Cell, Plan
from programmes.action_plans.services import add_action
from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.autosave import TextValueForm
from programmes.overview import sample
from programmes.reports import registry, services
from programmes.reports.blocks import DocumentContent
from programmes.reports.engines import pdf
from programmes.reports.engines.assets import Fetcher
from programmes.reports.enums import Format, State
from programmes.reports.models import Document

KIND = "action-plan"
LATENCY_MS, PDF_RATIO, HOSTILE_RATIO = 50, 1.1, 1.3
HOSTILE_SIZE = 10_000
"""Characters: WeasyPrint itself takes seconds for a page of such, and our part of it counts more in short texts."""
PAGES = 12
ASKED, ROUNDS = 15, 7
PATIENCE = 60
WORDS = "The library opens its reading room on two evenings a week, and volunteers sit down with whoever comes. "


def figures(made: sample.Sample) -> list[Figure]:
    plan, another = Plan.objects.filter(partnership__programme=made.programme).select_related("partnership")[:2]
    return [_latency(plan), _pdf(plan), _hostile_pdf(another)]


def _latency(plan: Plan) -> Figure:
    """From the commit of the request to the worker's claim of the row, as the database tells it."""
    values = [_one_start(plan, number) for number in range(ASKED + 2)][2:]
    return Figure("queue_latency", statistics.median(values), "ms", LATENCY_MS, {"asked": ASKED})


def _one_start(plan: Plan, number: int) -> float:
    Plan.objects.filter(pk=plan.pk).update(title=f"Plan {number}")  # another content, so that a file has to be made
    options = registry.DocumentOptions(language="en", blank=False)
    document = services.request_document(
        kind=KIND,
        subject_id=plan.pk,
        file_format=Format.DOCX,
        options=options,
        access=Access(sample.officer(plan.team)),
    )
    begun = time.perf_counter()
    _until(lambda: Document.objects.exclude(state=State.WAITING).filter(pk=document.pk).exists())
    waited = (time.perf_counter() - begun) * 1000
    _until(lambda: Document.objects.filter(pk=document.pk, state__in=[State.READY, State.FAILED]).exists())
    return waited


def _until(true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("the worker did not answer")


def _pdf(plan: Plan) -> Figure:
    """Ours with HTML, tags and all, beside plain WeasyPrint on the same HTML, in turn."""
    content = _long(plan)
    with translation.override("en"):
        html = pdf.html_of(content)
        pages = len(pdf.laid_out(html).pages)
        rounds = [(_ours(content), _plain(html)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / plain for ours, plain in rounds)
    more = {
        "ratio": round(ratio, 3),
        "pages": pages,
        "ours_ms": round(statistics.median(ours for ours, _ in rounds)),
        "weasyprint_ms": round(statistics.median(plain for _, plain in rounds)),
        "peak_memory_mb": _peak_memory(plan),
    }
    return Figure("pdf_vs_weasyprint", ratio, "ratio", PDF_RATIO, more)


def _ours(content: DocumentContent) -> float:
    return median_ms(lambda: pdf.render(content), times=1, warm=0)


def _plain(html: str) -> float:
    document = HTML(string=html, url_fetcher=Fetcher())
    return median_ms(lambda: document.write_pdf(pdf_variant="pdf/ua-1"), times=1, warm=0)


def _hostile_pdf(plan: Plan) -> Figure:
    """The worst family in one cell of the plan: CPU time of gathering, HTML, layout, writing and tags, beside that of
    WeasyPrint's part of the same run. What the field refuses is never printed."""
    texts = {family: revisions.tidy(text[:HOSTILE_SIZE]) for family, text in FAMILIES.items()}
    allowed = {family: text for family, text in texts.items() if TextValueForm({"value": text}).is_valid()}
    ratios = {family: _ratio(plan, text) for family, text in allowed.items()}
    family = max(ratios, key=lambda key: ratios[key])
    more = {"family": family, "families": len(ratios), "refused": len(texts) - len(ratios), "characters": HOSTILE_SIZE}
    return Figure("hostile_pdf", ratios[family], "ratio", HOSTILE_RATIO, more, also=len(ratios) >= FEWEST)


def _ratio(plan: Plan, text: str) -> float:
    Cell.objects.update_or_create(
        action=plan.actions.all()[0], column_key="what", defaults={"value": text, "language": "en", "revision": 1}
    )
    builder, tagging = registry.builder_of(KIND), 0.0

    def html() -> str:
        return pdf.html_of(builder.gather(plan.pk, registry.DocumentOptions(language="en")).content)

    def finish(*parts: Any) -> None:
        nonlocal tagging
        tagging = _seconds(lambda: pdf.complete_tags(*parts))[1]

    page, making = _seconds(html)
    document, layout = _seconds(lambda: pdf.laid_out(page))
    _written, writing = _seconds(lambda: document.write_pdf(finisher=finish, **pdf.WRITE_OPTIONS))
    return (making + layout + writing) / (layout + writing - tagging)


def _seconds(act: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the CPU time of this process."""
    begun = time.process_time()
    return act(), time.process_time() - begun


def _long(plan: Plan) -> DocumentContent:
    """The plan with as many actions as fill twelve pages."""
    for number in range(200):
        content = registry.builder_of(KIND).gather(plan.pk, registry.DocumentOptions(language="en")).content
        if number % 5 == 0 and len(pdf.laid_out(pdf.html_of(content)).pages) >= PAGES:
            return content
        action = add_action(plan=plan, by=plan.created_by)
        for key in ("what", "results", "resources", "success"):
            Cell.objects.create(action=action, column_key=key, value=WORDS * 4, language="en", revision=1)
    raise RuntimeError("the plan did not grow long enough")


def _peak_memory(plan: Plan) -> int:
    """Of a whole process that exports the plan, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "manage.py", "export_document", KIND, str(plan.pk)]
        subprocess.run([*command, "--output", Path(folder) / "plan.pdf"], check=True, capture_output=True)
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
