"""What a person wrote in benchmarks, as their own data. It stays when they are erased: it is the programme's text, and
its history then names a former member."""

from typing import Any

from programmes.accounts.models import User

from .models import PassageRevision


def own_data(user: User) -> dict[str, Any]:
    rows = PassageRevision.objects.filter(by=user).select_related("owner").order_by("at", "pk")
    return {"history_of_benchmarks": [_entry(entry) for entry in rows]}


def _entry(entry: Any) -> dict[str, Any]:
    passage = entry.owner
    return {"benchmark": passage.version_id, "box": passage.key, "from": entry.begun_at, "to": entry.at}
