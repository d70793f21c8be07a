"""Words of a benchmark: saved as they are typed, in drafts and as corrections of what is published."""

from typing import Any

from programmes.accounts.models import User
from programmes.common import revisions

from ..models import Passage


def save_passage(
    *, passage: Passage, base: int, base_value: Any, value: Any, by: User, merge: bool = True
) -> revisions.Saved:
    """See `revisions.save`; a passage stays in its language."""
    return revisions.save(passage, base=base, base_value=base_value, value=value, by=by, merge=merge)


def restore_passage(*, passage: Passage, revision: int, by: User) -> revisions.Saved:
    """See `revisions.restore`."""
    return revisions.restore(passage, revision=revision, by=by)
