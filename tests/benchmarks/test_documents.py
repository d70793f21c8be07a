"""A benchmark on paper: the booklet, and blank as a sheet for a workshop."""

import pytest
from django.utils import translation

from programmes.benchmarks.enums import Grade
from programmes.benchmarks.models import BenchmarkVersion
from programmes.benchmarks.services.versions import publish
from programmes.common.access import Access
from programmes.reports.engines import docx, pdf
from programmes.reports.registry import BUILDERS, DocumentOptions, SubjectMissing

pytestmark = pytest.mark.django_db
BOOKLET = BUILDERS["benchmark"]


def gather(version: BenchmarkVersion, language: str = "en", **options):
    with translation.override(language):
        return BOOKLET.gather(version.pk, DocumentOptions(language, **options))


def shipped() -> BenchmarkVersion:
    return BenchmarkVersion.objects.get(benchmark__key="language-learning", retired_at=None)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("Learning through volunteering", "not IncluCities’ own benchmark", "nothing is scored")),
        ("es", ("Aprender a través del voluntariado", "No es el punto de referencia de IncluCities", "se puntúa nada")),
    ],
)
@pytest.mark.parametrize("blank", [False, True])
def test_it_says_who_wrote_it_in_each_language(language: str, sentences: tuple[str, ...], blank: bool):
    content = gather(shipped(), language, blank=blank).content
    html = pdf.html_of(content)
    for words in sentences[:2] if blank else sentences:
        assert words in html, words
    assert docx.render(content)


def test_the_sheet_has_every_factor_with_its_questions_and_room():
    html = pdf.html_of(gather(shipped(), blank=True).content)
    assert "Where in your city could somebody practise this week" in html
    assert html.count(str(Grade.IN_PLACE.label)) == 9
    assert "Look for people who like talking" not in html


def test_a_draft_is_printed_for_those_who_write_it(world):
    assert gather(world.benchmark, reader=Access(world.cast.coordinator)).content.state
    with pytest.raises(SubjectMissing):
        gather(world.benchmark, reader=Access(world.cast.mentee))
    publish(version=world.benchmark, by=world.cast.facilitator)
    assert gather(world.benchmark, reader=Access(world.cast.mentee)).holds == {"version": world.benchmark.pk}
