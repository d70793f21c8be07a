"""How many things wait for somebody: the number beside *My work*.

Counting asks every app, so a page shows the number that is remembered, and fetches it afterwards where none is."""

from django.core.cache import cache

from programmes.common.access import Access

from . import waiting

MOST = 50
REMEMBERED_FOR = 120  # seconds: as long may the number miss what others did


def known_number(access: Access) -> int | None:
    """None where nobody counted lately."""
    return cache.get(_key(access))


def count(access: Access) -> int:
    return remember(access, len(waiting.waiting_for_one(access, limit=MOST)))


def remember(access: Access, number: int) -> int:
    cache.set(_key(access), number, timeout=REMEMBERED_FOR)
    return number


def forget(access: Access) -> None:
    """After the person did something: the next page counts again."""
    cache.delete(_key(access))


def _key(access: Access) -> str:
    return f"waiting-number-{access.user.pk}"


class CountAgainMiddleware:
    """Whoever sent a form may have less to do: their number is counted again. Boxes that save themselves answer without
    leading anywhere, and change no task by themselves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and request.user.is_authenticated:
            forget(request.access)
        return response
