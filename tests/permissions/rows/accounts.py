"""One's own account, kept forms, the outbox; pages that belong to no app."""

import json

from programmes.accounts.models import KeptPost, OutboxMessage
from programmes.accounts.rules import OUTBOX_BACKEND
from programmes.accounts.services import ask_for_erasure
from programmes.notices.choosing import UNSUBSCRIBE

from ..roles import ADMINISTRATION, EVERYBODY, FOUNDERS, MENTEE_TEAM, SIGNED_IN
from ..row import Row


def _kept(world):
    body = json.dumps([["text", ["What the mentee typed"]]])
    return (KeptPost.objects.create(owner=world.cast.mentee, path="/plans/1/", body=body).pk,)


def _mail(world):
    return (OutboxMessage.objects.create(recipients=["new@example.org"], subject="Join us", body="A link").pk,)


def _picture(world):
    return (OutboxMessage.objects.create(recipients=["x@demo.example"], subject="x", body="x", html="<p>x</p>").pk,)


def _asked_to_be_erased(world):
    """Somebody who left the team, so that nobody has to be named first."""
    ask_for_erasure(user=world.cast.former_member, by=world.cast.former_member)
    return (world.cast.former_member.pk,)


def _unsubscribing(world):
    return (UNSUBSCRIBE.sign_object(world.cast.mentee.person.pk),)


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
    Row("overview:data_protection", get=EVERYBODY),
    Row("overview:own_data", get=SIGNED_IN),
    Row(
        "overview:mails",
        get=SIGNED_IN,
        post=SIGNED_IN,
        data=lambda w: {"rhythm": "daily", "weekday": "2", "hour": "7"},
        needs=("rhythm", "weekday", "hour"),
    ),
    Row("notices:unsubscribe", _unsubscribing, get=EVERYBODY, post=EVERYBODY, done=200),
    Row("notices:not_delivered", get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION),
    Row("overview:erasure", get=SIGNED_IN, post=SIGNED_IN),
    Row("overview:erasures", get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION),
    Row(
        "overview:erase",
        _asked_to_be_erased,
        get=ADMINISTRATION,
        post=ADMINISTRATION,
        forbidden=SIGNED_IN - ADMINISTRATION,
    ),
    Row("accounts:kept", _kept, get=MENTEE_TEAM, post=MENTEE_TEAM),
    # With a mail server there is no outbox, not even for administrators.
    Row("accounts:outbox", get=frozenset(), forbidden=SIGNED_IN, case="mail server"),
    Row("accounts:outbox", get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION, settings=OUTBOX),
    Row("accounts:outbox", get=FOUNDERS, forbidden=SIGNED_IN - FOUNDERS, settings=DEMO_OUTBOX, case="demo"),
    Row("overview:demo_digests", forbidden=SIGNED_IN, post=frozenset(), case="no demo", method_first=True),
    Row(
        "overview:demo_digests",
        post=FOUNDERS,
        forbidden=SIGNED_IN - FOUNDERS,
        settings=DEMO_OUTBOX,
        case="demo",
        method_first=True,
    ),
    Row("accounts:outbox_picture", _picture, get=ADMINISTRATION, forbidden=SIGNED_IN - ADMINISTRATION, settings=OUTBOX),
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
