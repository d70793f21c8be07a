"""Which documents a person sees: those it asked for, as long as it may read their subject."""

from django.db.models import Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.models import Partnership

from .models import Document
from .registry import BUILDERS

NEWEST_REQUEST = ("-requests__asked_at", "-pk")


def documents_visible_to(access: Access) -> QuerySet[Document]:
    """Newest request first. A blank form holds nothing of anybody, so whoever asked for it keeps it."""
    if not access.is_active:
        return Document.objects.none()
    mine = Document.objects.filter(requests__user=access.user)
    readable = Q(blank=True)
    for kind in _kinds(mine.filter(blank=False)):
        readable |= Q(kind=kind, subject_id__in=BUILDERS[kind].visible_to(access))
    return mine.filter(readable).order_by(*NEWEST_REQUEST)


def documents_in(access: Access, partnership: Partnership, *, limit: int = 4) -> list[Document]:
    """The person's newest about what belongs to a partnership."""
    if not access.is_active:
        return []
    mine = Document.objects.filter(requests__user=access.user, blank=False)
    about = Q(pk__in=[])
    for kind in _kinds(mine):
        within, readable = BUILDERS[kind].within(partnership), BUILDERS[kind].visible_to(access)
        about |= Q(Q(subject_id__in=within), kind=kind, subject_id__in=readable)
    return list(mine.filter(about).order_by(*NEWEST_REQUEST)[:limit])


def _kinds(documents: QuerySet[Document]) -> list[str]:
    """Of which there is a builder."""
    found = documents.order_by().values_list("kind", flat=True).distinct()
    return [kind for kind in found if kind in BUILDERS]
