"""What changes the directory: organisations, names, figures, affiliations, people's functions."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from programmes.accounts.services import person_for, record

from .models import Membership, Organisation


@transaction.atomic
def save_organisation(*, organisation: Organisation, by, related: Iterable = ()) -> Organisation:
    """Store an organisation with its bound formsets (`related`), all or nothing. Constraints were validated by the
    form."""
    verb = "changed" if organisation.pk else "created"
    organisation.save()
    for formset in related:
        formset.instance = organisation
        formset.save()
    record(by=by, verb=verb, target=organisation)
    return organisation


@transaction.atomic
def add_function(
    *, organisation: Organisation, name: str, email: str, function: str, by, started_on=None
) -> Membership:
    """Say that somebody works for, or speaks for, an organisation. A known address keeps its person and name."""
    person = person_for(email=email, name=name)
    membership, _made = Membership.objects.get_or_create(
        person=person,
        organisation=organisation,
        ended_on=None,
        defaults={"function": function, "started_on": started_on},
    )
    record(by=by, verb="named", target=membership)
    return membership


@transaction.atomic
def end_function(*, membership: Membership, by) -> None:
    membership.ended_on = max(timezone.localdate(), membership.started_on or timezone.localdate())
    membership.save(update_fields=["ended_on", "updated_at"])
    record(by=by, verb="ended membership", target=membership)
