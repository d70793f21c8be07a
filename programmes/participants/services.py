"""What changes the directory: organisations, names, figures, affiliations, people's functions, support groups."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from programmes.accounts.services import record

from .models import Membership, Organisation, Person, SupportGroup, SupportGroupMember


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


def person_for(*, email: str, name: str, is_demo: bool = False) -> Person:
    """The person of this address, made when unknown; an empty address always makes a new one."""
    if not email:
        return Person.objects.create(name=name, is_demo=is_demo)
    known = Person.objects.filter(email__iexact=email).first()
    return known or Person.objects.create(name=name, email=email.lower(), is_demo=is_demo)


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


@transaction.atomic
def save_group(*, group: SupportGroup, members, by) -> SupportGroup:
    """Store a support group with its lines; `members` is a bound inline formset that validated."""
    verb = "changed" if group.pk else "created"
    group.save()
    members.instance = group
    members.save()
    record(by=by, verb=verb, target=group)
    return group


@transaction.atomic
def rest_group(*, group: SupportGroup, by) -> SupportGroup:
    """Let the group rest: its members read nothing until it is woken; nothing is lost (Annex 5)."""
    group.resting_since = timezone.localdate()
    group.save(update_fields=["resting_since", "updated_at"])
    record(by=by, verb="rested", target=group)
    return group


@transaction.atomic
def wake_group(*, group: SupportGroup, by) -> SupportGroup:
    group.resting_since = None
    group.save(update_fields=["resting_since", "updated_at"])
    record(by=by, verb="woken", target=group)
    return group


def seat_person(*, member: SupportGroupMember, person: Person) -> None:
    """Tie a line of a group to the person who took up its invitation."""
    member.person = person
    member.save(update_fields=["person", "updated_at"])
