"""A machine that looks for ways in: coordinator, administrator, facilitator and an association do whatever their pages
allow for two accounts under their control, one without a place and one in a city that they enrolled for it.

A later way in (a link, an import, a page that names somebody) joins the rule whose kind it is, or is one more of at
most `MOST_RULES`: let whoever may try it through its page by `each`, tell `self.lawful` or `Canary.readers` if a member
of the owning team did it, and nothing else. Forms that stand on a page of `press_what_the_page_offers` are pressed
already. After each step the selectors are asked, for the two accounts and for one of the attackers' own, at the end the
pages; whoever reads without being let in ends the run."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from django.core import mail
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from programmes.accounts.models import Person, User
from programmes.common.access import Access
from programmes.links.models import PersonalLink
from programmes.partnerships.models import (
    Backing,
    Participation,
    PreparedInvitation,
    SupportGroupMember,
    Team,
    TeamMember,
    TeamReopening,
)
from programmes.partnerships.services.succession import OBJECT_WITHIN, open_due
from tests.permissions.row import undone
from tests.staging import city, enrolled, join, organisation, users

from .acting import Answer, act, browser, fill_in, forms_on, links_that_let_in, mails_shown_to, send, take_seat
from .canaries import GROUP, Canary, met_by, pages_read_by
from .conftest import Scene

ENROLLED_AS = ("mentee", "mentor", "both", "association", "facilitator", "coordinator")
ATTACKERS = ("coordinator", "administrator", "facilitator", "mentee_association")
VICTIMS = ("mentee", "mentor", "mentee_association", "coordinator", "facilitator")
MEMBERS = ("mentee", "mentor")
ACCEPTED = ("no", "from now on", "earlier, too")
HANDS = st.sampled_from(["mole", "planted"])
PAGES_AT_THE_END = 6
MOST_RULES = 15
"""More, and chance would try each too seldom."""


@dataclass(frozen=True)
class Link:
    """A link in the attackers' hands. `let_in` is said where a member of that team gave it."""

    path: str
    hand: str
    let_in: bool


