"""Ways in that were found open once, acted through pages. Nobody reads what a team wrote unless a member of that team
let them (P7): whoever refuses may do it at any step, but at the end the attacker's account must have met no word."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from programmes.accounts.models import User
from programmes.assessments.models import Answer
from programmes.partnerships.models import Enrolment, Participation, SupportGroupMember, Team, Theme
from tests.cast import World
from tests.staging import organisation

from .acting import PASSWORD, act, browser, fill_in, follow, links_that_let_in, look, mails_shown_to
from .canaries import met_by
from .conftest import Scene

pytestmark = pytest.mark.django_db


@dataclass
class Attack:
    """Somebody with a place in the programme, and the accounts that they make for themselves."""

    scene: Scene
    by: User
    made: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.scene.world

    def __post_init__(self) -> None:
        self.client = browser(self.by)

    def empty(self, team: Team) -> None:
        """End every place of a team."""
        for member in team.members.filter(ended_on=None):
            fill_in(self.client, "partnerships:member_end", [member.pk], without="on")

    def invite(self, url_name: str, pk: int, page: str = "", by: Client | None = None) -> Client:
        """Invite a new address by this form, copy the link and join with a password; signed in as whom that made."""
        email, client = f"hand{len(self.made)}@example.org", by or self.client
        wanted = {"email": email, "name": "Hand", "function": "Officer", "language": "en"}
        fill_in(client, url_name, [pk], **wanted)
        self.made.append(email)
        for link in links_that_let_in(act(client, page or url_name, [pk]).text):
            follow(browser(), link)
        return browser(User.objects.filter(email=email).first())

    def into(self, team: Team) -> Client:
        return self.invite("partnerships:team_invite", team.pk, "partnerships:team")

    def found(self) -> dict[str, dict[str, str]]:
        """Per account that came to be: which words it meets, and where."""
        return {user.email: met_by(user, _signed_in(user), self.scene.canaries) for user in self.accounts()}

    def accounts(self) -> list[User]:
        return list(User.objects.filter(email__in=self.made))

    def nothing_was_met(self) -> None:
        met = {email: words for email, words in self.found().items() if words}
        assert not met, met


def _signed_in(user: User) -> Client:
    return browser(user)


@pytest.fixture
def coordinator(scene: Scene) -> Attack:
    return Attack(scene, scene.world.cast.coordinator)


@pytest.fixture
def administrator(scene: Scene) -> Attack:
    return Attack(scene, scene.world.cast.administrator)


@pytest.mark.parametrize("team", ["mentee", "mentor", "mentee_association", "facilitator"])
def test_the_coordinator_empties_a_team_and_fills_it_with_an_account_of_their_own(coordinator: Attack, team: str):
    there = coordinator.world.teams[team]
    coordinator.empty(there)
    coordinator.into(there)
    coordinator.nothing_was_met()


def _teams_but(world: World, before: set[int]) -> list[Team]:
    return list(Team.objects.exclude(pk__in=before).filter(enrolment__programme=world.programme))


@pytest.mark.parametrize("as_what", ["mentee", "mentor", "both"])
def test_the_coordinator_enrols_a_city_once_more(coordinator: Attack, as_what: str):
    """With another theme or role; who joins that team also takes a seat of the city's support group."""
    world = coordinator.world
    before = set(Team.objects.values_list("pk", flat=True))
    theme = Theme.objects.create(programme=world.programme, title={"en": "Schools"})
    city = world.teams["mentee"].enrolment.organisation_id
    fill_in(
        coordinator.client,
        "partnerships:enrol",
        [world.programme.pk, as_what],
        organisation=city,
        theme=theme.pk,
        themes=[theme.pk],
    )
    for team in _teams_but(world, before):
        newcomer = coordinator.into(team)
        for seat in SupportGroupMember.objects.filter(group=world.group, person=None):
            coordinator.invite("partnerships:invite_seat", seat.pk, by=newcomer)
    coordinator.nothing_was_met()


