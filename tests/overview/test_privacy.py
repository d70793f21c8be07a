"""What is promised about people's data: it goes in time, everybody takes their own, and erased means erased."""

import datetime
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.accounts.models import AuditEvent, FormOwner, KeptPost, OutboxMessage, Person, User
from programmes.accounts.services import ask_for_erasure, create_account
from programmes.assessments.models import AnswerRevision
from programmes.common.privacy import Period
from programmes.links.models import OwnLinkRequest, PersonalLink
from programmes.notices.models import Happening, Mail
from programmes.overview import privacy
from programmes.overview.digests import digest_for
from programmes.overview.notices import handle, send
from programmes.overview.tasks import expire
from programmes.participants.models import Membership
from programmes.partnerships.models import (
    Invitation,
    Letter,
    PreparedInvitation,
    Programme,
    SupportGroupMember,
    Team,
    TeamEvent,
    TeamMember,
    TeamReopening,
)
from programmes.partnerships.services.enrolments import end_enrolment, enrol
from programmes.partnerships.services.invitations import accept, invite
from programmes.partnerships.services.succession import ask_to_reopen, name_stand_in
from programmes.reports.models import Document
from tests import staging
from tests.cast import OWN_WORDS, SECRET, World

TYPED = "Z. Ozola-Berga"
"""As others wrote the name of whoever is erased."""

NOW = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# What expires


def kept_form(at, user):
    return KeptPost.objects.create(owner=user, path="/", body="[]", created_at=at)


def outbox_mail(at, user):
    return OutboxMessage.objects.create(subject="Hello", created_at=at)


def form_owner(at, user):
    return FormOwner.objects.create(fingerprint=at.isoformat(), user=user, created_at=at)


def step(at, user):
    return AuditEvent.objects.create(by=user, verb="shared", target_kind="a.b", target_id=1, at=at)


def administrators_note(at, user):
    kind = ContentType.objects.get_for_model(User)
    entry = LogEntry.objects.create(user=user, content_type=kind, object_id="1", action_flag=2)
    LogEntry.objects.filter(pk=entry.pk).update(action_time=at)
    return entry


def invitation(at, user):
    team = TeamMember.objects.filter(person__user=user).get().team
    return Invitation.objects.create(email="x@y.example", name="X", team=team, invited_by=user, expires_at=at)


def document(at, user):
    made = {"kind": "plan", "language": "en", "format": "pdf", "title": "Plan", "fingerprint": at.isoformat()}
    return Document.objects.create(**made, state="failed", error="lost", asked_at=at)


def prepared(at, user):
    team = TeamMember.objects.filter(person__user=user).get().team
    address = f"{at:%H%M}@y.example"
    return _made(PreparedInvitation.objects.create(team=team, email=address, name="X", entered_by=user), created_at=at)


def reopening(at, user):
    team = TeamMember.objects.filter(person__user=user).get().team
    who = {"name": "X", "email": "x@y.example", "asked_by": user, "opened_at": at}
    return _made(TeamReopening.objects.create(team=team, **who), updated_at=at)


def mail(at, user):
    return Mail.objects.create(kind="digest", address=user.email, identity=at.isoformat(), created_at=at)


def happening(at, user):
    return Happening.objects.create(key="member.joined", subject_id=1, by=user, at=at)


def link(at, user):
    return PersonalLink.objects.create(
        purpose="seat", subject_id=at.hour, person=user.person, made_by=user, expires_at=at
    )


def wish_for_a_link(at, user):
    asked = link(NOW + datetime.timedelta(hours=at.hour), user)
    return _made(OwnLinkRequest.objects.create(link=asked, name="X", email="x@y.example"), created_at=at)


def _made(row, **moment):
    type(row).objects.filter(pk=row.pk).update(**moment)
    return row


