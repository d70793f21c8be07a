"""Who looks after links that were sent: whoever their purpose says, see `registry`."""

import rules

from programmes.common.access import Access

from .models import PersonalLink
from .selectors import links_visible_to


@rules.predicate
def manages(access: Access, link: PersonalLink) -> bool:
    return links_visible_to(access).filter(pk=link.pk).exists()


rules.add_perm("links.manage_link", manages)
