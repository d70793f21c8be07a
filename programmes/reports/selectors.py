"""Which documents a person sees: those it asked for, as long as it may read their subject."""

from typing import Any

from django.db.models import Q, QuerySet

from programmes.partnerships.models import Partnership

from .models import Document
from .registry import BUILDERS


def documents_visible_to(user: Any) -> QuerySet[Document]:
    """Newest request first. A blank form holds nothing of anybody, so whoever asked for it keeps it."""
    if not user.is_authenticated:
        return Document.objects.none()
    readable = Q(blank=True)
    for kind, builder in BUILDERS.items():
        readable |= Q(kind=kind, subject_id__in=builder.visible_to(user))
    return Document.objects.filter(readable, requests__user=user).order_by("-requests__asked_at", "-pk")


def documents_in(user: Any, partnership: Partnership, *, limit: int = 4) -> list[Document]:
    """The person's newest about what belongs to a partnership."""
    about = Q(pk__in=[])
    for kind, builder in BUILDERS.items():
        about |= Q(kind=kind, subject_id__in=builder.within(partnership))
    return list(documents_visible_to(user).filter(about, blank=False)[:limit])
