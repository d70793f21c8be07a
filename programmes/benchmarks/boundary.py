"""Who writes a benchmark and who reads it. A published one is part of the method: everybody signed in reads it. A
draft is read by those who write it: the facilitators and coordinators of its programme."""

from django.db.models import Q, QuerySet

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.partnerships.boundary import members_of, places_of
from programmes.partnerships.enums import STEERING_TEAMS
from programmes.partnerships.models import Team

from .models import Benchmark, BenchmarkVersion


def programmes_steered_by(access: Access) -> frozenset[int]:
    """Ids of the programmes in which the person is in a team of a facilitator or coordinator; read once per access."""
    places = places_of(access)
    if places.roles.isdisjoint(STEERING_TEAMS):
        return frozenset()
    return access.once(programmes_steered_by, lambda: _steered(places.teams))


def _steered(teams: frozenset[int]) -> frozenset[int]:
    steering = Team.objects.filter(pk__in=teams, role__in=STEERING_TEAMS)
    return frozenset(steering.values_list("enrolment__programme", flat=True))


def writes(access: Access, benchmark: Benchmark) -> bool:
    return benchmark.programme_id is not None and benchmark.programme_id in programmes_steered_by(access)


def versions_visible_to(access: Access) -> QuerySet[BenchmarkVersion]:
    if not access.is_active:
        return BenchmarkVersion.objects.none()
    written = Q(benchmark__programme__in=programmes_steered_by(access))
    return BenchmarkVersion.objects.filter(Q(published_at__isnull=False) | written)


def versions_written_by(access: Access) -> QuerySet[BenchmarkVersion]:
    return BenchmarkVersion.objects.filter(benchmark__programme__in=programmes_steered_by(access))


def writers_of(benchmark: Benchmark) -> QuerySet[User]:
    teams = Team.objects.filter(enrolment__programme=benchmark.programme_id, role__in=STEERING_TEAMS)
    return User.objects.filter(is_active=True, person__team_places__in=members_of(teams)).distinct()
