"""Could it work here? Judged for oneself, shared, recalled, offered beside the practice, made an action (GP3)."""

import pytest
from django.urls import reverse

from programmes.action_plans import services as plans
from programmes.action_plans.models import Action
from programmes.common.access import Access
from programmes.practices import judging, services
from programmes.practices.enums import Audience, Decision
from programmes.practices.models import Judgement, JudgementText
from tests.cast import JUDGED, NOT_TOLD

from .test_practices import as_user, entry

pytestmark = pytest.mark.django_db


def answer(judgement: Judgement, key: str, words: str, by) -> None:
    text, _made = JudgementText.objects.get_or_create(judgement=judgement, question_key=key)
    judging.save_answer(text=text, base=text.revision, value=words, by=by)


def adapted(world) -> Action:
    return plans.adapt(judgement=world.judgement, plan=world.plan, access=Access(world.cast.mentee))


def test_one_click_opens_five_questions_and_a_second_the_same(world):
    other = as_user(world.cast.other_city)
    for _time in range(2):
        page = other.post(reverse("practices:judge", args=[world.practice.pk]), follow=True)
        assert len(page.context["boxes"]) == 5
    assert Judgement.objects.filter(team=world.teams["other_city"]).count() == 1


def test_nobody_judges_their_own_practice(world):
    answered = as_user(world.cast.mentor).post(reverse("practices:judge", args=[world.practice.pk]), follow=True)
    assert "This practice is your own." in answered.content.decode()


def test_readers_get_it_as_it_was_shared(world):
    page = reverse("practices:judgement_version", args=[world.judgement_version.pk])
    text = as_user(world.cast.mentor).get(page).content.decode()
    assert JUDGED in text
    assert "Part of it" in text
    assert NOT_TOLD not in text


def test_recalled_the_reader_is_told_and_the_city_keeps_its_words(world):
    mentee, mentor = as_user(world.cast.mentee), as_user(world.cast.mentor)
    answer(world.judgement, "exists", "A hall.", world.cast.mentee)
    share = reverse("practices:share_judgement", args=[world.judgement.pk])
    assert mentee.post(share, {"readers": [f"team-{world.teams['mentor'].pk}"]}).status_code == 302
    grants = mentee.get(world.judgement.get_absolute_url()).context["grants"]
    assert len(grants) == 1
    mentee.post(reverse("practices:recall_judgement", args=[world.judgement.pk, grants[0].pk]))
    for version in world.judgement.versions.all():
        refused = mentor.get(reverse("practices:judgement_version", args=[version.pk]))
        assert refused.status_code == 404
        assert "has recalled it" in refused.content.decode()
    own = mentee.get(world.judgement.get_absolute_url()).content.decode()
    assert JUDGED in own
    assert NOT_TOLD in own


def test_recalled_twice_is_said(world):
    mentee = as_user(world.cast.mentee)
    grant = world.judgement_version.grants.get()
    url = reverse("practices:recall_judgement", args=[world.judgement.pk, grant.pk])
    mentee.post(url)
    assert "This is recalled already." in mentee.post(url, follow=True).content.decode()


def test_not_here_because_stands_beside_the_practice_only_if_the_city_says_so(world):
    answer(world.judgement, "reason", "The quay floods in winter.", world.cast.mentee)
    other = as_user(world.cast.other_city)
    assert "The quay floods" not in other.get(entry(world)).content.decode()
    judging.put_beside(judgement=world.judgement, by=world.cast.mentee)
    read = other.get(entry(world)).content.decode()
    assert "The quay floods in winter." in read
    assert JUDGED not in read
    judging.take_back(judgement=world.judgement, by=world.cast.mentee)
    assert "The quay floods" not in other.get(entry(world)).content.decode()


def test_without_a_reason_nothing_stands_beside_the_practice(world):
    mentee = as_user(world.cast.mentee)
    page = mentee.post(reverse("practices:put_beside", args=[world.judgement.pk]), follow=True)
    assert "Decide first, and say why" in page.content.decode()


def test_nothing_judged_is_not_shared(world):
    fresh = judging.judge(version=world.offer.version, team=world.teams["other_city"], by=world.cast.other_city)
    with pytest.raises(judging.NothingJudgedYet):
        judging.share(judgement=fresh, teams=[world.teams["mentor"]], groups=[], by=world.cast.other_city)


# The action


def test_a_transfer_becomes_an_action_that_keeps_its_link(world):
    mentee = as_user(world.cast.mentee)
    answer(world.judgement, "change", "Two evenings instead of four.", world.cast.mentee)
    assert "Make an action of it" in mentee.get(world.judgement.get_absolute_url()).content.decode()
    url = reverse("action_plans:adapt", args=[world.plan.pk, world.judgement.pk])
    for _time in range(2):
        assert mentee.post(url).status_code == 302
    action = Action.objects.get(adapted__judgement=world.judgement)
    words = action.cells.get(column_key="what").value
    assert words == "Evening school at the quay (Harbourg)\n\nTwo evenings instead of four."
    assert "adapts this practice" in mentee.get(world.judgement.get_absolute_url()).content.decode()
    assert world.practice.address_for_reading in mentee.get(world.plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize("decision", ["", Decision.NOT_HERE])
def test_what_is_not_transferred_becomes_no_action(world, decision):
    judging.decide(judgement=world.judgement, decision=decision, by=world.cast.mentee)
    url = reverse("action_plans:adapt", args=[world.plan.pk, world.judgement.pk])
    page = as_user(world.cast.mentee).post(url, follow=True)
    assert "Decide first to transfer the practice" in page.content.decode()
    assert not Action.objects.filter(adapted__isnull=False).exists()


def test_an_action_keeps_title_and_city_of_a_practice_that_is_withdrawn(world):
    adapted(world)
    frozen = plans.freeze(plan=world.plan, name="With it", by=world.cast.mentee)
    services.withdraw(offer=world.offer, by=world.cast.mentor)
    services.change_head(practice=world.practice, by=world.cast.mentor, title="Renamed since")
    mentee = as_user(world.cast.mentee)
    for page in (world.plan.get_absolute_url(), reverse("action_plans:version", args=[frozen.pk])):
        assert "Evening school at the quay, Harbourg" in mentee.get(page).content.decode()
    gone = mentee.get(entry(world))
    assert gone.status_code == 404
    assert "what you wrote about it stays with you" in gone.content.decode()
    kept = mentee.get(world.judgement.get_absolute_url()).content.decode()
    assert "The practice is not offered to you any more." in kept
    assert JUDGED in kept


def test_a_version_frozen_before_has_no_practices(world):
    assert [row["practice"] for row in world.plan_version.content["actions"]] == [None]


def test_the_public_page_tells_nothing_of_who_judges(world):
    services.offer(practice=world.practice, audience=Audience.EVERYBODY, by=world.cast.mentor)
    page = as_user(world.cast.coordinator).get(entry(world)).content.decode()
    assert "Could it work here?" not in page
