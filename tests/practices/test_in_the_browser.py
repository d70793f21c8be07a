"""From strengths to a practice, the library, a judgement, an action and its paper; each page usable by everybody."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from programmes.action_plans.models import Action
from programmes.assessments.models import Answer
from programmes.practices import services
from programmes.practices.enums import Audience
from programmes.practices.models import JudgementText, Practice, PracticeText
from programmes.reports.engines import pdf
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests.e2e.axe import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STRENGTHS = "**Lanterns on the quay.** Volunteers walk home with learners.\n\nWe know schools."


def write(page: Page, label: str, words: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(words)
    expect(box.locator("xpath=ancestor::form").locator("output")).to_contain_text("Saved", timeout=15_000)


def test_from_strengths_to_an_action(browse, world):
    Answer.objects.create(response=world.strengths, part_key="strengths.projects", value=STRENGTHS, revision=1)
    mentor = browse(world.cast.mentor)
    mentor.goto(world.strengths.get_absolute_url() + "?section=strengths")
    mentor.get_by_text("Make a good practice of it").click()
    mentor.get_by_role("button", name="Describe it as a practice Lanterns on the quay").click()
    expect(mentor.get_by_role("heading", name="Lanterns on the quay")).to_be_visible()
    assert_accessible(mentor)
    write(mentor, "Why did it begin", "The way home was dark.")
    mentor.get_by_role("link", name="Offer this practice").click()
    mentor.get_by_label("Everybody in the programme").check()
    mentor.get_by_role("button", name="Offer it").click()
    expect(mentor.get_by_text("Offered. It can be withdrawn at any time.")).to_be_visible()
    practice = Practice.objects.get(title="Lanterns on the quay")
    assert PracticeText.objects.get(practice=practice, point_key="context.why").value == "The way home was dark."

    mentee = browse(world.cast.mentee)
    mentee.goto("/")
    mentee.get_by_role("link", name="Library").click()
    mentee.get_by_label("Words, in any language").fill("lanterns quay")
    mentee.get_by_role("button", name="Search").click()
    assert_accessible(mentee)
    mentee.get_by_role("link", name="Lanterns on the quay").click()
    assert_accessible(mentee)
    mentee.get_by_role("button", name="Could it work here?").click()
    write(mentee, "What would we do differently?", "Two evenings a week.")
    mentee.get_by_label("Yes, we transfer it").check()
    mentee.get_by_role("button", name="Save the decision").click()
    assert_accessible(mentee)
    mentee.get_by_role("button", name="Make an action of it").click()
    expect(mentee.get_by_role("link", name="Lanterns on the quay, Harbourg")).to_be_visible()
    action = Action.objects.get(adapted__practice=practice)
    assert "Two evenings a week." in action.cells.get(column_key="what").value
    content = BUILDERS["action-plan"].gather(world.plan.pk, DocumentOptions("en")).content
    assert "Adapts the practice: Lanterns on the quay, Harbourg" in pdf.html_of(content)
    assert pdf.make(content).data.startswith(b"%PDF")
    assert JudgementText.objects.filter(judgement__practice=practice).count() == 1


def pages_of(world) -> list[tuple[str, str]]:
    practice, judgement = world.practice.pk, world.judgement.pk
    return [
        ("mentor", reverse("practices:own")),
        ("mentor", reverse("practices:add")),
        ("mentor", reverse("practices:practice", args=[practice])),
        ("mentor", reverse("practices:contact", args=[practice])),
        ("mentor", reverse("practices:picture_add", args=[practice])),
        ("mentor", reverse("practices:offer", args=[practice])),
        ("mentor", reverse("practices:judgement_version", args=[world.judgement_version.pk])),
        ("mentee", reverse("practices:library")),
        ("mentee", reverse("practices:entry", args=[practice])),
        ("mentee", reverse("practices:judgement", args=[judgement])),
        ("mentee", reverse("practices:share_judgement", args=[judgement])),
        ("mentee", reverse("practices:booklet_make") + f"?practice={practice}"),
    ]


def test_pages_fit_a_telephone_and_are_usable_by_everybody(browse, world):
    browsers = {role: browse(getattr(world.cast, role), width=360, dark=True) for role in ("mentor", "mentee")}
    for role, url in pages_of(world):
        page = browsers[role]
        page.goto(url)
        assert page.evaluate(OVERFLOW) == 0, url
        assert_accessible(page)


def test_the_public_page_is_usable_by_everybody(browse, world):
    services.offer(practice=world.practice, audience=Audience.EVERYBODY, by=world.cast.mentor)
    page = browse(None)
    page.goto(reverse("practices:entry", args=[world.practice.pk]))
    expect(page.get_by_role("heading", name="Evening school at the quay")).to_be_visible()
    assert_accessible(page)


def test_described_without_scripts(browse, world):
    page = browse(world.cast.mentor, javascript=False)
    page.goto(world.practice.get_absolute_url())
    page.get_by_label("Main activities", exact=True).fill("Lanterns are lit.")
    page.get_by_role("button", name="Save Main activities").click()
    text = PracticeText.objects.get(practice=world.practice, point_key="description.activities")
    assert text.value == "Lanterns are lit."
