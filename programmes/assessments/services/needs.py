"""Needs as records (NE1), and what a would-be mentor says to each (N2)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.access import Access
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once
from programmes.partnerships.models import Team

from ..boundary import writing_of
from ..models import HelpStatement, Need, Response


@transaction.atomic
def add_need(*, response: Response, access: Access, form_key: UUID | None = None, **fields: Any) -> Need:
    """A new need with the next number; numbers of retired needs are not given again. The same form adds it once.
    Raises TooManyRows."""
    locked, by = Response.objects.select_for_update().get(pk=response.pk), access.user
    fields |= {"created_by": by, "on_behalf": _is_on_behalf(access, response)}

    def add(key: UUID | None) -> Need:
        refuse_beyond(locked.needs.filter(retired_at=None))
        last = locked.needs.order_by("-number").first()
        need = Need.objects.create(response=locked, number=last.number + 1 if last else 1, form_key=key, **fields)
        record(by=by, verb="added", target=need)
        return need

    return made_once(locked.needs.filter(created_by=by), form_key, add)


@transaction.atomic
def change_need(*, need: Need, access: Access, **fields: Any) -> Need:
    locked = Need.objects.select_for_update().get(pk=need.pk)
    for name, value in (fields | {"on_behalf": _is_on_behalf(access, locked.response)}).items():
        setattr(locked, name, value)
    locked.save()
    record(by=access.user, verb="changed", target=locked)
    return locked


@transaction.atomic
def retire_need(*, need: Need, by: Any) -> Need:
    """Off the list; the row and its number stay, because actions and shared versions may point at it."""
    locked = Need.objects.select_for_update().get(pk=need.pk)
    if locked.retired_at is None:
        locked.retired_at = clock.now()
        locked.save(update_fields=["retired_at", "updated_at"])
        record(by=by, verb="retired", target=locked)
    return locked


@transaction.atomic
def bring_back_need(*, need: Need, by: Any) -> Need:
    locked = Need.objects.select_for_update().get(pk=need.pk)
    if locked.retired_at is not None:
        locked.retired_at = None
        locked.save(update_fields=["retired_at", "updated_at"])
        record(by=by, verb="brought back", target=locked)
    return locked


@transaction.atomic
def state_help(*, need: Need, team: Team, able: str, words: str, by: Any) -> HelpStatement:
    """What this team feels able to do about the need; said again, it replaces what was said before."""
    statement, _made = HelpStatement.objects.select_for_update().update_or_create(
        need=need, team=team, defaults={"able": able, "words": words, "by": by}
    )
    record(by=by, verb="offered help", target=statement)
    return statement


def _is_on_behalf(access: Access, response: Response) -> bool:
    writing = writing_of(access, response)
    return writing is not None and writing.on_behalf
