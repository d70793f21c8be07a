"""Who reads what was shared: the teams and local support groups it was given to, until it is recalled."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of, support_groups_of

from .models import Grant

G = TypeVar("G", bound=Grant)


def ever_granted_to(access: Access, model: type[G]) -> QuerySet[G]:
    """Grants to the person's teams and groups, recalled ones too: nobody else reads because of them."""
    readers = Q(team__in=places_of(access).teams) | Q(support_group__in=support_groups_of(access))
    return model._default_manager.filter(readers)


def grants_to(access: Access, model: type[G]) -> QuerySet[G]:
    """Those that hold."""
    return ever_granted_to(access, model).filter(recalled_at=None)
