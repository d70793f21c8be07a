"""What changes the directory: organisations, names, figures, affiliations, people's functions."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from programmes.accounts.services import person_for, record
from programmes.common import clock
from programmes.common.once import made_once

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
    *,
    organisation: Organisation,
    name: str,
    email: str,
    function: str,
    by,
    started_on=None,
    form_key: UUID | None = None,
) -> Membership:
    """Say that somebody works for, or speaks for, an organisation. A known address keeps its person and name. The same
    form says it once."""

    def make(key: UUID | None) -> Membership:
        membership, _made = Membership.objects.get_or_create(
            person=person_for(email=email, name=name),
            organisation=organisation,
            ended_on=None,
            defaults={"function": function, "started_on": started_on, "form_key": key},
        )
        record(by=by, verb="named", target=membership)
        return membership

    return made_once(organisation.memberships.all(), form_key, make)


@transaction.atomic
def end_function(*, membership: Membership, by) -> None:
    membership.ended_on = max(clock.today(), membership.started_on or clock.today())
    membership.save(update_fields=["ended_on", "updated_at"])
    record(by=by, verb="ended membership", target=membership)
