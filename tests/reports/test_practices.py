"""Practices and booklets as documents: what stands in them, who is handed them, and when no more."""

import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image

from programmes.common import clock
from programmes.common.access import Access
from programmes.practices import services
from programmes.practices.enums import Audience
from programmes.practices.points import sections
from programmes.reports.engines import docx, pdf
from programmes.reports.registry import BUILDERS, DocumentOptions, Gathered, SubjectMissing
from tests.cast import NOT_OFFERED

pytestmark = pytest.mark.django_db


def gather(kind: str, subject: int, reader=None, language: str = "en", **options) -> Gathered:
    access = Access(reader) if reader else None
    with translation.override(language):
        return BUILDERS[kind].gather(subject, DocumentOptions(language, reader=access, **options))


def picture(world):
    data = io.BytesIO()
    Image.new("1", (400, 200)).save(data, "PNG")
    file = ContentFile(data.getvalue(), "quay.png")
    return services.add_picture(practice=world.practice, file=file, caption="The quay at dusk", by=world.cast.mentor)


def name_contact(world, **more):
    told = {"contact_name": "Ana Vidal", "contact_post": "Head", "contact_agreed_on": clock.today()} | more
    services.change_head(practice=world.practice, by=world.cast.mentor, **told)


@pytest.fixture
def booklet(world):
    return services.make_booklet(title="For the council", practices=[world.practice], by=world.cast.mentee)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_blank_form_has_every_point_on_three_pages(world, language):
    content = gather("practice", world.practice.pk, world.cast.mentor, language, blank=True).content
    said = repr(content)
    with translation.override(language):
        missing = [
            point.title
            for section in sections()
            for point in section.boxes
            if len(section.boxes) > 1 and point.title not in said
        ]
    assert missing == []
    assert pdf.make(content).pages == 3


def test_readers_get_the_practice_as_it_was_offered(world):
    assert NOT_OFFERED in repr(gather("practice", world.practice.pk, world.cast.mentor))
    offered = gather("practice", world.practice.pk, world.cast.mentee)
    assert "Courses ended when the shift began." in repr(offered)
    assert NOT_OFFERED not in repr(offered)
    with pytest.raises(SubjectMissing):
        gather("practice", world.practice.pk, world.cast.other_programme)


def test_pdf_and_docx_show_the_picture_with_its_words(world):
    picture(world)
    content = gather("practice", world.practice.pk, world.cast.mentor).content
    with pikepdf.open(io.BytesIO(pdf.render(content))) as file:
        assert any(page.get_images() for page in file.pages)
    assert "The quay at dusk" in pdf.html_of(content)
    assert len(docx.render(content)) > 10_000


@pytest.mark.parametrize("taken_back", ["offer", "picture", "contact"])
def test_what_is_taken_back_closes_the_file(world, taken_back):
    shown = picture(world)
    name_contact(world)
    offer = services.offer(practice=world.practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    builder, reader = BUILDERS["practice"], Access(world.cast.other_programme)
    held = gather("practice", world.practice.pk, world.cast.other_programme)
    assert "Ana Vidal" in repr(held)
    assert builder.may_read(reader, world.practice.pk, held.holds)
    if taken_back == "offer":
        services.withdraw(offer=offer, by=world.cast.mentor)
    elif taken_back == "picture":
        services.take_away(picture=shown, by=world.cast.mentor)
    else:
        name_contact(world, contact_agreed_on=None)
    assert not builder.may_read(Access(world.cast.other_programme), world.practice.pk, held.holds)


def test_a_booklet_holds_what_is_offered_to_its_owner(world, booklet):
    held = gather("practice-booklet", booklet.pk, world.cast.mentee)
    said = repr(held.content)
    assert "Evening school at the quay" in said
    assert NOT_OFFERED not in said
    builder = BUILDERS["practice-booklet"]
    assert builder.may_read(Access(world.cast.mentee), booklet.pk, held.holds)
    assert not builder.may_read(Access(world.cast.mentor), booklet.pk, held.holds)
    services.withdraw(offer=world.offer, by=world.cast.mentor)
    assert not builder.may_read(Access(world.cast.mentee), booklet.pk, held.holds)
    with pytest.raises(SubjectMissing):
        gather("practice-booklet", booklet.pk, world.cast.mentee)


def test_nobody_prints_the_booklet_of_another(world, booklet):
    with pytest.raises(SubjectMissing):
        gather("practice-booklet", booklet.pk, world.cast.mentor)
