"""The clock that services ask: real, or set for what is done within."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from programmes.accounts.models import User
from programmes.common import clock

NOON = datetime(2020, 2, 29, 12, tzinfo=UTC)


def test_it_is_now_before_and_afterwards():
    before = timezone.now()
    with clock.at(NOON):
        assert (clock.now(), clock.today(UTC)) == (NOON, NOON.date())
        with clock.at(NOON + timedelta(days=1)):
            assert clock.today(UTC) == NOON.date() + timedelta(days=1)
        assert clock.now() == NOON
    assert before <= clock.now() <= timezone.now()


def test_others_keep_their_time():
    seen = []
    with clock.at(NOON):
        other = threading.Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] > NOON + timedelta(days=365)


@pytest.mark.django_db
def test_automatic_columns_ask_it():
    with clock.at(NOON):
        user = User.objects.create_user("leap@example.org", name="Leap")
        (other,) = User.objects.bulk_create([User(email="year@example.org", name="Year")])
    user.refresh_from_db()
    assert (user.created_at, other.created_at) == (NOON, NOON)
