"""The words of a list: its headings, and what its cells may say, in every language of the pages."""

from collections.abc import Iterable
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from programmes.common.countries import COUNTRIES
from programmes.common.languages import complete_languages
from programmes.participants.enums import OrganisationKind
from programmes.participants.names import normalise

from ..enums import EnrolmentRole

HEADINGS = {
    "organisation": _("Organisation"),
    "country": _("Country"),
    "kind": _("Kind"),
    "role": _("Role"),
    "theme": _("Theme"),
    "association": _("Association"),
    "name": _("Name"),
    "email": _("E-mail"),
    "function": _("Function"),
}
"""Columns in the order in which they are shown."""

ALSO_HEADINGS = {
    "organisation": "organization city municipality organización ciudad municipio entidad",
    "country": "país",
    "kind": "type tipo clase",
    "role": "rol papel",
    "theme": "themes topic tema temas",
    "association": "associations asociación asociaciones federación",
    "name": "person contact nombre persona contacto",
    "email": "mail email correo e-correo correo-electrónico",
    "function": "position post función cargo puesto",
}
"""Other headings, each one word or joined by a hyphen."""

ALSO_KINDS = {
    OrganisationKind.CITY: "municipality town ciudad municipio ayuntamiento",
    OrganisationKind.ASSOCIATION: "association asociación federación",
    OrganisationKind.FACILITATOR: "facilitator facilitadora organización-facilitadora",
    OrganisationKind.NETWORK: "network red",
}
ALSO_ROLES = {
    EnrolmentRole.MENTEE: "mentorizada aprendiz",
    EnrolmentRole.MENTOR: "mentora",
    EnrolmentRole.BOTH: "both ambos ambas mentor/mentee mentee/mentor mentor-and-mentee",
    EnrolmentRole.FACILITATOR: "facilitador facilitadora organización-facilitadora",
    EnrolmentRole.COORDINATOR: "coordinador coordinadora coordinación coordination",
    EnrolmentRole.ASSOCIATION: "asociación",
}
ALSO_COUNTRIES = {"GB": "UK", "GR": "EL", "CZ": "Czech-Republic República-Checa", "NL": "Holland Holanda Países-Bajos"}

KIND_OF_ROLE = {
    EnrolmentRole.MENTEE: OrganisationKind.CITY,
    EnrolmentRole.MENTOR: OrganisationKind.CITY,
    EnrolmentRole.BOTH: OrganisationKind.CITY,
    EnrolmentRole.ASSOCIATION: OrganisationKind.ASSOCIATION,
    EnrolmentRole.FACILITATOR: OrganisationKind.FACILITATOR,
    EnrolmentRole.COORDINATOR: OrganisationKind.NETWORK,
}
"""What an organisation is where only its role was said."""

ROLE_OF_KIND = {
    OrganisationKind.ASSOCIATION: EnrolmentRole.ASSOCIATION,
    OrganisationKind.FACILITATOR: EnrolmentRole.FACILITATOR,
}
"""What it came for where only its kind was said; a city has to say."""


def columns_of(heading: Iterable[str]) -> dict[str, int]:
    """Column → its place, of those whose heading is known; of two with one meaning the first."""
    known, found = _headings(), {}
    for place, cell in enumerate(heading):
        column = known.get(normalise(cell))
        if column and column not in found:
            found[column] = place
    return found


@cache
def _headings() -> dict[str, str]:
    return _vocabulary(HEADINGS, ALSO_HEADINGS)


@cache
def kinds() -> dict[str, str]:
    return _vocabulary({kind: kind.label for kind in KIND_OF_ROLE.values()}, ALSO_KINDS)


@cache
def roles() -> dict[str, str]:
    return _vocabulary({role: role.label for role in EnrolmentRole}, ALSO_ROLES)


@cache
def countries() -> dict[str, str]:
    return _vocabulary(COUNTRIES, ALSO_COUNTRIES)


def _vocabulary(labels: dict, also: dict) -> dict[str, str]:
    """Word → key: the key itself, its label in every language of the pages, and further words."""
    known = {normalise(str(key)): str(key) for key in labels}
    for code, _name in complete_languages():
        with translation.override(code):
            known |= {normalise(str(label)): str(key) for key, label in labels.items()}
    return known | {normalise(word): str(key) for key, words in also.items() for word in words.split()}
