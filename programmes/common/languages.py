"""Languages that content may be written in, and languages the interface speaks.

Content (an answer, a plan) may be in any of `CONTENT_LANGUAGES`; the interface and the printed
documents only in those whose catalogue is complete, `settings.LANGUAGES`.
"""

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

# Each language under its own name: whoever reads it finds it without knowing English.
CONTENT_LANGUAGES: list[tuple[str, str]] = [
    ("sq", "Shqip"),
    ("ar", "العربية"),
    ("eu", "Euskara"),
    ("bs", "Bosanski"),
    ("bg", "Български"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("et", "Eesti"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("hr", "Hrvatski"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("lv", "Latviešu"),
    ("lt", "Lietuvių"),
    ("hu", "Magyar"),
    ("mk", "Македонски"),
    ("mt", "Malti"),
    ("nl", "Nederlands"),
    ("nb", "Norsk bokmål"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("fi", "Suomi"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    # What people who came write in, besides those above.
    ("ku", "Kurdî"),
    ("lb", "Lëtzebuergesch"),
    ("rom", "Romani"),
    ("so", "Soomaali"),
    ("vi", "Tiếng Việt"),
    ("wo", "Wolof"),
    ("am", "አማርኛ"),
    ("ti", "ትግርኛ"),
    ("ur", "اردو"),
    ("ps", "پښتو"),
    ("fa", "فارسی"),
    ("bn", "বাংলা"),
    ("hi", "हिन्दी"),
    ("zh", "中文"),
    ("hy", "Հայերեն"),
    ("ka", "ქართული"),
]

SPOKEN_BY_MIGRANTS = (
    "ar",
    "uk",
    "ru",
    "tr",
    "sq",
    "fa",
    "ps",
    "ur",
    "ku",
    "so",
    "ti",
    "am",
    "bn",
    "hi",
    "vi",
    "zh",
    "rom",
    "wo",
)
"""Offered wherever somebody writes: a local support group writes, too."""

_ENDONYMS = dict(CONTENT_LANGUAGES)
# Those whose name Django does not know, or knows with its spelling only.
_NAMES = {
    "am": _("Amharic"),
    "ku": _("Kurdish"),
    "mt": _("Maltese"),
    "nb": _("Norwegian"),
    "ps": _("Pashto"),
    "rom": _("Romani"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "wo": _("Wolof"),
    "zh": _("Chinese"),
}
_RIGHT_TO_LEFT = {"ar", "fa", "ps", "ur"}


def endonym(code: str) -> str:
    """The language's own name; an unknown code stands for itself."""
    return _ENDONYMS.get(code, code)


def language_name(code: str) -> str:
    """The language's name in the language of the page: "lv" → "Latvian", "letón"; an unknown code stands for itself.
    English alone, of those we speak, writes it with a capital letter."""
    try:
        name = str(_NAMES[code]) if code in _NAMES else get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name if (get_language() or "en").startswith("en") else name[:1].lower() + name[1:]


def direction(code: str) -> str:
    """Value of the HTML `dir` attribute."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def complete_languages() -> list[tuple[str, str]]:
    """Languages that pages and documents can be given in: (code, endonym).

    A language stands in `settings.LANGUAGES` only once its catalogue is complete; a test holds this.
    """
    return [(code, endonym(code)) for code, _name in settings.LANGUAGES]


def is_complete(code: str) -> bool:
    return any(code == known for known, _name in settings.LANGUAGES)
