"""What a local support group said beside the answers of a form."""

from functools import cached_property

from programmes.common.access import Access
from programmes.conversations.groups.boundary import askings_visible_to
from programmes.conversations.groups.selectors import with_answers
from programmes.conversations.models import GroupQuestion
from programmes.partnerships.models import SupportGroup

from ..boundary import Writing
from ..enums import Party
from ..models import Response
from ..wording import numbered
from .cards import WriteCard


def said_beside(response: Response, access: Access) -> dict[str, list[GroupQuestion]]:
    """By the key of the box; for the team that asked."""
    rows = with_answers().filter(beside_form__response=response, asking__in=askings_visible_to(access))
    found: dict[str, list[GroupQuestion]] = {}
    for row in rows.select_related("beside_form").order_by("-asking", "order"):
        found.setdefault(row.beside_form.part_key, []).append(row)
    return found


class AsksGroup:
    """Of a page to write on: whether the local support group may be asked from it, and beside what."""

    response: Response
    writing: Writing

    @property
    def writes_here(self) -> bool:
        raise NotImplementedError

    @property
    def cards(self) -> list[WriteCard]:
        raise NotImplementedError

    @cached_property
    def may_ask_group(self) -> bool:
        """It is asked by the team whose form it is."""
        return self.writes_here and self.writing.party == Party.CITY and not self.writing.on_behalf

    @cached_property
    def own_groups(self) -> list[bool]:
        """Of the groups that the team keeps, whether each can be asked now."""
        if not self.may_ask_group:
            return []
        rows = SupportGroup.objects.filter(team=self.response.team_id)
        return [resting is None for resting in rows.values_list("resting_since", flat=True)]

    @property
    def keeps_group(self) -> bool:
        """Whether there is a group to be asked."""
        return any(self.own_groups)

    @property
    def group_subjects(self) -> list[tuple[str, str]]:
        """What the group may be asked about here, one entry a question."""
        return [(card.boxes[0].key, numbered(card.number, card.title)) for card in self.cards if card.boxes]
