"""Which documents a person sees: those it asked for, as long as it may read their subject."""

from django.db.models import Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.models import Partnership

from .models import Document
from .registry import BUILDERS


def documents_visible_to(access: Access) -> QuerySet[Document]:
    """Newest request first. A blank form holds nothing of anybody, so whoever asked for it keeps it."""
    if not access.is_active:
        return Document.objects.none()
    mine = Document.objects.filter(requests__user=access.user)
    readable = Q(blank=True)
    for kind in mine.filter(blank=False).order_by().values_list("kind", flat=True).distinct():
        if kind in BUILDERS:
            readable |= Q(kind=kind, subject_id__in=BUILDERS[kind].visible_to(access))
    return mine.filter(readable).order_by("-requests__asked_at", "-pk")


def documents_in(access: Access, partnership: Partnership, *, limit: int = 4) -> list[Document]:
    """The person's newest about what belongs to a partnership."""
    about = Q(pk__in=[])
    for kind, builder in BUILDERS.items():
        about |= Q(kind=kind, subject_id__in=builder.within(partnership))
    return list(documents_visible_to(access).filter(about, blank=False)[:limit])
