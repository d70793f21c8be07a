"""Nobody reads over the shoulder: what a city works on reaches readers only in the version it shared with them."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.accounts.models import User
from programmes.action_plans.services import change_header
from programmes.assessments.models import Part
from programmes.assessments.services.answers import save_answer
from programmes.common.access import Access
from programmes.partnerships.services.teams import allow_facilitator
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests.cast import World

from .test_boundary import _replace_mentee

pytestmark = pytest.mark.django_db

INHABITANTS = {"state": "known", "value": "48151", "year": 2024, "source": "Register"}


def page(user: User, name: str, *args: int, query: str = "") -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=args) + query, follow=True).content.decode()


@pytest.mark.parametrize("role", ["mentor", "mentee_association", "group_member"])
def test_a_new_title_of_the_plan_is_read_where_it_was_shared(world: World, role: str):
    change_header(plan=world.plan, by=world.cast.mentee, title="Second thoughts")
    reader = getattr(world.cast, role)
    places = [("overview:my_work",), ("action_plans:plan", world.plan.pk)]
    places += [("overview:partnership", world.partnership.pk)] if role != "group_member" else []
    shown = [page(reader, *place) for place in places]
    assert not any("Second thoughts" in text for text in shown)
    assert all("Learning Latvian together" in text for text in shown)
    assert "Second thoughts" in page(world.cast.mentee, "overview:partnership", world.partnership.pk)


def test_nobody_suggests_on_the_plan_of_a_city_that_was_replaced(world: World):
    address = reverse("action_plans:suggest", args=[world.action.pk])
    client = Client()
    client.force_login(world.cast.mentor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 200
    successor = _replace_mentee(world)
    assert client.post(address, {"text": "Only for Riverton"}).status_code == 403
    assert "Learning Latvian together" not in page(successor, "overview:my_work")


def test_a_figure_that_was_not_shared_stands_in_its_answer_only(world: World):
    part = Part.objects.get(key="local.inhabitants", question__section__version=world.response.questionnaire_version)
    save_answer(response=world.response, part=part, base=0, value=INHABITANTS, access=Access(world.cast.mentee))
    city = world.teams["mentee"].enrolment.organisation_id
    readers = {role: page(user, "participants:organisation", city) for role, user in _signed_in(world).items()}
    assert {role for role, text in readers.items() if "48,151" in text} == set()
    forms = {
        role: page(user, "assessments:form", world.response.pk, query="?section=local")
        for role, user in _signed_in(world).items()
    }
    assert {role for role, text in forms.items() if "48,151" in text} == {"mentee"}


def _signed_in(world: World) -> dict[str, User]:
    return {role: user for role, user in world.cast.everybody().items() if role != "anonymous"}


def test_an_association_learns_nothing_of_who_reads_the_citys_needs(world: World):
    """Its team writes one section of the city's form; the rest was shared with the mentor and others by the city."""
    share = reverse("assessments:share", args=[world.response.pk])
    client = Client()
    client.force_login(world.cast.mentee_association, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(share).context["form"]
    assert form["readers"].value() in (None, [], set())
    assert client.get(share).context["page"].shared_versions == []
    client.force_login(world.cast.mentee, backend="django.contrib.auth.backends.ModelBackend")
    assert f"team-{world.teams['mentor'].pk}" in client.get(share).context["form"]["readers"].value()


def test_whoever_may_write_for_the_city_prints_its_versions(world: World):
    """The page of a version and its document agree, also where no section was shared with the facilitator."""
    options = DocumentOptions("en", reader=Access(world.cast.facilitator), version=world.version.pk)
    world.version.grants.filter(team=world.teams["facilitator"], section_key="challenge").delete()
    allow_facilitator(team=world.teams["mentee"], allowed=True, by=world.cast.mentee)
    gathered = BUILDERS["needs-analysis"].gather(world.response.pk, options)
    assert "Courses end at A2" in repr(gathered)
    assert BUILDERS["needs-analysis"].may_read(Access(world.cast.facilitator), world.response.pk, gathered.holds)
    allow_facilitator(team=world.teams["mentee"], allowed=False, by=world.cast.mentee)
    assert not BUILDERS["needs-analysis"].may_read(Access(world.cast.facilitator), world.response.pk, gathered.holds)


def test_no_shared_cache_keeps_a_file_of_somebody(world: World):
    client = Client()
    client.force_login(world.cast.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("overview:board_csv", args=[world.programme.pk]))
    assert answer["Cache-Control"].startswith("private")