def test_the_coordinator_adds_a_second_team_to_an_association(coordinator: Attack):
    world = coordinator.world
    before = set(Team.objects.values_list("pk", flat=True))
    fill_in(
        coordinator.client, "partnerships:team_add", [world.teams["mentee_association"].enrolment_id], name="Second"
    )
    part = "national.powers"
    draft = Answer.objects.get(response=world.context, part_key=part)
    written = {"base": str(draft.revision), "value": "Written over", "language": "en"}
    for team in _teams_but(world, before):
        newcomer = coordinator.into(team)
        act(newcomer, "assessments:answer", [world.context.pk, part], written)
    assert Answer.objects.get(pk=draft.pk).value == draft.value
    coordinator.nothing_was_met()


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_the_coordinator_puts_a_new_association_behind_a_city(coordinator: Attack, side: str):
    world = coordinator.world
    union = organisation("association", "Third Union", "LV")
    enrolment = world.teams[side].enrolment_id
    fill_in(coordinator.client, "partnerships:backing_add", [enrolment], association=union.pk)
    for row in Enrolment.objects.filter(organisation=union):
        for team in row.teams.all():
            coordinator.into(team)
    coordinator.nothing_was_met()


@pytest.mark.parametrize("asked_for", ["password", "invitation"])
def test_the_administrator_reads_links_in_the_outbox(
    administrator: Attack, asked_for: str, settings, django_capture_on_commit_callbacks
):
    """Without a mail server, mails wait on a page: none of them may let anybody in."""
    settings.EMAIL_BACKEND = "programmes.accounts.outbox.OutboxBackend"
    world, stranger = administrator.world, browser()
    with django_capture_on_commit_callbacks(execute=True):
        if asked_for == "password":
            fill_in(stranger, "account_reset_password", email=world.cast.mentee.email)
        else:
            again = [world.invitation.pk]
            assert act(browser(world.cast.mentee), "partnerships:invitation_again", again, {}).carried_out
    for link in links_that_let_in(mails_shown_to(administrator.client)):
        follow(stranger, link)
    for email in (world.cast.mentee.email, "new@example.org"):
        if act(browser(), "account_login", data={"login": email, "password": PASSWORD}).carried_out:
            administrator.made.append(email)
    administrator.nothing_was_met()


def test_the_administrator_joins_the_coordinators_team(administrator: Attack):
    """Their own account reads what cities shared with the coordinator; so does one made for it."""
    world, me = administrator.world, administrator.by
    team = world.teams["coordinator"]
    wanted = {"email": me.email, "name": me.name, "function": "", "language": "en"}
    fill_in(administrator.client, "partnerships:team_invite", [team.pk], **wanted)
    for link in links_that_let_in(act(administrator.client, "partnerships:team", [team.pk]).text):
        follow(administrator.client, link)
    administrator.made.append(me.email)
    administrator.into(team)
    administrator.nothing_was_met()


@pytest.mark.parametrize("how", ["replaces the facilitator", "adds a facilitator", "pairs the city again"])
def test_what_a_city_allowed_its_facilitator_another_one_does_not_have(scene: Scene, how: str):
    """The coordinator puts a team of their choice where the city let the facilitator type."""
    world = scene.world
    act(scene.client("mentee"), "partnerships:team_facilitator", [world.teams["mentee"].pk], {"allowed": "yes"})
    other = world.teams["other_facilitator"]
    client = browser(world.cast.coordinator)
    if how == "replaces the facilitator":
        (row,) = Participation.objects.filter(partnership=world.partnership, role="facilitator", ended_on=None)
        put = fill_in(client, "partnerships:replace", [row.pk], team=other.pk, reason="Elections")
    elif how == "adds a facilitator":
        put = fill_in(client, "partnerships:take_part", [world.partnership.pk, "facilitator"], team=other.pk)
    else:
        cities = {"mentee": world.teams["mentee"].pk, "mentor": [world.teams["other_city"].pk]}
        put = fill_in(client, "partnerships:pair", [world.programme.pk], **cities, facilitator=other.pk)
    assert put.carried_out
    met = met_by(world.cast.other_facilitator, browser(world.cast.other_facilitator), scene.canaries)
    assert not {"draft", "figure", "cell"} & met.keys(), met


def test_an_account_that_a_member_invited_does_meet_the_words(scene: Scene):
    """The same steps by somebody who may take them: otherwise the scenarios above would pass without doing anything."""
    attack = Attack(scene, scene.world.cast.mentee)
    attack.into(scene.world.teams["mentee"])
    met = attack.found()["hand0@example.org"]
    assert {"draft", "cell", "conversation", "conversation with the group", "suggestion"} <= set(met)
    assert look(browser(), "/").status == 200
