"""Which programmes, partnerships and teams a person may see, and what waits for them there."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from .boundary import current, places_of
from .models import Enrolment, Participation, Partnership, Programme, StageDate, Team


def programmes_visible_to(user) -> QuerySet[Programme]:
    """Programmes in which the person is in a team; administrators see all, but nothing that cities wrote."""
    if getattr(user, "is_superuser", False) and user.is_active:
        return Programme.objects.all()
    return Programme.objects.filter(pk__in=places_of(user).programmes)


def partnerships_visible_to(user) -> QuerySet[Partnership]:
    """State and dates: teams that take part now, and the coordinator of the programme."""
    places = places_of(user)
    taking_part = Participation.objects.filter(current(), partnership=OuterRef("pk"), team__in=places.teams)
    return Partnership.objects.filter(Q(programme__in=places.coordinated) | Q(Exists(taking_part)))


def with_people(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Prefetches what a row of the board and the partnership page read: participations, dates, stage, theme."""
    participations = Participation.objects.select_related("organisation", "team")
    dates = StageDate.objects.select_related("stage")
    return partnerships.select_related("programme", "theme", "current_stage").prefetch_related(
        Prefetch("participations", participations), Prefetch("stage_dates", dates)
    )


def teams_visible_to(user) -> QuerySet[Team]:
    """Teams of the programmes the person may see: who they are is known to all who take part."""
    return Team.objects.filter(enrolment__programme__in=programmes_visible_to(user))


def enrolments_visible_to(user) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(programme__in=programmes_visible_to(user))
