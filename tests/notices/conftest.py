"""A mail server of its own process, and mails to send to it."""

from collections.abc import Iterator

import pytest

from programmes.notices.models import Mail
from tests.notices.server import MailServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """Where Django's mails go in this test."""
    found = MailServer()
    found.start()
    for name, value in found.settings().items():
        setattr(settings, name, value)
    yield found
    found.close()


def erasure_mail(user, name: str) -> Mail:
    """A mail of the plainest kind, to an address by which the server behaves."""
    return Mail.objects.create(
        kind="erasure_noted", address=f"{name}@town.example", subject_id=user.pk, identity=f"test:{name}"
    )