MADE = {
    kept_form: datetime.timedelta(hours=24),
    outbox_mail: datetime.timedelta(days=30),
    step: datetime.timedelta(days=90),
    administrators_note: datetime.timedelta(days=90),
    form_owner: datetime.timedelta(days=366),
    invitation: datetime.timedelta(days=365),
    document: datetime.timedelta(days=365),
    prepared: datetime.timedelta(days=365),
    reopening: datetime.timedelta(days=365),
    mail: datetime.timedelta(days=365),
    happening: datetime.timedelta(days=365),
    link: datetime.timedelta(days=365),
    wish_for_a_link: datetime.timedelta(days=30),
}
ELSEWHERE = {
    "Sign-ins that last",
    "Names in a team’s history, of people who never had a place in it",
    "Letters that a coordinator or facilitator wrote to many, and whom they were for",
    "Names and addresses of people without an account who asked by a link to be erased",  # tests/links
    "Conversations of a partnership, unless both of its teams keep them",  # tests/conversations/test_retention.py
}
"""Periods that have tests of their own."""


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_it_goes_when_its_time_is_over_and_not_before(world: World, make):
    an_hour = datetime.timedelta(hours=1)
    old = make(NOW - MADE[make] - an_hour, world.cast.mentee)
    young = make(NOW - MADE[make] + an_hour, world.cast.mentee)
    privacy.expire(NOW)
    assert not type(old).objects.filter(pk=old.pk).exists()
    assert type(young).objects.filter(pk=young.pk).exists()


def test_no_period_is_without_a_test(world: World):
    an_hour = datetime.timedelta(hours=1)
    for make, kept_for in MADE.items():
        make(NOW - kept_for - an_hour, world.cast.mentee)
    assert {str(period.what) for period in privacy.PERIODS if not period.expire(NOW)} == ELSEWHERE


def test_letters_go_a_year_after_the_programme_and_names_of_guests_from_histories(world: World):
    coordinator, a_year = world.cast.coordinator, datetime.timedelta(days=365)
    written = {"to": "pairs", "subject": "Hello", "text": "Words", "written_by": coordinator}
    two_days = datetime.timedelta(days=2)
    for programme, ended in (
        (world.programme, NOW - a_year - two_days),
        (world.other_programme, NOW - a_year + two_days),
    ):
        Programme.objects.filter(pk=programme.pk).update(ended_on=ended.date())
        Letter.objects.create(programme=programme, **written)
    team = world.teams["mentor"]
    for name, at in (("Old", NOW - a_year - two_days), ("Young", NOW - a_year + two_days)):
        _made(TeamEvent.objects.create(team=team, kind="invited", name=name), at=at)
    privacy.expire(NOW)
    assert [row.programme for row in Letter.objects.all()] == [world.other_programme]
    assert list(TeamEvent.objects.filter(team=team, kind="invited").values_list("name", flat=True)) == ["Young", ""]


def test_the_task_does_it_by_the_clock(world: World):
    old = kept_form(timezone.now() - datetime.timedelta(days=2), world.cast.mentee)
    expire()
    assert not KeptPost.objects.filter(pk=old.pk).exists()


def test_sessions_that_ended_go(world: World):
    client = signed_in(world.cast.mentee)
    privacy.expire(timezone.now() + datetime.timedelta(days=15))
    assert client.get("/account/").status_code == 302


def test_the_scheduler_asks_for_it(settings):
    assert settings.CELERY_BEAT_SCHEDULE["overview.expire"]["task"] == expire.name


@pytest.mark.django_db
def test_the_page_says_the_periods_the_task_obeys(client: Client):
    page = client.get("/about/data-protection/").content.decode()
    for period in privacy.PERIODS:
        assert str(period.what) in page.replace("&#x27;", "'")
        assert f"<td>{period.length}</td>" in page
    assert 'href="/about/data-protection/' in client.get("/about/privacy/").content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "24 hours"), (14, "14 days"), (90, "90 days"), (365, "1 year"), (366, "1 year"), (730, "2 years")],
)
def test_a_period_as_people_say_it(days: int, words: str):
    assert Period("", datetime.timedelta(days=days), "", lambda before: 0).length == words


# One's own data


