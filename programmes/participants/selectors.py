"""What of the directory a person may see, and how it is searched."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programmes.common.access import Access

from .models import Figure, Organisation, OrganisationName
from .names import normalise


def organisations_visible_to(access: Access) -> QuerySet[Organisation]:
    """The whole directory for everybody who is signed in."""
    return Organisation.objects.all() if access.is_active else Organisation.objects.none()


def search(organisations: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Every word must occur in the name, the acronym, or one other name; accents and case do not matter."""
    for word in normalise(words).split():
        other = OrganisationName.objects.filter(organisation=OuterRef("pk"), normalised__contains=word)
        organisations = organisations.filter(Q(normalised__contains=word) | Exists(other))
    return organisations


def figures_of(city: Organisation) -> QuerySet[Figure]:
    """What an answer fed and its team has not shared stands in that answer only."""
    return city.figures.filter(published=True)


def associations_of(city: Organisation) -> QuerySet[Organisation]:
    """Those that the directory names for a city today."""
    rows = city.affiliations.exclude(ended_on__lte=timezone.localdate())
    return Organisation.objects.filter(pk__in=rows.values("association"))
