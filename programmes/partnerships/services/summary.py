"""Keeps the summary columns of partnerships in step with what they sum up."""

from django.db.models import OuterRef, QuerySet, Subquery

from programmes.participants.models import Organisation
from programmes.participants.names import normalise

from ..enums import Role
from ..models import Partnership, StageDate


def refresh_summary(partnership: Partnership) -> None:
    """Names to sort by, countries and the next date, read anew from participations and stage dates."""
    rows = partnership.participations.filter(ended_on=None).select_related("organisation").order_by("pk")
    mentees = [row.organisation for row in rows if row.role == Role.MENTEE]
    mentors = [row.organisation for row in rows if row.role == Role.MENTOR]
    partnership.sort_name = f"{_names(mentees)}|{_names(mentors)}"[:560]
    partnership.mentee_country = mentees[0].country if mentees else ""
    partnership.mentor_country = mentors[0].country if mentors else ""
    partnership.save(update_fields=["sort_name", "mentee_country", "mentor_country", "updated_at"])
    refresh_due(Partnership.objects.filter(pk=partnership.pk))
    partnership.refresh_from_db(fields=["next_due"])


def refresh_due(partnerships: QuerySet[Partnership]) -> None:
    """`next_due`: the earliest agreed day of a stage that is not finished; none once the partnership ended."""
    dates = StageDate.objects.filter(
        partnership=OuterRef("pk"), finished_on=None, planned_on__isnull=False, stage__retired=False
    )
    earliest = dates.order_by("planned_on").values("planned_on")[:1]
    partnerships.filter(ended_on=None).update(next_due=Subquery(earliest))
    partnerships.filter(ended_on__isnull=False).update(next_due=None)


def refresh_names_of(organisation: Organisation) -> None:
    """After an organisation got another name or country."""
    rows = Partnership.objects.filter(participations__organisation=organisation, participations__ended_on=None)
    for partnership in rows.distinct():
        refresh_summary(partnership)


def _names(organisations: list[Organisation]) -> str:
    return " ".join(normalise(organisation.name) for organisation in organisations)
