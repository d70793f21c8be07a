"""One's own account, kept forms, the outbox; pages that belong to no app."""

import json

from programmes.accounts.models import KeptPost, OutboxMessage
from programmes.accounts.rules import OUTBOX_BACKEND

from ..roles import ADMINISTRATION, EVERYBODY, FOUNDERS, MENTEE_TEAM, SIGNED_IN
from ..row import Row


def _kept(world):
    body = json.dumps([["text", ["What the mentee typed"]]])
    return (KeptPost.objects.create(owner=world.cast.mentee, path="/plans/1/", body=body).pk,)


def _mail(world):
    return (OutboxMessage.objects.create(recipients=["new@example.org"], subject="Join us", body="A link").pk,)


OUTBOX = {"EMAIL_BACKEND": OUTBOX_BACKEND}
DEMO_OUTBOX = OUTBOX | {"DEMO": True}
PROFILE = {"name": "A new name", "language": "es", "time_zone": "Europe/Riga"}

ROWS = [
    Row("livez", get=EVERYBODY),
    Row("healthz", get=EVERYBODY),
    Row("common:privacy", get=EVERYBODY),
    Row("common:accessibility", get=EVERYBODY),
    Row("accounts:csrf", get=EVERYBODY),
    Row("accounts:language", post=EVERYBODY, data=lambda w: {"language": "es", "next": "/account/"}),
    Row(
        "accounts:profile",
        get=SIGNED_IN,
        post=SIGNED_IN,
        data=lambda w: PROFILE,
        needs=("name", "language", "time_zone"),
    ),
    Row("accounts:kept_list", get=SIGNED_IN),
    Row("accounts:kept", _kept, get=MENTEE_TEAM, post=MENTEE_TEAM),
    # With a mail server there is no outbox, not even for administrators.
    Row("accounts:outbox", get=frozenset(), forbidden=SIGNED_IN, case="mail server"),
    Row("accounts:outbox", get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION, settings=OUTBOX),
    Row("accounts:outbox", get=FOUNDERS, forbidden=SIGNED_IN - FOUNDERS, settings=DEMO_OUTBOX, case="demo"),
    Row("accounts:outbox_message", _mail, get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION, settings=OUTBOX),
    Row(
        "accounts:outbox_message",
        _mail,
        get=FOUNDERS,
        forbidden=SIGNED_IN - FOUNDERS,
        settings=DEMO_OUTBOX,
        case="demo",
    ),
]
