"""The only files a printed document may load, each under an address of the form `asset:<shelf>/<path>`."""

from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONTS = {
    "source-sans-3": ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"),
    "source-serif-4": ("600SemiBold",),
    "noto-sans-arabic": ("400Regular", "700Bold"),
    "noto-emoji": ("400Regular",),
}
FILE_NAMES = {
    "source-sans-3": "SourceSans3",
    "source-serif-4": "SourceSerif4",
    "noto-sans-arabic": "NotoSansArabic",
    "noto-emoji": "NotoEmoji",
}


def styles_folder() -> Path:
    return settings.BASE_DIR / "templates_docs"


def fonts_folder() -> Path:
    return settings.NODE_MODULES / "@expo-google-fonts"


def missing_fonts() -> list[Path]:
    """Font files that are not there. Without any, the layout library ends the process and no exception tells why."""
    files = [_font_file(family, cut) for family, cuts in FONTS.items() for cut in cuts]
    return [file for file in files if not file.is_file()]


def _font_file(family: str, cut: str) -> Path:
    return fonts_folder() / family / cut / f"{FILE_NAMES[family]}_{cut}.ttf"


class Fetcher(URLFetcher):
    """Opens `data:` and our own assets, nothing else.

    Texts of people reach the page as HTML, so whatever address they hold is untrusted: the library's own fetcher would
    read any file of the server and any host of its network.
    """

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        scheme, _, address = url.partition(":")
        shelf, _, path = address.partition("/")
        if scheme != "asset" or {"/", ".."} & set(PurePosixPath(path).parts):
            raise ValueError(f"A document may not load {url.split(':')[0]} addresses.")
        kind = guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._read(shelf, path), {"Content-Type": kind})

    @staticmethod
    def _read(shelf: str, path: str) -> bytes:
        match shelf:
            case "styles":
                return (styles_folder() / path).read_bytes()
            case "fonts":
                return (fonts_folder() / path).read_bytes()
            case "media":
                with default_storage.open(path) as file:
                    return file.read()
        raise ValueError(f"There is no shelf of assets named {shelf}.")
