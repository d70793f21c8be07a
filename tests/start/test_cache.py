"""What is in the cache is JSON, and nothing fails when Redis is away."""

import time

import pytest
from django.core.cache import caches

from mentoring.cache import ForgivingCache, JsonSerializer
from programmes.common import presence
from programmes.common.breaker import Breaker
from tests.factories import UserFactory


@pytest.fixture
def cache():
    return caches["default"]


@pytest.fixture
def away(settings, monkeypatch):
    """Redis refuses; what is found out about that is forgotten with the test."""
    monkeypatch.setattr(ForgivingCache, "breaker", Breaker(rest=60))
    settings.CACHES = {name: {**one, "LOCATION": "redis://127.0.0.1:1/0"} for name, one in settings.CACHES.items()}
    yield
    caches["default"].memory.clear()


@pytest.mark.parametrize("value", [0, -7, True, None, 1.5, "", "7", "ġ", [1.5, 2], {"a": [None]}])
def test_comes_back_as_it_was(cache, value):
    cache.set("key", value, 60)
    found = cache.get("key", "nothing")
    assert (found, type(found)) == (value, type(value))


def test_numbers_are_counted_by_redis(cache):
    cache.set("key", 4, 60)
    assert cache.incr("key") == 5


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        JsonSerializer().dumps(object())


def test_a_pickle_is_not_opened(cache):
    cache._cache.get_client(write=True).set(cache.make_key("key"), b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("key")


def test_each_process_goes_on_by_itself(away, cache):
    assert cache.add("key", [1.5], 60)
    assert not cache.add("key", [2.5], 60)
    assert cache.get_many(["key", "other"]) == {"key": [1.5]}
    cache.delete("key")
    assert cache.get("key") is None


@pytest.mark.django_db
def test_presence_without_redis(away):
    ilze, janis = UserFactory(), UserFactory()
    presence.touch("answer", 1, ilze)
    assert presence.others("answer", 1, janis, [ilze, janis]) == {ilze: ""}


class TestBreaker:
    def test_lets_one_try_after_the_rest(self):
        breaker = Breaker(rest=0.05)
        assert breaker.lets_through()
        breaker.failed()
        assert not breaker.lets_through()
        end = time.monotonic() + 5
        while not breaker.lets_through():
            assert time.monotonic() < end
        assert not breaker.lets_through()
        breaker.worked()
        assert breaker.lets_through()
        assert breaker.lets_through()
