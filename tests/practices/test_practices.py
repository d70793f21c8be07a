"""Good practices: described, offered, withdrawn, found (Annex 4, GP1, GP2)."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.common import clock
from programmes.common.access import Access
from programmes.partnerships.services.partnerships import add_participation
from programmes.practices import selectors, services
from programmes.practices.enums import Audience
from programmes.practices.models import PracticeText
from programmes.practices.points import sections
from tests.cast import NOT_OFFERED

pytestmark = pytest.mark.django_db


def entry(world) -> str:
    return reverse("practices:entry", args=[world.practice.pk])


def as_user(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def write(practice, key: str, words: str, by) -> None:
    text, _made = PracticeText.objects.get_or_create(practice=practice, point_key=key)
    services.save_text(text=text, base=text.revision, value=words, by=by)


def found(user, words: str) -> list[str]:
    rows = selectors.found_by(selectors.library(Access(user)), words)
    return [row.content["title"] for row in rows]


def test_the_annex_is_complete():
    assert [section.number for section in sections()] == list(range(1, 13))
    points = [point for section in sections() for point in section.points]
    assert len(points) == 22
    assert len({point.key for point in points}) == 22
    assert sum(point.opens_first for point in points) == 5
    assert all(set(point.label) == {"en", "es"} for point in points)


def test_readers_get_the_practice_as_it_was_offered(world):
    page = as_user(world.cast.mentee).get(entry(world)).content.decode()
    assert "Courses ended when the shift began." in page
    assert NOT_OFFERED not in page


def test_offered_again_the_newer_text_is_read(world):
    services.offer(
        practice=world.practice, audience=Audience.PROGRAMME, by=world.cast.mentor, programme=world.programme
    )
    assert NOT_OFFERED in as_user(world.cast.mentee).get(entry(world)).content.decode()
    assert found(world.cast.mentee, "evening") == ["Evening school at the quay"]


def test_the_same_text_makes_no_new_version(world):
    for _time in range(2):
        services.offer(practice=world.practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    assert world.practice.versions.count() == 2


def test_withdrawn_nobody_opens_it(world):
    services.withdraw(offer=world.offer, by=world.cast.mentor)
    assert as_user(world.cast.mentee).get(entry(world)).status_code == 404
    assert found(world.cast.mentee, "") == []


def test_the_public_page_needs_no_account_and_goes_at_once(world):
    public = services.offer(practice=world.practice, audience=Audience.EVERYBODY, by=world.cast.mentor)
    assert Client().get(entry(world)).status_code == 200
    services.withdraw(offer=public, by=world.cast.mentor)
    assert Client().get(entry(world)).status_code == 302


def test_offered_to_a_partnership_its_teams_read_it(world):
    """Whom the coordinator brings in later reads it once it is offered again."""
    services.withdraw(offer=world.offer, by=world.cast.mentor)
    to = {"audience": Audience.PARTNERSHIP, "partnership": world.partnership}
    services.offer(practice=world.practice, by=world.cast.mentor, **to)
    assert found(world.cast.mentee, "evening")
    assert found(world.cast.other_city, "evening") == []
    late, team = world.cast.other_facilitator, world.teams["other_facilitator"]
    add_participation(partnership=world.partnership, team=team, role="facilitator", by=world.cast.coordinator)
    assert found(late, "evening") == []
    services.offer(practice=world.practice, by=world.cast.mentor, **to)
    assert found(late, "evening")


def test_nothing_told_is_not_offered(world):
    bare = services.describe(team=world.teams["mentor"], by=world.cast.mentor, title="Bare", place="Elsewhere")
    with pytest.raises(services.NothingToldYet):
        services.offer(practice=bare, audience=Audience.SIGNED_IN, by=world.cast.mentor)


@pytest.mark.parametrize("words", ["γλωσσα", "ΓΛΏΣΣΑ", "quay γλώσ", "evening scho", "Quay"])
def test_found_in_any_language_without_accents(world, words):
    write(world.practice, "more", "Βραδινά μαθήματα γλώσσας", world.cast.mentor)
    services.offer(practice=world.practice, audience=Audience.SIGNED_IN, by=world.cast.mentor)
    assert found(world.cast.mentee, words) == ["Evening school at the quay"]


@pytest.mark.parametrize("words", ["vening", "quay nowhere", "'", '"*', "& | !", ":*", "(", "NOT AND OR"])
def test_signs_and_other_words_find_nothing_or_all(world, words):
    assert found(world.cast.mentee, words) in ([], ["Evening school at the quay"])


def test_the_contact_is_named_after_consent_only_and_gone_at_once(world):
    mentor, reader = as_user(world.cast.mentor), as_user(world.cast.mentee)
    page = reverse("practices:contact", args=[world.practice.pk])
    mentor.post(page, {"contact_name": "Ana Vidal", "contact_post": "Head of adult education", "contact_email": ""})
    assert "Ana Vidal" not in reader.get(entry(world)).content.decode()
    shown = mentor.get(page).context["form"]["seen"].value()
    mentor.post(page, {"contact_name": "Ana Vidal", "contact_post": "Head", "agreed": "on", "seen": shown})
    assert "Ana Vidal" in reader.get(entry(world)).content.decode()
    shown = mentor.get(page).context["form"]["seen"].value()
    mentor.post(page, {"contact_name": "Ana Vidal", "contact_post": "Head", "seen": shown})
    assert "Ana Vidal" not in reader.get(entry(world)).content.decode()


def test_a_practice_needs_a_place(world):
    page = as_user(world.cast.mentor).post(reverse("practices:add"), {"title": "Nowhere", "language": "en"})
    assert page.status_code == 422
    assert "Choose the city, or name the city or area in words." in page.content.decode()


def test_letting_the_facilitator_type_never_includes_offering(world):
    team = world.teams["mentor"]
    team.facilitator_may_write_at, team.facilitator_may_write_by = clock.now(), world.cast.mentor
    team.save()
    facilitator = as_user(world.cast.facilitator)
    assert facilitator.get(world.practice.get_absolute_url()).status_code == 200
    assert facilitator.post(reverse("practices:offer", args=[world.practice.pk]), {}).status_code == 403
    withdraw = reverse("practices:withdraw", args=[world.practice.pk, world.offer.pk])
    assert facilitator.post(withdraw).status_code == 403
