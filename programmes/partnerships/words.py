"""Words of a programme: what fills the variables of questions, and what its roles are called (X8).

A programme's own words stand in `Programme.words`, `{key: {language: text}}`; what it leaves out keeps its default. Own
words replace the default in all languages: half of them would speak of something else.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from django.utils.translation import gettext as _

from programmes.common.fields import in_language

from .design import DATA
from .enums import CITY_BESIDE, EnrolmentRole, Role

Texts = Mapping[str, str]
Words = Mapping[str, Texts]

ROLES = (Role.MENTEE, Role.MENTOR, Role.PEER, EnrolmentRole.ASSOCIATION, Role.FACILITATOR, EnrolmentRole.COORDINATOR)
"""Those that have a word; that of an association beside a city is put together."""


@cache
def variables() -> list[dict[str, Any]]:
    """Each with "key", "label", "help" and its default "text", see `data/words.yaml`. Treat it as read-only."""
    return yaml.safe_load((DATA / "words.yaml").read_text(encoding="utf-8"))["variables"]


def variables_of(own: Words, policy_field: Texts) -> dict[str, Texts]:
    """What fills the variables of a programme's questions."""
    filled = {entry["key"]: own.get(entry["key"]) or entry["text"] for entry in variables()}
    return filled | {"policy_field": policy_field}


def default_variables() -> dict[str, Texts]:
    """The same without a programme, but for its field."""
    return {entry["key"]: entry["text"] for entry in variables()}


def role_key(role: str) -> str:
    """The key of a role's word in `Programme.words`."""
    return f"role_{role}"


def role_word(own: Words, role: str, label: Any) -> str:
    """What a programme calls a role in the reader's language; `label` is its default."""
    if role in CITY_BESIDE:
        return _beside(own, role, label)
    if role == EnrolmentRole.BOTH and _says(own, Role.MENTEE, Role.MENTOR):
        return " / ".join(role_word(own, one, one.label) for one in (Role.MENTEE, Role.MENTOR))
    return in_language(own.get(role_key(role))) or str(label)


def _beside(own: Words, role: str, label: Any) -> str:
    """An association beside a city: its own default unless the programme has a word for either."""
    city = CITY_BESIDE[Role(role)]
    if not _says(own, EnrolmentRole.ASSOCIATION, city):
        return str(label)
    association = role_word(own, EnrolmentRole.ASSOCIATION, EnrolmentRole.ASSOCIATION.label)
    return _("%(association)s (%(city)s)") % {"association": association, "city": role_word(own, city, city.label)}


def _says(own: Words, *roles: str) -> bool:
    return any(own.get(role_key(role)) for role in roles)
