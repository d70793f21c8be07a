"""A kind of document for tests: its content comes from `tests.documents.samples`, its readers from a set."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.db.models import QuerySet

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.partnerships.models import Partnership
from programmes.reports import registry
from tests.documents import samples


class SampleBuilder(registry.Builder):
    kind = "sample"
    title = "Sample"

    def __init__(self) -> None:
        self.length = 300
        self.readers: set[int] = set()
        self.version_read = 1
        self.subject = 0

    def gather(self, subject_id: int, options: registry.DocumentOptions) -> registry.Gathered:
        if subject_id not in (0, self.subject) or (options.reader and options.reader.user.pk not in self.readers):
            raise registry.SubjectMissing
        make = (
            partial(samples.blank, options.language)
            if options.blank
            else partial(samples.questionnaire, options.language, self.length)
        )
        return registry.Gathered(make(), {"version": self.version_read})

    def visible_to(self, access: Access) -> QuerySet:
        return User.objects.filter(pk=self.subject if access.user.pk in self.readers else None).values("pk")

    def within(self, partnership: Partnership) -> QuerySet:
        return User.objects.none().values("pk")

    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        return access.user.pk in self.readers and holds == {"version": self.version_read}

    def example(self) -> int | None:
        return self.subject or None


@pytest.fixture
def sample(db: None) -> Iterator[SampleBuilder]:
    builder = registry.BUILDERS[SampleBuilder.kind] = SampleBuilder()
    yield builder
    del registry.BUILDERS[SampleBuilder.kind]


@pytest.fixture
def reader(db: None, sample: SampleBuilder) -> User:
    """May read the sample, whose subject is the reader's own account, because some table must be asked."""
    user = User.objects.create_user("reader@example.org", name="Reader")
    sample.readers.add(user.pk)
    sample.subject = user.pk
    return user


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("stranger@example.org", name="Stranger")
