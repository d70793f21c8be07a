"""The demo programme, loaded: everything the issue promises is there, and nobody reads more than they may."""

import datetime
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.demo import DEMO_ACCOUNTS, PASSWORD
from programmes.accounts.models import AuditEvent, Person, User
from programmes.action_plans.boundary import plans_visible_to
from programmes.action_plans.boundary import versions_visible_to as plan_versions_visible_to
from programmes.action_plans.models import CellRevision, Plan, PlanVersion
from programmes.assessments.boundary import help_visible_to, needs_visible_to, versions_visible_to
from programmes.assessments.models import Answer, AnswerRevision, Response, SharedVersion
from programmes.common.access import Access
from programmes.conversations.boundary import between_cities, conversations_visible_to
from programmes.conversations.models import Conversation, Opening
from programmes.overview import demo_loader
from programmes.overview.demo_loader.texts import Texts
from programmes.participants.models import Organisation
from programmes.partnerships.days import today_in
from programmes.partnerships.enums import Role
from programmes.partnerships.models import (
    Enrolment,
    Participation,
    Partnership,
    Programme,
    SupportGroup,
    Team,
    TeamMember,
)

COUNTED = (
    *(AuditEvent, Answer, AnswerRevision, CellRevision, Enrolment, Organisation, Participation, Partnership, Person),
    *(Plan, PlanVersion, Programme, Response, SharedVersion, SupportGroup, Team, TeamMember, Conversation, User),
)
JELGAVA_READERS = {"mentee", "mentor"}
ACCOUNTS = [account.email.split("@")[0] for account in DEMO_ACCOUNTS]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for the tests that only read it; gone afterwards."""
    with django_db_blocker.unblock(), _undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        yield demo_loader.load()


@contextmanager
def _undone():
    """What happens within is rolled back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def user(demo, db):
    return lambda name: User.objects.get(email=f"{name}@demo.example")


def partnership_of(city: str) -> Partnership:
    return Partnership.objects.get(participations__organisation__name=city, participations__role=Role.MENTEE)


def test_demo_is_refused_where_it_is_off(db, settings):
    settings.DEMO = False
    before = Programme.objects.count()
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("load_demo")
    assert Programme.objects.count() == before


def test_a_second_load_changes_nothing(demo, db):
    before = [model.objects.count() for model in COUNTED]
    changed = demo.updated_at
    assert demo_loader.load() is None
    assert [model.objects.count() for model in COUNTED] == before
    assert Programme.objects.get(is_demo=True).updated_at == changed


def test_what_people_changed_stays(user):
    officer = user("mentee")
    officer.set_password("another word of mine")
    officer.save()
    demo_loader.load()
    officer.refresh_from_db()
    assert officer.check_password("another word of mine")


def test_everything_says_that_it_is_of_the_demo(demo, db):
    assert demo.demo_loaded_on == today_in(demo)
    assert not Organisation.objects.filter(is_demo=False).exists()
    assert not Person.objects.filter(is_demo=False).exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_only_the_listed_accounts_have_the_public_password(demo, db):
    open_to_all = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert open_to_all == {account.email for account in DEMO_ACCOUNTS}
    assert all(User.objects.get(email=email).check_password(PASSWORD) for email in open_to_all)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_signs_in_and_has_a_page(demo, db, client, name):
    form = {"login": f"{name}@demo.example", "password": PASSWORD}
    client.post(reverse("account_login"), form)
    assert client.get(reverse("overview:my_work")).status_code == 200
    assert client.session["_auth_user_id"] == str(User.objects.get(email=form["login"]).pk)


def test_eight_cities_in_four_partnerships_at_different_stages(demo, db):
    rows = list(demo.partnerships.select_related("current_stage"))
    assert len(rows) == len({row.current_stage.key for row in rows}) == 4
    assert sum(len(row.current_cities()) for row in rows) == 8
    for row in rows:
        assert {part.role for part in row.current()} == {
            "mentee",
            "mentor",
            "mentee_association",
            "mentor_association",
            "facilitator",
        }
        assert row.sort_name
        assert row.countries.exists()


