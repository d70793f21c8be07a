"""Hearing nothing of a partnership, and hearing of it again."""

from collections.abc import Iterable

from django.db import transaction

from programmes.accounts.models import Person

from ..models import Partnership, QuietPartnership


@transaction.atomic
def keep_quiet(*, person: Person, partnerships: Iterable[Partnership]) -> None:
    """These and no others."""
    wanted = {row.pk for row in partnerships}
    rows = QuietPartnership.objects.filter(person=person)
    rows.exclude(partnership__in=wanted).delete()
    known = set(rows.values_list("partnership", flat=True))
    QuietPartnership.objects.bulk_create(
        [QuietPartnership(person=person, partnership_id=pk) for pk in sorted(wanted - known)], ignore_conflicts=True
    )