def data_of(user: User) -> dict:
    answer = signed_in(user).get("/account/data/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    return json.loads(answer.content)


def test_everybody_takes_their_own_data(world: World):
    mentee = world.cast.mentee
    OutboxMessage.objects.create(subject="For you", recipients=[mentee.email.upper()], body="Text")
    OutboxMessage.objects.create(subject="For others", recipients=["x@y.example"])
    data = data_of(mentee)
    assert data["profile"]["email"] == mentee.email
    assert [place["team"] for place in data["places_in_teams"]] == ["Riverton"]
    assert [mail["subject"] for mail in data["mails"]] == ["For you"]
    assert OWN_WORDS in [entry.get("text") for entry in data["history_of_forms"]]
    assert data["history_of_forms"][0]["form"]
    assert data["needs_named"][0]["title"] == world.need.title
    assert AuditEvent.objects.filter(verb="took own data", by=mentee).exists()


def test_ones_own_messages_and_nobody_elses(world: World):
    assert SECRET in json.dumps(data_of(world.cast.mentor)["messages"])
    assert SECRET not in json.dumps(data_of(world.cast.mentee))
    assert "Libraries would be glad" not in json.dumps(data_of(world.cast.mentee))


def test_a_long_history_asks_no_more_questions(world: World):
    mentee = world.cast.mentee

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            privacy.own_data(User.objects.get(pk=mentee.pk))
        return len(queries)

    before, entry = asked(), AnswerRevision.objects.filter(by=mentee).latest("pk")
    for number in range(20):
        kept_form(timezone.now(), mentee)
        AnswerRevision.objects.create(owner=entry.owner, by=mentee, value="More", revision=100 + number)
    assert asked() == before


def test_whoever_left_the_team_reads_its_texts_no_more(world: World):
    """An entry of the history is the whole box, others' words included."""
    mentee = world.cast.mentee
    staging.join(next(iter(staging.users("colleague"))), world.teams["mentee"])
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    TeamMember.objects.filter(person__user=mentee).update(ended_on=yesterday, ended_by=mentee)
    data = data_of(mentee)
    assert data["history_of_forms"]
    assert OWN_WORDS not in json.dumps(data)
    assert "text" not in data["history_of_forms"][0]
    assert [set(need) for need in data["needs_named"]] == [{"created_at"}]


# Erased


@pytest.fixture
def erased(world: World) -> User:
    """The mentee's officer, after everything that could hold the name or address, and after the erasure."""
    mentee, name, address = world.cast.mentee, "Zelma Ozola", world.cast.mentee.email
    User.objects.filter(pk=mentee.pk).update(name=name)
    Person.objects.filter(user=mentee).update(name=name, email=address)
    staging.join(next(iter(staging.users("colleague"))), world.teams["mentee"])
    EmailAddress.objects.get_or_create(user=mentee, email=address, defaults={"verified": True, "primary": True})
    RecoveryCodes.activate(mentee)
    kept_form(timezone.now(), mentee)
    OutboxMessage.objects.create(subject="For you", recipients=[address], body="Text")
    SupportGroupMember.objects.create(group=world.group, name=name, person=mentee.person)
    _named_by_others(world, mentee)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=world.cast.administrator, content_type=kind, object_repr=address, action_flag=2)
    ask_for_erasure(user=mentee, by=mentee)
    privacy.erase(user=mentee, by=world.cast.administrator)
    mentee.name, mentee.email = name, address
    return mentee


def _named_by_others(world: World, mentee: User) -> None:
    """Histories of teams tell of them, a colleague's summary, and mails to others in the outbox."""
    colleague, cast = User.objects.get(name="Colleague"), world.cast
    other, empty = world.teams["other_city"], world.teams["other_programme"]
    details = {"email": mentee.email, "name": TYPED, "language": "en"}
    staging.join(colleague, other)
    accept(invitation=invite(team=other, by=colleague, site="https://example.org/", **details), user=mentee)
    name_stand_in(team=world.teams["mentor"], by=cast.mentor, **details)
    Team.objects.filter(pk=empty.pk).update(emptied_at=timezone.now())
    ask_to_reopen(team=empty, by=cast.administrator, **details)
    handle()
    Mail.objects.bulk_create([digest_for(colleague.person, "test")])
    send()
    assert "Zelma Ozola joined" in Mail.objects.get(kind="digest").text
    OutboxMessage.objects.create(subject="Hello", recipients=["x@y.example"], body=f"{TYPED} joined")


