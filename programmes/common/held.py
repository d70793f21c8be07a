"""Rows in hand at the objects they belong to. `prefetch_related` makes a queryset for each object and relation, which
takes a board of fifty rows longer than reading them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet


def hold(things: Iterable[Model], name: str, rows: Iterable[Model]) -> None:
    """Afterwards `thing.NAME.all()` is those of the rows that point at the thing; `name` as the other end of a foreign
    key."""
    things = list(things)
    if not things:
        return
    by_thing: dict[Any, list[Model]] = defaultdict(list)
    field: Any = things[0]._meta.get_field(name).remote_field
    for row in rows:
        by_thing[getattr(row, field.attname)].append(row)
    for thing in things:
        mine = by_thing[thing.pk]
        for row in mine:
            setattr(row, field.name, thing)
        held = thing.__dict__.setdefault("_prefetched_objects_cache", {})
        held[name] = Held(thing, name, field.model, mine)


class Held(QuerySet):
    """Where Django's prefetch leaves a queryset. Whoever narrows it asks the database."""

    def __init__(self, thing: Model, name: str, model: type[Model], rows: list[Any]):
        super().__init__(model)
        self._thing, self._name = thing, name
        self._result_cache, self._prefetch_done = rows, True

    def _clone(self) -> QuerySet:
        manager = getattr(self._thing, self._name)
        return manager._apply_rel_filters(self.model._default_manager.all())
