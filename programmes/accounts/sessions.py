"""Sessions in the database, as Django keeps them; every request asks for one, so the question is prepared."""

from functools import cache

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from programmes.common.prepared import Given, Prepared


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found: Session | None = next(iter(_kept().rows({"key": self.session_key, "now": timezone.now()})), None)
        if found is None:
            self._session_key = None
        return found


@cache
def _kept() -> Prepared:
    key, now = Given("key", CharField()), Given("now", DateTimeField())
    return Prepared(Session.objects.filter(session_key=key, expire_date__gt=now))