def test_one_agreed_date_passed_and_others_are_to_come(demo, db):
    due = {row.next_due for row in demo.partnerships.all()}
    assert min(due) < demo.demo_loaded_on < max(due)
    assert sum(day < demo.demo_loaded_on for day in due) == 1


def test_two_plans_of_which_one_has_two_frozen_versions(demo, db):
    assert sorted(plan.versions.count() for plan in Plan.objects.all()) == [0, 2]
    older, newer = PlanVersion.objects.order_by("number")
    assert len(newer.data["actions"]) > len(older.data["actions"])
    assert older.data["actions"][0]["cells"]["what"]["value"] != newer.data["actions"][0]["cells"]["what"]["value"]
    assert older.created_at < newer.created_at < timezone.now() - datetime.timedelta(days=30)


def test_shared_versions_have_the_numbers_of_the_texts(demo, db):
    texts = Texts.read()
    shares = [share for file in texts.cities.values() for share in file["shares"]]
    for association in texts.associations:
        shares += association["context_shares"]
        shares += [share for city in association["typicality"] for share in city["shares"]]
    made = SharedVersion.objects.values_list("number", "name")
    assert sorted(made) == sorted((share["number"], share["name"]) for share in shares)


def test_nothing_was_written_after_the_day_of_loading(demo, db):
    morning = timezone.now()
    assert not AnswerRevision.objects.filter(at__gt=morning).exists()
    assert not AuditEvent.objects.filter(at__gt=morning).exists()
    assert AuditEvent.objects.earliest("at").at < morning - datetime.timedelta(days=500)
    assert SharedVersion.objects.earliest("created_at").created_at < morning - datetime.timedelta(days=400)


def test_histories_and_a_translation_out_of_step(demo, db):
    answers = Answer.objects.all()
    assert [answer.part_key for answer in answers if answer.translation_is_stale] == ["challenge.partners_difficulties"]
    assert {answer.language for answer in answers if answer.translation} >= {"lv", "el", "es", "fr", "it"}
    assert (
        answers.get(response__team__enrolment__organisation__name="Jelgava", part_key="challenge.what").history.count()
        == 2
    )


def test_conversations_open_resolved_and_half_opened(demo, db):
    rows = Conversation.objects.all()
    assert between_cities(rows.filter(resolved_at=None)).count() >= 3
    assert rows.filter(resolved_at__isnull=False).count() >= 3
    (half,) = Opening.objects.all()
    assert [consent.reader.participation.role for consent in half.consents.all()] == ["mentee"]
    assert rows.get(readers__support_group__isnull=False).messages.count() == 1


@pytest.mark.parametrize("name", ACCOUNTS)
def test_what_jelgava_and_schaerbeek_said_to_each_other_stays_with_them(user, name):
    mine = conversations_visible_to(Access(user(name))).filter(partnership=partnership_of("Jelgava"))
    assert between_cities(mine).exists() == (name in JELGAVA_READERS)
    assert mine.filter(about_plan__action__isnull=False).exists() == (name in JELGAVA_READERS | {"association"})
    assert mine.filter(readers__support_group__isnull=False).exists() == (name in {"mentee", "group"})


@pytest.mark.parametrize("name", ["other", "admin"])
def test_strangers_read_nothing_of_jelgava(user, name):
    stranger, jelgava = user(name), Organisation.objects.get(name="Jelgava")
    assert not versions_visible_to(Access(stranger)).filter(response__team__enrolment__organisation=jelgava).exists()
    assert not needs_visible_to(Access(stranger)).filter(response__team__enrolment__organisation=jelgava).exists()
    assert not help_visible_to(Access(stranger)).filter(need__response__team__enrolment__organisation=jelgava).exists()
    assert not plans_visible_to(Access(stranger)).filter(city=jelgava).exists()


def test_the_group_reads_the_versions_shared_with_it_and_is_asked_one_question(user):
    group = user("group")
    assert [version.number for version in plan_versions_visible_to(Access(group))] == [2, 1]
    assert conversations_visible_to(Access(group)).count() == 1
    assert not versions_visible_to(Access(group)).exists()
