"""A document without the pages: for operators and checks."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from programmes.common.errors import Refusal
from programmes.common.languages import complete_languages
from programmes.reports import services
from programmes.reports.enums import Format, Texts
from programmes.reports.registry import BUILDERS, Builder, DocumentOptions, SubjectMissing
from programmes.reports.rendering import ENGINES

BIGGEST_ID = 2**63 - 1


class Command(BaseCommand):
    help = "Writes one document to a file, as its own writers read it now, or lists the kinds of documents."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", help="kind of document, see --list")
        parser.add_argument(
            "subject", metavar="ID", nargs="?", type=int, help="id of the subject; for a blank form it may be left out"
        )
        parser.add_argument("--language", default="en", help="language of the document (default: en)")
        parser.add_argument("--format", default=Format.PDF.value, help="pdf or docx (default: pdf)")
        parser.add_argument("--output", type=Path, help="file to write")
        parser.add_argument("--blank", action="store_true", help="the blank form")
        parser.add_argument("--texts", choices=Texts.values, default=Texts.ORIGINAL.value)
        parser.add_argument("--list", action="store_true", help="one JSON line per kind of document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        else:
            self._export(**options)

    def _list(self) -> None:
        languages = [code for code, _name in complete_languages()]
        for kind, builder in sorted(BUILDERS.items()):
            line = {
                "kind": kind,
                "formats": [str(form) for form in builder.formats],
                "languages": languages,
                "blank": builder.has_blank,
                "example": builder.example(),
            }
            self.stdout.write(json.dumps(line))

    def _export(self, *, kind: str | None, subject: int | None, output: Path | None, **options: Any) -> None:
        if not kind or output is None or (subject is None and not options["blank"]):
            raise CommandError("Give KIND, ID and --output FILE, or --list.")
        if subject is not None and not 0 <= subject <= BIGGEST_ID:
            raise CommandError(f"There is no {kind} with the id {subject}.")
        try:
            builder = services.builder_for(
                kind, language=options["language"], file_format=options["format"], blank=options["blank"]
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._write(builder, subject or 0, output, options)

    def _write(self, builder: Builder, subject_id: int, output: Path, typed: dict[str, Any]) -> None:
        options = DocumentOptions(**{name: typed[name] for name in ("language", "blank", "texts")})
        try:
            with translation.override(options.language):
                content = builder.gather(subject_id, options).content
        except SubjectMissing as missing:
            raise CommandError(f"There is no {builder.kind} with the id {subject_id}.") from missing
        data = ENGINES[Format(typed["format"])].render(content)
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{output}: {len(data)} bytes")