def test_no_column_of_no_table_holds_name_or_address(erased: User):
    """Whatever table is added later is looked through as well."""
    marks = (erased.name, erased.email, TYPED)
    found = set()
    for model in apps.get_models(include_auto_created=True):
        texts = [
            f.name
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values_list(*texts) if texts else ():
            found |= {model._meta.label for value in row if any(mark in str(value) for mark in marks)}
    assert found == set()


def test_the_account_is_closed_and_its_address_free(erased: User, world: World):
    row = User.objects.get(pk=erased.pk)
    assert (row.is_active, row.has_usable_password(), str(row)) == (False, False, "former member")
    assert create_account(email=erased.email, name="Somebody new", by=None)


def test_places_end_and_pages_say_former_member(erased: User, world: World):
    assert not TeamMember.objects.filter(person__user=erased, ended_on=None).exists()
    assert not Membership.objects.filter(person__user=erased, ended_on=None).exists()
    colleague = User.objects.get(name="Colleague")
    client = signed_in(colleague)
    for page in (
        f"/teams/{world.teams['mentee'].pk}/",
        f"/partnerships/{world.partnership.pk}/",
        world.response.get_absolute_url(),
    ):
        text = client.get(page).content.decode()
        assert erased.name not in text
    assert "former member" in client.get(f"/teams/{world.teams['mentee'].pk}/").content.decode()


def test_the_record_of_steps_keeps_the_number(erased: User, world: World):
    assert AuditEvent.objects.filter(by=erased).exists()
    assert AuditEvent.objects.filter(verb="erased", target_id=erased.pk, by=world.cast.administrator).exists()


def test_the_session_ends_with_it(world: World):
    staging.join(next(iter(staging.users("colleague"))), world.teams["mentee"])
    client = signed_in(world.cast.mentee)
    client.post("/account/erasure/")
    signed_in(world.cast.administrator).post(f"/account/erasures/{world.cast.mentee.pk}/")
    assert client.get("/account/").status_code == 302
    assert User.objects.get(pk=world.cast.mentee.pk).erased_at


def test_whoever_is_alone_in_a_team_names_a_successor_first(world: World):
    mentee = world.cast.mentee
    client = signed_in(mentee)
    page = client.post("/account/erasure/", follow=True).content.decode()
    assert "Nobody else is in these teams" in page
    with pytest.raises(privacy.SuccessorFirst, match="Riverton"):
        privacy.erase(user=mentee, by=world.cast.administrator)
    reply = signed_in(world.cast.administrator).post(f"/account/erasures/{mentee.pk}/", follow=True)
    assert "Riverton" in reply.content.decode()
    assert User.objects.get(pk=mentee.pk).erased_at is None
    assert TeamMember.objects.filter(person__user=mentee, ended_on=None).exists()


def test_a_team_whose_last_member_is_erased_after_it_left_can_be_opened_again(world: World):
    mentee, team, coordinator = world.cast.mentee, world.teams["mentee"], world.cast.coordinator
    end_enrolment(enrolment=team.enrolment, by=coordinator)
    ask_for_erasure(user=mentee, by=mentee)
    privacy.erase(user=mentee, by=world.cast.administrator)
    row = team.enrolment
    enrol(programme=row.programme, organisation=row.organisation, role=row.role, by=coordinator)
    assert TeamEvent.objects.filter(team=team, kind="left", person=mentee.person).exists()
    page = signed_in(coordinator).get(f"/teams/{team.pk}/reopen/")
    assert page.status_code == 200
    details = {"name": "Anna Next", "email": "anna@example.org", "language": "en"}
    assert ask_to_reopen(team=team, by=coordinator, **details)


def test_somebody_whose_account_is_switched_off_still_counts_as_a_member(world: World):
    other = next(iter(staging.users("colleague")))
    staging.join(other, world.teams["mentee"])
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert privacy.teams_without_successor(world.cast.mentee) == []


def test_nobody_is_erased_who_did_not_ask_or_stays_after_all(world: World):
    mentee = world.cast.mentee
    with pytest.raises(privacy.NotAskedFor):
        privacy.erase(user=mentee, by=world.cast.administrator)
    client = signed_in(mentee)
    client.post("/account/erasure/")
    client.post("/account/erasure/", {"withdraw": ""})
    assert signed_in(world.cast.administrator).get(f"/account/erasures/{mentee.pk}/").status_code == 404


def test_administrators_do_not_erase_themselves(world: World):
    chief = world.cast.administrator
    ask_for_erasure(user=chief, by=chief)
    with pytest.raises(privacy.NotByOneself):
        privacy.erase(user=chief, by=chief)