class Insiders(RuleBasedStateMachine):
    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(undone())
        world = self.world = self.scene.world
        self.canaries = {
            name: Canary(row.mark, set(row.readers), row.met, row.pages) for name, row in self.scene.canaries.items()
        }
        self.teams = dict(world.teams)
        self.hands: dict[str, User] = dict(zip(("mole", "planted"), users("mole", "planted"), strict=True))
        self.clients: dict[str, Client] = {name: browser(user) for name, user in self.hands.items()}
        self.lawful: dict[str, set[int]] = {name: set() for name in self.hands}
        self.links: list[Link] = []
        self.guest = browser()
        """Somebody without an account, who holds a link of their own and nothing else."""
        self.newest = ""
        self.met_wrongly = False
        self.watched = cycle(ATTACKERS)
        self._plant()

    def _plant(self) -> None:
        """A city of the attackers' own: its team never had a member, so the coordinator named the first."""
        own = enrolled(self.world.programme, city("Newtown"), "both", by=self.world.cast.coordinator)
        join(self.hands["planted"], own)
        self.teams["own"] = own
        self.lawful["planted"].add(own.pk)
        self.unions = [organisation("association", f"New Union {number}", "LV") for number in range(2)]

    def teardown(self) -> None:
        try:
            for name, user in self.hands.items():
                if self._has_a_place(user) and not self.met_wrongly:
                    self._check(name, set(met_by(user, self.clients[name], self.canaries, more=PAGES_AT_THE_END)))
            pages = pages_read_by(self.guest, self.canaries, more=PAGES_AT_THE_END)
            met = {name for _url, text in pages for name, canary in self.canaries.items() if canary.mark in text}
            assert not met, f"a guest with a link reads {sorted(met)}"
            for name in ATTACKERS if not self.met_wrongly else ():
                self._check_attacker(name)
        finally:
            self.undo.close()

    # What the attackers do

    @initialize(name=st.sampled_from(VICTIMS))
    def choose(self, name: str) -> None:
        """Most of a run is about one team: chance would not come back to it often enough."""
        self.victim = name

    @rule(hand=HANDS)
    def end_places(self, hand: str) -> None:
        for member in TeamMember.objects.filter(team=self.teams[self.victim], ended_on=None):
            self.each(lambda client, pk=member.pk: fill_in(client, "partnerships:member_end", [pk], without="on"))
        self._put_in(hand, self.victim)

    @rule(hand=HANDS, new=st.booleans(), listed=st.booleans())
    def invite(self, hand: str, *, new: bool, listed: bool) -> None:
        """Into the team it is about, or the newest one, by whoever may, at times with a list; the link is kept for
        later."""
        name = self.newest if new and self.newest else self.victim
        if listed:
            self._enter_in_a_list(name, hand)
        else:
            self._invite_into(name, hand)

    @precondition(lambda self: self.links)
    @rule()
    def take_up(self) -> None:
        self._take_up()

    @rule(role=st.sampled_from(ENROLLED_AS), hand=HANDS)
    def enrol_once_more(self, role: str, hand: str) -> None:
        args, row = [self.world.programme.pk, role], self.teams[self.victim].enrolment.organisation_id
        self._take(hand, self.each(lambda client: fill_in(client, "partnerships:enrol", args, organisation=row)))

    @rule(hand=HANDS)
    def add_a_team(self, hand: str) -> None:
        args = [self.teams[self.victim].enrolment_id]
        self._take(hand, self.each(lambda client: fill_in(client, "partnerships:team_add", args, name="Another")))

    @rule(union=st.integers(0, 1), side=st.sampled_from(MEMBERS), hand=HANDS, accepted=st.sampled_from(ACCEPTED))
    def back(self, union: int, side: str, hand: str, accepted: str) -> None:
        """At times the city's team accepts the association, or lets it read what an association wrote before."""
        row, enrolment = self.unions[union], self.teams[side].enrolment_id
        self.each(lambda client: fill_in(client, "partnerships:backing_add", [enrolment], association=row.pk))
        for team in Team.objects.filter(enrolment__organisation=row):
            self._note(hand, team)
        for backing in Backing.objects.filter(team__enrolment__organisation=row, enrolment=enrolment, accepted_at=None):
            if accepted != "no":
                self._accept(backing, side, earlier=accepted == "earlier, too")

    @rule(again=st.booleans(), hand=HANDS)
    def end_enrolment(self, hand: str, *, again: bool) -> None:
        """And, at times, into the programme again the same day."""
        enrolment = self.teams[self.victim].enrolment
        self.each(lambda client: fill_in(client, "partnerships:enrolment_end", [enrolment.pk]))
        if again:
            self.enrol_once_more(role=enrolment.role, hand=hand)

    @rule(
        role=st.sampled_from(["mentee", "mentor", "facilitator", "mentee_association"]),
        new=st.booleans(),
        beside=st.booleans(),
    )
    def put_a_team_into_the_partnership(self, role: str, *, new: bool, beside: bool) -> None:
        """Instead of those who have the part now, or beside them."""
        team = self.teams[self.newest if new and self.newest else "own"]
        if beside:
            wanted: dict[str, object] = {"team": team.pk, "backs": self.teams["mentee"].pk}
            args = [self.world.partnership.pk, role]
            self.each(lambda client: fill_in(client, "partnerships:take_part", args, **wanted))
            return
        rows = Participation.objects.filter(partnership=self.world.partnership, role=role, ended_on=None)
        for row in rows:
            wanted = {"team": team.pk, "reason": "Elections"}
            self.each(lambda client, pk=row.pk, data=wanted: fill_in(client, "partnerships:replace", [pk], **data))

    @rule(who=st.sampled_from(ATTACKERS))
    def try_what_is_not_theirs(self, who: str) -> None:
        """The address of a link without its secret opens nothing to anybody else; nor does the group's page show it.
        Typing for a city never includes letting others read."""
        client = self.scene.client(who)
        if who == "facilitator":
            self._share(client, "assessments:share", self.world.response.pk, "sections", "readers")
            self._share(client, "action_plans:share", self.world.plan_version.pk, "readers")
        mine = {getattr(self.world.cast, who).pk}
        for link in PersonalLink.objects.exclude(person__user__in=mine)[:5]:
            for browsing in (client, browser()):
                assert browsing.post(f"/l/{link.pk}/", {}).status_code == 404, f"{who} opened link {link.pk}"
        shown = act(client, "partnerships:support_group", [self.world.group.pk]).text
        assert not links_that_let_in(shown), f"{who} is shown a link"

    @rule(
        place=st.sampled_from(["team", "succession", "enrolment", "history", "write", "write_to_pair"]),
        who=st.sampled_from(ATTACKERS),
        which=st.integers(0, 9),
    )
    def press_what_the_page_offers(self, place: str, who: str, which: int) -> None:
        """Any form there, filled in with the address of one of theirs: pages that come later are found here."""
        team, client = self.teams[self.victim], self.scene.client(who)
        args = {
            "team": team.pk,
            "succession": team.pk,
            "enrolment": team.enrolment_id,
            "history": self.world.partnership.pk,
            "write": self.world.programme.pk,
            "write_to_pair": self.world.partnership.pk,
        }
        forms = forms_on(act(client, f"partnerships:{place}", [args[place]]))
        if forms:
            form = forms[which % len(forms)]
            with TestCase.captureOnCommitCallbacks(execute=True):
                send(client, form.url, form.filled({"email": self.hands["mole"].email}))
            member = team.pk in self._teams_of(getattr(self.world.cast, who))
            self._collect("mole", act(client, f"partnerships:{place}", [args[place]]), let_in=member)

    @rule(victim=st.sampled_from(MEMBERS))
    def reset_a_password(self, victim: str) -> None:
        """Mails that wait on a page let nobody in."""
        with override_settings(EMAIL_BACKEND="programmes.accounts.outbox.OutboxBackend"):
            fill_in(browser(), "account_reset_password", email=getattr(self.world.cast, victim).email)
            shown = mails_shown_to(self.scene.client("administrator"))
        assert not links_that_let_in(shown), "a link that lets somebody in stands in the outbox"

    # What a member of the team does, and what others read rightly from then on

    @rule(who=st.sampled_from(MEMBERS), hand=HANDS, seat=st.booleans())
    def member_invites(self, who: str, hand: str, *, seat: bool) -> None:
        if seat:
            free = SupportGroupMember.objects.filter(group=self.world.group, person=None).first()
            if free:
                self._invite(hand, "partnerships:invite_seat", free.pk, "partnerships:invite_seat", [who])
        else:
            self._invite(hand, "partnerships:team_invite", self.teams[who].pk, "partnerships:team", [who])

    @rule(hand=HANDS, guest=st.booleans())
    def member_offers_a_seat_by_link(self, hand: str, *, guest: bool) -> None:
        """To one of theirs, who has an account; or to a guest without one, who then holds the link beside them."""
        seat = SupportGroupMember.objects.filter(group=self.world.group, person=None, ended_on=None).first()
        if seat is None:
            return
        email = "guest@example.org" if guest else self.hands[hand].email
        wanted = {f"seat-{seat.pk}": "on", f"email-{seat.pk}": email, "language": "en", "days": "30"}
        mail.outbox.clear()
        client, group = self.scene.client("mentee"), self.world.group
        with TestCase.captureOnCommitCallbacks(execute=True):
            fill_in(client, "partnerships:seat_links", [group.pk], **wanted)
        if not guest:
            self._collect(hand, Answer(200), let_in=True)
            return
        shown = act(client, "partnerships:support_group", [group.pk]).text
        for path in links_that_let_in(shown):
            take_seat(self.guest, path)

    @rule(allowed=st.booleans())
    def member_lets_the_facilitator_type(self, *, allowed: bool) -> None:
        client = self.scene.client("mentee")
        data = {"allowed": "yes" if allowed else "no"}
        if act(client, "partnerships:team_facilitator", [self.teams["mentee"].pk], data).carried_out:
            for name in ("draft", "figure", "cell", "plan version"):
                change = set.add if allowed else set.discard
                change(self.canaries[name].readers, "facilitator")

    @rule(who=st.sampled_from(MEMBERS), hand=HANDS)
    def the_last_leaves_and_others_open_the_team(self, who: str, hand: str) -> None:
        """Whom the coordinator names comes in when another organisation confirms and a week has passed, not before."""
        team = self.teams[who]
        for member in TeamMember.objects.filter(team=team, ended_on=None):
            client = browser(member.person.user)
            fill_in(client, "partnerships:member_end", [member.pk], without="on")
        wanted = {"email": self.hands[hand].email, "name": "Hand", "language": "en"}
        self.each(lambda client: fill_in(client, "partnerships:team_reopen", [team.pk], **wanted))
        for row in TeamReopening.objects.filter(team=team, confirmed_by=None, stopped_at=None):
            self.each(lambda client, pk=row.pk: fill_in(client, "partnerships:reopening", [pk]))
        self._open_after(days=1, hand=hand)
        if self._confirmed_by_others(team):
            self._open_after(days=8, hand=hand)

    @invariant()
    def nobody_reads_what_they_were_not_let_into(self) -> None:
        for name, user in self.hands.items():
            access = Access(user)
            self._check(name, {key for key, canary in self.canaries.items() if canary.met(access)})
        for person in Person.objects.filter(links__isnull=False, user=None).distinct():
            met = {key for key, canary in self.canaries.items() if canary.met(Access(person=person))}
            assert not met, f"somebody with a link reads {sorted(met)}"
        self._check_attacker(next(self.watched))

    # How

    def _check(self, hand: str, met: set[str]) -> None:
        rightly = self._places(hand) & self.lawful[hand]
        own = {name for name, team in self.teams.items() if team.pk in rightly}
        if -self.world.group.pk in self.lawful[hand] & self._groups(hand):
            own.add(GROUP)
        wrongly = {name for name in met if not own & self.canaries[name].readers}
        self.met_wrongly = bool(wrongly)
        assert not wrongly, f"{hand} reads {sorted(wrongly)}, rightly in {sorted(own)}"

    def _check_attacker(self, name: str) -> None:
        """Those who try gain nothing for themselves either."""
        access = Access(getattr(self.world.cast, name))
        wrongly = {key for key, row in self.canaries.items() if name not in row.readers and row.met(access)}
        self.met_wrongly = self.met_wrongly or bool(wrongly)
        assert not wrongly, f"{name} reads {sorted(wrongly)}"

    def each(self, attempt: Callable[[Client], Answer]) -> Answer:
        """Whoever may does it: the attackers try one after the other."""
        answer = Answer(404)
        for name in ATTACKERS:
            answer = attempt(self.scene.client(name))
            if answer.carried_out:
                break
        return answer

    def _invite(
        self, hand: str, url_name: str, pk: int, page: str, people: Iterable[str], shown_at: int | None = None
    ) -> None:
        """The link stands on `page` of `shown_at`, else of `pk`."""
        shown_at = shown_at or pk
        for who in people:
            client = self.scene.client(who)
            wanted = {"email": self.hands[hand].email, "name": "Hand", "language": "en"}
            mail.outbox.clear()
            with TestCase.captureOnCommitCallbacks(execute=True):
                answer = fill_in(client, url_name, [pk], **wanted)
            if answer.carried_out:
                member = who in MEMBERS or shown_at in self._teams_of(getattr(self.world.cast, who))
                self._collect(hand, act(client, page, [shown_at]), let_in=member)
                return

    def _enter_in_a_list(self, name: str, hand: str) -> None:
        team, email = self.teams[name], self.hands[hand].email
        row = [team.enrolment.organisation.name, team.enrolment.role, "Hand", email]
        text = "\n".join("\t".join(cells) for cells in (("Organisation", "Role", "Name", "E-mail"), row))
        wanted = {"text": text, "language": "en", "take": "1"}
        self.each(lambda client: fill_in(client, "partnerships:list_add", [self.world.programme.pk], **wanted))
        for pk in PreparedInvitation.objects.filter(email=email, team=team).values_list("pk", flat=True):
            self._invite(hand, "partnerships:prepared_invite", pk, "partnerships:team", ATTACKERS, shown_at=team.pk)

    def _accept(self, backing: Backing, side: str, *, earlier: bool) -> None:
        wanted = {"reads_earlier": "on"} if earlier else {}
        answer = fill_in(self.scene.client(side), "partnerships:backing_accept", [backing.pk], **wanted)
        if answer.carried_out and earlier and side == "mentee":
            names = {name for name, team in self.teams.items() if team.pk == backing.team_id}
            self.canaries["the association's draft"].readers |= names

    def _open_after(self, *, days: int, hand: str) -> None:
        mail.outbox.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            open_due(timezone.now() + timedelta(days=days))
        self._collect(hand, Answer(200), let_in=days > OBJECT_WITHIN.days)
        self._take_up()

    def _confirmed_by_others(self, team: Team) -> bool:
        """By an organisation that worked with the team: neither the coordinator nor one of the attackers' own."""
        old = {self.world.teams[name].pk for name in ("mentee", "mentor", "mentee_association", "mentor_association")}
        rows = TeamReopening.objects.filter(team=team, confirmed_by__isnull=False)
        return all(row.confirmed_for_id in old - {team.pk} for row in rows) and rows.exists()

    def _take_up(self) -> None:
        for link in self.links:
            before = self._places(link.hand)
            empty = set(Team.objects.filter(members=None).values_list("pk", flat=True))
            take_seat(self.clients[link.hand], link.path)
            came = self._places(link.hand) - before
            self.lawful[link.hand] |= {pk for pk in came if link.let_in or pk in empty}
            if link.let_in and not came:
                self.lawful[link.hand] |= self._groups(link.hand)
        self.links.clear()

    def _collect(self, hand: str, page: Answer, *, let_in: bool) -> None:
        """Links that the page shows to whoever invited, and those that were mailed to the account."""
        mails = [message.body for message in mail.outbox if self.hands[hand].email in message.to]
        known = {link.path for link in self.links}
        for path in links_that_let_in("\n".join([page.text, *mails])):
            if path not in known:
                self.links.append(Link(path, hand, let_in))

    def _share(self, client: Client, url_name: str, pk: int, *ticked: str) -> None:
        page = act(client, url_name, [pk])
        for form in forms_on(page):
            if form.url == page.url:
                send(client, form.url, form.filled({name: form.choices(name) for name in ticked}))

    def _take(self, hand: str, answer: Answer) -> None:
        """The team on whose page somebody landed."""
        if answer.carried_out and answer.landed and answer.landed.view_name == "partnerships:team":
            self._note(hand, Team.objects.get(pk=answer.landed.kwargs["pk"]))

    def _note(self, hand: str, team: Team) -> None:
        """A new team is of use to them only when one of theirs is in it."""
        if team.pk not in {row.pk for row in self.teams.values()}:
            self.newest = f"new {len(self.teams)}"
            self.teams[self.newest] = team
            self._put_in(hand, self.newest)

    def _invite_into(self, name: str, hand: str) -> None:
        self._invite(hand, "partnerships:team_invite", self.teams[name].pk, "partnerships:team", ATTACKERS)

    def _put_in(self, hand: str, name: str) -> None:
        self._invite_into(name, hand)
        self._take_up()

    def _has_a_place(self, user: User) -> bool:
        return bool(self._teams_of(user)) or SupportGroupMember.objects.filter(person__user=user).exists()

    def _teams_of(self, user: User) -> set[int]:
        rows = TeamMember.objects.filter(person__user=user, ended_on=None)
        return set(rows.values_list("team", flat=True))

    def _places(self, hand: str) -> set[int]:
        return self._teams_of(self.hands[hand])

    def _groups(self, hand: str) -> set[int]:
        """Support groups with a seat, as negative numbers, so that they stand beside teams."""
        rows = SupportGroupMember.objects.filter(person__user=self.hands[hand], ended_on=None)
        return {-pk for pk in rows.values_list("group", flat=True)}
