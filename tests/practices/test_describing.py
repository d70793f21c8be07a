"""Describing a practice: beginnings, places outside, pictures, figures of few people, the same one twice (Annex 4)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from programmes.assessments.models import Answer
from programmes.practices import services
from programmes.practices.enums import Audience, CitySize
from programmes.practices.few import figures_of_few
from programmes.practices.models import Practice, PracticePicture

from .test_practices import as_user, entry, found, write

pytestmark = pytest.mark.django_db

STRENGTHS = """**The volunteer platform.** Newcomers look for a place to practise.

**Tables in cafés.** No registration, no level.

We also know schools well."""


def picture(size: tuple[int, int] = (40, 20), name: str = "quay.png") -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("1", size).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def add_picture(world, client: Client, **more):
    page = reverse("practices:picture_add", args=[world.practice.pk])
    return client.post(page, {"file": picture(), "caption": "The quay at dusk", "agreed": "on"} | more)


@pytest.fixture
def strengths(world) -> Answer:
    return Answer.objects.create(
        response=world.strengths, part_key="strengths.projects", value=STRENGTHS, language="fr", revision=1
    )


# From strengths


def test_each_paragraph_of_the_strengths_can_begin_a_practice(world, strengths):
    mentor = as_user(world.cast.mentor)
    listed = mentor.get(reverse("practices:own")).context["beginnings"]
    assert [row.title for row in listed] == ["The volunteer platform", "Tables in cafés", "We also know schools well."]
    mentor.post(reverse("practices:begin_from", args=[strengths.pk]), {"words": listed[1].key})
    practice = Practice.objects.get(title="Tables in cafés")
    assert practice.begun_from == strengths
    assert practice.language == "fr"
    assert practice.city == world.teams["mentor"].enrolment.organisation
    assert "No registration" in practice.texts.get(point_key="description.activities").value


def test_a_second_click_goes_on_with_the_same_practice(world, strengths):
    mentor = as_user(world.cast.mentor)
    key = mentor.get(reverse("practices:own")).context["beginnings"][0].key
    for _time in range(2):
        assert mentor.post(reverse("practices:begin_from", args=[strengths.pk]), {"words": key}).status_code == 302
    assert Practice.objects.filter(begun_from=strengths).count() == 1


def test_the_button_stands_below_the_answer(world, strengths):
    page = as_user(world.cast.mentor).get(world.strengths.get_absolute_url() + "?section=strengths")
    assert reverse("practices:begin_from", args=[strengths.pk]) in page.content.decode()


def test_words_changed_meanwhile_are_not_taken(world, strengths):
    mentor = as_user(world.cast.mentor)
    answer = mentor.post(reverse("practices:begin_from", args=[strengths.pk]), {"words": "gone"}, follow=True)
    assert "These words were changed meanwhile." in answer.content.decode()
    assert not Practice.objects.filter(begun_from=strengths).exists()


def test_nobody_begins_with_the_words_of_another_team(world, strengths):
    url = reverse("practices:begin_from", args=[strengths.pk])
    assert as_user(world.cast.mentee).post(url, {"words": "any"}).status_code == 404


# Of a city outside


def test_a_city_outside_is_named_in_words(world):
    mentor = as_user(world.cast.mentor)
    page = mentor.post(
        reverse("practices:add"),
        {
            "title": "Lunch of many tables",
            "place": "Île aux Moines",
            "country": "FR",
            "size": CitySize.VILLAGE,
            "language": "fr",
            "summary": "Neighbours cook.",
            "sources": "https://example.org/lunch",
        },
    )
    assert page.status_code == 302
    practice = Practice.objects.get(title="Lunch of many tables")
    offer = services.offer(practice=practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    assert (offer.version.country, offer.version.size) == ("FR", CitySize.VILLAGE)
    read = as_user(world.cast.mentee).get(practice.address_for_reading).content.decode()
    assert "https://example.org/lunch" in read
    assert "described by Harbourg" in read
    assert found(world.cast.mentee, "ile moines") == ["Lunch of many tables"]


def test_the_same_practice_typed_twice_is_asked_about(world):
    mentor = as_user(world.cast.mentor)
    data = {"title": "evening school, at the QUAY", "city": str(world.practice.city_id), "language": "en"}
    page = mentor.post(reverse("practices:add"), data)
    assert page.status_code == 422
    assert "A practice of this name and place is described already." in page.content.decode()
    assert world.practice.address_for_reading in page.content.decode()
    assert "evening school, at the QUAY" in page.content.decode()
    assert mentor.post(reverse("practices:add"), data | {"another": "on"}).status_code == 302
    assert Practice.objects.filter(title__iexact="evening school, at the quay").count() == 1


def test_what_one_may_not_read_is_not_given_away_by_asking(world):
    """Milltown's second programme knows nothing of Harbourg's practice."""
    stranger = as_user(world.cast.other_programme)
    data = {"title": world.practice.title, "place": world.practice.where, "language": "en"}
    assert stranger.post(reverse("practices:add"), data).status_code == 302


# Figures of few people


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We reached 3 women.", ["3 women"]),
        ("Llegamos a 5 familias y a 40 vecinas.", ["5 familias"]),
        ("Avec 2 jeunes femmes", ["2 jeunes femmes"]),
        ("13 women, 2,5 people a day, 1.000 personas, level A2 people", []),
        ("3 courses, 4 evenings", []),
    ],
)
def test_figures_of_fewer_than_ten_people_are_noticed(text, told):
    content = {"title": "", "summary": "", "pictures": [], "points": [{"key": "a", "text": text, "language": "en"}]}
    assert figures_of_few(content) == told


def test_figures_of_few_people_are_asked_about_before_anybody_reads_them(world):
    write(world.practice, "context.people", "So far 4 refugees came.", world.cast.mentor)
    mentor = as_user(world.cast.mentor)
    page = reverse("practices:offer", args=[world.practice.pk])
    refused = mentor.post(page, {"audience": "signed_in"})
    assert refused.status_code == 422
    assert "4 refugees" in refused.content.decode()
    assert 'name="few_checked"' in refused.content.decode()
    assert not world.practice.versions.filter(offers__audience="signed_in").exists()
    assert mentor.post(page, {"audience": "signed_in", "few_checked": "on"}).status_code == 302
    assert world.practice.versions.filter(offers__audience="signed_in").exists()


# Pictures


def test_a_picture_is_read_with_the_version_that_has_it(world):
    mentor, mentee = as_user(world.cast.mentor), as_user(world.cast.mentee)
    assert add_picture(world, mentor).status_code == 302
    row = PracticePicture.objects.get()
    address = reverse("practices:picture", args=[row.pk])
    assert mentee.get(address).status_code == 404
    offered = services.offer(practice=world.practice, audience=Audience.EVERYBODY, by=world.cast.mentor)
    assert mentee.get(address).status_code == Client().get(address).status_code == 200
    assert "The quay at dusk" in Client().get(entry(world)).content.decode()
    services.withdraw(offer=offered, by=world.cast.mentor)
    assert Client().get(address).status_code == 302


def test_taken_away_a_picture_is_gone_from_what_was_offered(world, django_capture_on_commit_callbacks):
    mentor = as_user(world.cast.mentor)
    add_picture(world, mentor)
    services.offer(practice=world.practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    row = PracticePicture.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        mentor.post(reverse("practices:picture_take_away", args=[world.practice.pk, row.pk]))
    assert not row.file.storage.exists(row.file.name)
    page = as_user(world.cast.mentee).get(entry(world))
    assert page.status_code == 200
    assert "The quay at dusk" not in page.content.decode()


def test_sixty_megapixels_are_refused_and_the_words_stay(world):
    answer = add_picture(world, as_user(world.cast.mentor), file=picture((8000, 7500)))
    assert answer.status_code == 422
    assert "This picture has 60 million pixels" in answer.content.decode()
    assert "The quay at dusk" in answer.content.decode()
    assert not PracticePicture.objects.exists()


def test_a_photograph_is_kept_at_a_size_for_the_screen(world):
    add_picture(world, as_user(world.cast.mentor), file=picture((3000, 1500)))
    with Image.open(PracticePicture.objects.get().file) as kept:
        assert kept.size == (1600, 800)


def test_people_in_a_picture_must_have_agreed(world):
    answer = add_picture(world, as_user(world.cast.mentor), agreed="")
    assert answer.status_code == 422
    assert "Pictures of people are shown only if these people agreed." in answer.content.decode()


# Contact and offers


def test_offered_to_all_while_its_contact_withdraws_consent(world):
    """The public page stays; the name goes from it at once."""
    mentor = as_user(world.cast.mentor)
    contact = reverse("practices:contact", args=[world.practice.pk])
    shown = mentor.get(contact).context["form"]["seen"].value()
    told = {"contact_name": "Ana Vidal", "contact_post": "Head"}
    mentor.post(contact, told | {"agreed": "on", "seen": shown})
    services.offer(practice=world.practice, audience=Audience.EVERYBODY, by=world.cast.mentor)
    assert "Ana Vidal" in Client().get(entry(world)).content.decode()
    shown = mentor.get(contact).context["form"]["seen"].value()
    mentor.post(contact, told | {"seen": shown})
    page = Client().get(entry(world))
    assert page.status_code == 200
    assert "Ana Vidal" not in page.content.decode()
    assert "not agreed" in mentor.get(world.practice.get_absolute_url()).content.decode()


def test_offered_anew_the_earlier_version_does_not_come_back(world):
    write(world.practice, "context.why", "Courses end at ten.", world.cast.mentor)
    again = services.offer(
        practice=world.practice, audience=Audience.PROGRAMME, by=world.cast.mentor, programme=world.programme
    )
    services.withdraw(offer=again, by=world.cast.mentor)
    assert as_user(world.cast.mentee).get(entry(world)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("kind=service", 1),
        ("kind=policy", 0),
        ("country=BE", 1),
        ("country=LV", 0),
        ("size=under_50k", 0),
        ("theme={theme}", 1),
        ("kind=nonsense&country=XX&theme=999999", 1),
    ],
)
def test_the_library_narrows(world, asked, hits):
    """What is no choice narrows nothing."""
    theme = world.partnership.theme
    services.change_head(practice=world.practice, by=world.cast.mentor, kind="service", themes=[theme])
    services.offer(practice=world.practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    page = as_user(world.cast.mentee).get(reverse("practices:library") + "?" + asked.format(theme=theme.pk))
    assert page.status_code == 200
    assert len(page.context["entries"]) == hits
