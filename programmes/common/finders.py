"""Static files out of npm packages: only those listed here are ever served, by their path in `node_modules`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext")
"""The alphabets of the languages cities write in; a browser fetches only those that a page shows."""

FACES = {
    "source-sans-3": ("400-normal", "400-italic", "600-normal", "700-normal"),
    "source-serif-4": ("400-normal", "400-italic", "600-normal"),
}

PACKAGE_FILES = (
    # The maps are named inside the files themselves, so the manifest asks for them.
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "sortablejs/modular/sortable.core.esm.js",
    *(
        f"@fontsource/{family}/files/{family}-{script}-{face}.woff2"
        for family, faces in FACES.items()
        for face in faces
        for script in SCRIPTS
    ),
)


class NodePackagesFinder(BaseFinder):
    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [name for name in PACKAGE_FILES if not (Path(settings.NODE_MODULES) / name).is_file()]
        if not missing:
            return []
        return [
            Error(
                f"{len(missing)} files of npm packages are missing, the first is {missing[0]}.",
                hint="Run: npm ci",
                id="common.E001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The absolute path, or a list of it with `find_all`; an empty list for what is not ours."""
        if path not in PACKAGE_FILES or not self.storage.exists(path):
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in PACKAGE_FILES:
            if self.storage.exists(path) and not matches_patterns(path, ignore_patterns or []):
                yield path, self.storage
