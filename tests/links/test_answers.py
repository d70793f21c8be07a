"""What a group is asked by link, and the answers side by side."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from programmes.common import clock
from programmes.common.access import Access
from programmes.conversations.groups import services
from programmes.conversations.groups.boundary import answers_taken_up_by, askings_visible_to
from programmes.conversations.models import Asking, GroupAnswer
from programmes.links.enums import LinkState
from programmes.links.models import PersonalLink
from programmes.links.tokens import path_of, token_of
from programmes.notices.models import Happening, Mail
from programmes.overview.notices import EVENTS
from programmes.overview.waiting import waiting_for, waiting_for_one
from programmes.partnerships.services.support_groups import rest_group, wake_group
from tests.cast import SITE, World
from tests.pages import seen_on

from .scene import Holder, asked, holder_of, member
from .test_seats import page_of

pytestmark = pytest.mark.django_db


def boxes(asking: Asking, *texts: str) -> dict[str, str]:
    return {f"answer-{row.pk}": text for row, text in zip(asking.questions.all(), texts, strict=False)}


def opened(world: World, asking: Asking, person) -> Holder:
    holder = holder_of(asking, person)
    holder.open()
    return holder


def said(holder: Holder, asking: Asking, *texts: str, **more: str):
    data = seen_on(holder.client, holder.work) | boxes(asking, *texts) | more
    return holder.client.post(holder.work, data)


def test_several_questions_in_one_go_one_link_each_member(world: World):
    anna, janis = member(world), member(world, "", "Jānis")
    client, url = page_of(world.cast.mentee), reverse("conversations:ask_group", args=[world.group.pk])
    answer = client.post(url, {"question_1": "What is missing?", "question_2": "Who helps?", "days": "14"})
    asking = Asking.objects.get()
    assert answer.headers["Location"] == asking.get_absolute_url()
    assert [row.text for row in asking.questions.all()] == ["What is missing?", "Who helps?"]
    links = {link.person_id: link for link in services.links_of(asking)}
    assert set(links) == {anna.link.person_id, janis.link.person_id, world.cast.group_member.person.pk}
    assert links[anna.link.person_id].mail is not None
    assert links[janis.link.person_id].mail is None


def test_each_answers_alone_and_the_team_sees_all_side_by_side(world: World):
    anna, janis = member(world).link.person, member(world, "j@example.org", "Jānis").link.person
    asking = asked(world)
    said(opened(world, asking, anna), asking, "Courses in the evening")
    page = opened(world, asking, janis).client.get(f"/l/{services.links_of(asking).get(person=janis).pk}/")
    assert "Courses in the evening" not in page.content.decode()
    said(opened(world, asking, janis), asking, "A place to practise", as_group="on")
    page = page_of(world.cast.mentee).get(asking.get_absolute_url()).content.decode()
    assert "Courses in the evening" in page
    assert "Anna Liepa" in page
    assert "by link" in page
    assert "As the group" in page
    answers = page[page.index("A place to practise") - 400 : page.index("A place to practise")]
    assert "Jānis" not in answers


def test_changed_until_the_day_and_taken_back(world: World):
    asking, person = asked(world), None
    person = member(world).link.person
    services.send_links(asking=asking, by=world.cast.mentee, site=SITE)
    holder = opened(world, asking, person)
    said(holder, asking, "First thought")
    said(holder, asking, "Second thought")
    assert GroupAnswer.objects.get().text == "Second thought"
    answer = said(holder, asking, "")
    assert "at least one box" in answer.content.decode()
    assert GroupAnswer.objects.get().text == "Second thought"


def test_taken_back_nothing_is_left_and_the_link_may_be_passed_on_again(world: World):
    person = member(world, "").link.person
    asking = asked(world)
    holder = opened(world, asking, person)
    said(holder, asking, "As we all think", as_group="on")
    team = page_of(world.cast.mentee)
    assert path_of(holder.link) not in team.get(asking.get_absolute_url()).content.decode()
    assert "Take my answer back" in holder.client.get(holder.work).content.decode()
    holder.client.post(f"{holder.work}decline/")
    assert not GroupAnswer.objects.exists()
    holder.link.refresh_from_db()
    assert holder.link.state == LinkState.DECLINED
    assert path_of(holder.link) in team.get(asking.get_absolute_url()).content.decode()


def test_what_was_taken_up_is_not_taken_back(world: World):
    person = member(world, "").link.person
    asking = asked(world)
    holder = opened(world, asking, person)
    said(holder, asking, "Courses")
    services.take_up(answer=GroupAnswer.objects.get(), where="", by=world.cast.mentee, site=SITE)
    assert "Take my answer back" not in holder.client.get(holder.work).content.decode()
    answer = holder.client.post(f"{holder.work}decline/")
    assert "has taken this up" in answer.content.decode()
    assert GroupAnswer.objects.exists()
    holder.link.refresh_from_db()
    assert holder.link.state == LinkState.ANSWERED


def test_the_team_hears_once_that_the_group_answered(world: World):
    anna, janis = member(world).link.person, member(world, "j@example.org", "Jānis").link.person
    asking = asked(world)
    for person in (anna, janis):
        said(opened(world, asking, person), asking, "Courses")
    (happening,) = Happening.objects.filter(key="group.answered")
    event = next(event for event in EVENTS if event.key == "group.answered")
    people = event.recipients([happening])
    assert people[happening.pk] == {world.cast.mentee.person.pk}
    told = event.say(event.facts([happening])[happening.pk])
    assert (told.path, told.context) == (asking.get_absolute_url(), "Riverton")
    assert "Courses" not in f"{told} {happening.data}"


def test_whoever_asks_for_a_link_of_their_own_stands_on_the_page_of_the_questions(world: World):
    person = member(world).link.person
    asking = asked(world)
    url = reverse("links:own", args=[token_of(services.links_of(asking).get(person=person))])
    Client().post(url, {"name": "Second chair", "email": "second@example.org", "words": "Tenants"})
    (happening,) = Happening.objects.filter(key="link.requested")
    event = next(event for event in EVENTS if event.key == "link.requested")
    assert event.recipients([happening]) == {happening.pk: {world.cast.mentee.person.pk}}
    path = event.say(event.facts([happening])[happening.pk]).path
    assert "second@example.org" in page_of(world.cast.mentee).get(path).content.decode()


def test_an_emptied_box_takes_one_answer_back(world: World):
    person = member(world).link.person
    asking = asked(world, "One?", "Two?")
    holder = opened(world, asking, person)
    said(holder, asking, "One.", "Two.")
    said(holder, asking, "One.", "")
    assert [answer.text for answer in GroupAnswer.objects.all()] == ["One."]


def test_ten_thousand_characters_and_one_more(world: World):
    person = member(world).link.person
    asking = asked(world)
    holder = opened(world, asking, person)
    long = "ā" * 10_000
    assert said(holder, asking, long).status_code == 302
    assert GroupAnswer.objects.get().text == long
    answer = said(holder, asking, long + "!")
    assert answer.status_code == 200
    assert long + "!" in answer.content.decode()
    assert "10000" in answer.content.decode().replace(",", "").replace(".", "")
    assert GroupAnswer.objects.get().text == long


def test_two_who_opened_one_link_lose_nothing(world: World):
    person = member(world).link.person
    asking = asked(world)
    one, two = opened(world, asking, person), opened(world, asking, person)
    older = seen_on(two.client, two.work)
    said(one, asking, "From the phone")
    answer = two.client.post(two.work, older | boxes(asking, "From the laptop"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "From the phone" in page
    assert "From the laptop" in page
    assert GroupAnswer.objects.get().text == "From the phone"


@pytest.mark.django_db(transaction=True)
def test_opened_and_sent_twice_at_once_makes_one_answer(world: World):
    person = member(world).link.person
    asking = asked(world)
    holders = [opened(world, asking, person) for _time in range(2)]
    answers = []

    def send(holder: Holder) -> None:
        answers.append(said(holder, asking, "The same").status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[holder]) for holder in holders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert GroupAnswer.objects.count() == 1
    assert set(answers) <= {200, 302}


def test_somebody_elses_link_opens_nothing_of_mine(world: World):
    anna, janis = member(world).link.person, member(world, "j@example.org", "Jānis").link.person
    asking = asked(world)
    mine, other = opened(world, asking, anna), opened(world, asking, janis)
    assert other.client.get(mine.work).status_code == 404
    assert other.client.post(mine.work, boxes(asking, "Not me")).status_code == 404
    assert not GroupAnswer.objects.exists()


def test_closed_paused_and_handed_on_groups_take_no_answers(world: World):
    person = member(world).link.person
    asking = asked(world)
    holder = opened(world, asking, person)
    rest_group(group=world.group, by=world.cast.mentee)
    assert holder.client.get(holder.work).status_code == 410
    wake_group(group=world.group, by=world.cast.mentee)
    assert holder.client.get(holder.work).status_code == 200
    world.group.team = world.teams["mentor"]
    world.group.save()
    assert holder.client.get(holder.work).status_code == 410
    world.group.team = world.teams["mentee"]
    world.group.save()
    page_of(world.cast.mentee).post(reverse("conversations:asking_close", args=[asking.pk]))
    assert "closed these questions" in holder.client.get(holder.work).content.decode()
    answer = holder.client.post(holder.work, boxes(asking, "Too late"))
    assert "Too late" in answer.content.decode()
    assert not GroupAnswer.objects.exists()


def test_taken_up_is_told_by_one_mail_a_day(world: World):
    anna = member(world).link.person
    asking = asked(world, "One?", "Two?")
    holder = opened(world, asking, anna)
    said(holder, asking, "Courses", "Places")
    client = page_of(world.cast.mentee)
    for answer in GroupAnswer.objects.all():
        client.post(reverse("conversations:taken_up", args=[answer.pk]), {"where": "Needs analysis, question 4"})
    assert Mail.objects.filter(kind=services.TAKEN_UP, person=anna).count() == 1
    page = holder.client.get(holder.work).content.decode()
    assert "Needs analysis, question 4" in page
    assert "The city took this up" in page
    first = GroupAnswer.objects.first()
    client.post(reverse("conversations:taken_up", args=[first.pk]), {"back": "yes"})
    first.refresh_from_db()
    assert (first.taken_up_at, first.taken_up_in) == (None, "")


def test_taken_up_after_the_time_is_over_the_group_still_reads_it_and_writes_no_more(world: World):
    anna = member(world).link.person
    asking = asked(world)
    holder = opened(world, asking, anna)
    said(holder, asking, "Courses")
    past = clock.now() - timedelta(days=1)
    Asking.objects.update(until=past)
    PersonalLink.objects.filter(purpose="answer").update(expires_at=past)
    assert holder.client.get(holder.work).status_code == 410
    services.take_up(answer=GroupAnswer.objects.get(), where="Plan, action 2", by=world.cast.mentee, site=SITE)
    assert Mail.objects.filter(kind=services.TAKEN_UP, person=anna).exists()
    page = holder.client.get(holder.work).content.decode()
    assert "Plan, action 2" in page
    assert "Courses" in page
    assert "<textarea" not in page
    answer = holder.client.post(holder.work, boxes(asking, "Later thought"))
    assert answer.status_code == 410
    assert "Later thought" in answer.content.decode()
    assert GroupAnswer.objects.get().text == "Courses"


def test_a_new_link_for_who_was_late_lets_them_answer(world: World):
    person = member(world).link.person
    asking = asked(world)
    holder = holder_of(asking, person)
    past = clock.now() - timedelta(days=1)
    Asking.objects.update(until=past)
    PersonalLink.objects.filter(purpose="answer").update(expires_at=past)
    page_of(world.cast.mentee).post(reverse("links:again", args=[holder.link.pk]))
    late = opened(world, asking, person)
    said(late, asking, "Better late")
    assert GroupAnswer.objects.get().text == "Better late"


def test_only_the_team_that_asked_reads(world: World):
    anna = member(world).link.person
    asking = asked(world)
    said(opened(world, asking, anna), asking, "Marmalade")
    for name, user in world.cast.everybody().items():
        expected = name == "mentee"
        assert askings_visible_to(Access(user)).exists() == expected, name
        assert answers_taken_up_by(Access(user)).exists() == expected, name
    assert not askings_visible_to(Access(person=anna)).exists()


def test_members_with_an_account_answer_by_it_and_it_is_not_marked(world: World):
    asking = asked(world)
    person = world.cast.group_member.person
    holder = Holder(services.links_of(asking).get(person=person), page_of(world.cast.group_member))
    said(holder, asking, "By account")
    assert GroupAnswer.objects.get().by_link is False
    assert 'href="/"' in holder.client.get(holder.work).content.decode()


def test_asked_too_often(world: World, monkeypatch):
    monkeypatch.setattr(services, "MOST_AN_HOUR", 1)
    asked(world)
    with pytest.raises(services.AskedOften):
        asked(world)


def test_who_joined_later_gets_a_link_by_one_click(world: World):
    asking = asked(world)
    person = member(world).link.person
    assert not services.links_of(asking).filter(person=person).exists()
    page_of(world.cast.mentee).post(reverse("conversations:asking_links", args=[asking.pk]))
    assert services.links_of(asking).filter(person=person).exists()
    assert PersonalLink.objects.filter(person=person, purpose="answer").count() == 1


def test_ready_questions_for_visits_and_end_users(world: World):
    client, url = page_of(world.cast.mentee), reverse("conversations:ask_group", args=[world.group.pk])
    page = client.get(f"{url}?kind=visit").content.decode()
    assert "Which places in our city should visitors see?" in page
    client.post(f"{url}?kind=visit", {"question_1": "Where to?", "days": "7"})
    assert Asking.objects.get().kind == "visit"


def test_link_page_is_light(world: World, django_assert_max_num_queries):
    person = member(world).link.person
    asking = asked(world, *[f"Question {n}?" for n in range(5)])
    holder = opened(world, asking, person)
    with django_assert_max_num_queries(12):
        assert holder.client.get(holder.work).status_code == 200
    with django_assert_max_num_queries(12):
        assert Client().get(path_of(holder.link)).status_code == 200


def test_it_waits_for_members_with_an_account_until_they_answer(world: World):
    asking, user = asked(world), world.cast.group_member

    def waits() -> list[str]:
        return [row.url for row in waiting_for_one(Access(user)) if row.key == "group.asked"]

    link = services.links_of(asking).get(person=user.person)
    assert waits() == [f"/l/{link.pk}/"]
    many = [row for row in waiting_for([user.person]) if row.key == "group.asked"]
    assert [row.url for row in many] == waits()
    said(Holder(link, page_of(user)), asking, "By account")
    assert waits() == []


def test_beside_a_form_the_question_is_the_forms_own_and_no_other_end_is_offered(world: World):
    url = reverse("assessments:ask_group", args=[world.response.pk])
    page = page_of(world.cast.mentee).get(f"{url}?part=challenge.obstacles").content.decode()
    assert "What stands in the way?</textarea>" in page
    assert "kind=visit" not in page
