"""Keeps the summary columns of partnerships in step with what they sum up."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from programmes.common import clock
from programmes.participants.models import Organisation
from programmes.participants.names import normalise

from ..enums import CITY_ROLES
from ..models import Partnership, PartnershipCountry, StageDate
from ..selectors.dates import dates_of


def refresh_summary(partnership: Partnership) -> None:
    """Names to sort by, countries and the next date, read anew from participations and stage dates."""
    rows = partnership.participations.filter(ended_on=None, role__in=CITY_ROLES)
    cities = [(row.role, row.organisation) for row in rows.select_related("organisation").order_by("pk")]
    names = [_names(city for as_what, city in cities if as_what == role) for role in CITY_ROLES]
    partnership.sort_name = "|".join(filter(None, names))[:560]
    partnership.save(update_fields=["sort_name", "updated_at"])
    _keep_countries(partnership, {city.country for _role, city in cities} - {""})
    refresh_due(Partnership.objects.filter(pk=partnership.pk))
    partnership.refresh_from_db(fields=["next_due"])


def refresh_due(partnerships: QuerySet[Partnership]) -> None:
    """`next_due`: the earliest agreed day of a stage that is not finished; none once the partnership ended."""
    earliest = dates_of(partnership=OuterRef("pk")).order_by("planned_on").values("planned_on")[:1]
    partnerships.filter(ended_on=None).update(next_due=Subquery(earliest))
    partnerships.filter(ended_on__isnull=False).update(next_due=None)


def mark_changed(dates: QuerySet[StageDate]) -> None:
    """These dates stand or do not stand any more because of something else: calendars tell by the moment of the last
    change which state is the newer one."""
    dates.update(updated_at=clock.now())


def tools_text(tools: Iterable[str]) -> str:
    """As `tools.in_use` looks for them: each between spaces."""
    return f" {' '.join(sorted(tools))} "


def refresh_tools(partnerships: QuerySet[Partnership]) -> None:
    """`tools_used`: what the programme proposes, changed by what the cities switched on and off (X2)."""
    rows = list(partnerships.select_related("programme").prefetch_related("tool_uses"))
    for row in rows:
        chosen = {use.tool: use.in_use for use in row.tool_uses.all()}
        proposed = set(row.programme.tools_proposed)
        used = {tool for tool in proposed if chosen.get(tool, True)} | {tool for tool, on in chosen.items() if on}
        row.tools_used = tools_text(used)
    Partnership.objects.bulk_update(rows, ["tools_used"], batch_size=500)


def refresh_names_of(organisation: Organisation) -> None:
    """After an organisation got another name or country."""
    rows = Partnership.objects.filter(participations__organisation=organisation, participations__ended_on=None)
    for partnership in rows.distinct():
        refresh_summary(partnership)


def _keep_countries(partnership: Partnership, countries: set[str]) -> None:
    known = set(partnership.countries.values_list("country", flat=True))
    partnership.countries.exclude(country__in=countries).delete()
    PartnershipCountry.objects.bulk_create(
        [PartnershipCountry(partnership=partnership, country=code) for code in sorted(countries - known)],
        ignore_conflicts=True,
    )


def _names(organisations: Iterable[Organisation]) -> str:
    return " ".join(normalise(organisation.name) for organisation in organisations)
