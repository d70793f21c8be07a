"""Links that were sent, for whoever looks after what they are about."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import translation

from programmes.common.access import Access

from .models import OwnLinkRequest, PersonalLink
from .registry import all_purposes
from .tokens import url_of

SHOWN_REQUESTS = 50


def links_visible_to(access: Access) -> QuerySet[PersonalLink]:
    """Those that the person may send again, copy or withdraw, as each purpose says."""
    if not access.is_active:
        return PersonalLink.objects.none()
    rows = [Q(purpose=row.key, subject_id__in=row.managed(access).values("pk")) for row in all_purposes()]
    return PersonalLink.objects.filter(reduce(or_, rows)).select_related("person", "mail")


def requests_by(links: QuerySet[PersonalLink]) -> QuerySet[OwnLinkRequest]:
    """Of people to whom one of these links was passed on."""
    return OwnLinkRequest.objects.filter(link__in=links).order_by("pk")[:SHOWN_REQUESTS]


@dataclass(frozen=True)
class Copied:
    """What goes into a messenger: a line in the language of the link, and its address."""

    text: str
    url: str


def to_copy(link: PersonalLink | None, site: str, sentence: Callable[[], str]) -> Copied | None:
    """For whoever looks after it; None where there is none. Who has an account is reached by mail alone: a link in
    other hands would speak in the name of that account. Nor is one shown that was answered: what its person said is
    read by those it was said to, without a name where they chose that."""
    if link is None or not link.is_open or link.person.user_id is not None or link.answered_at:
        return None
    with translation.override(link.language):
        return Copied(sentence(), url_of(link, site))
