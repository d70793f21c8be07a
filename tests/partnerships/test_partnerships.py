"""Pairing, changes midway, dates, tools."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from programmes.common.access import Access
from programmes.overview.waiting import waiting_for_one
from programmes.partnerships import tools
from programmes.partnerships.enums import Role
from programmes.partnerships.forms.partnerships import ToolsForm
from programmes.partnerships.models import Partnership, Stage
from programmes.partnerships.selectors import (
    dates_out_of_use,
    next_date,
    next_dates,
    partnerships_visible_to,
    passed_dates,
    stage_line,
    stages_with_own,
    with_people,
)
from programmes.partnerships.services import backings, partnerships, teams
from programmes.partnerships.services.participations import NotInProgramme, PartnershipOver, TooMany, UnfitTeam
from programmes.partnerships.services.saving import AlreadyEnded, ConstraintBroken
from programmes.partnerships.services.stages import StageInUse, add_own_stage, retire_stage
from programmes.partnerships.tool_use import tools_in_use
from tests.factories import AssociationFactory, TeamFactory

from .conftest import member_of, page_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def sees(user, partnership) -> bool:
    return partnerships_visible_to(Access(user)).filter(pk=partnership.pk).exists()


def fresh(partnership) -> Partnership:
    return with_people(Partnership.objects.filter(pk=partnership.pk))[0]


def kinds_for(user) -> list[str]:
    return [item.key for item in waiting_for_one(Access(user))]


def pair(world, mentee, mentors):
    theme = world.programme.themes.get()
    return partnerships.create_partnership(
        programme=world.programme, theme=theme, cities={"mentee": [mentee], "mentor": mentors}, by=world.coordinator
    )


def test_a_pair_has_its_cities_associations_and_summary(world):
    row = fresh(world.partnership)
    assert str(row) == "Riverton — Harbourg"
    assert row.sort_name == "riverton|harbourg"
    assert set(row.countries.values_list("country", flat=True)) == {"LV", "BE"}
    assert row.current_stage.key == "needs-match"
    assert {p.role for p in row.current()} == {"mentee", "mentor", "mentee_association", "facilitator"}


def test_cities_of_one_side_stand_together_in_its_name(world):
    """A dash stands between mentee and mentors, never between two mentors."""
    mentors = [world.enrol("mentor", name) for name in ("Mechelen", "Ghent")]
    assert str(fresh(pair(world, world.enrol("mentee", "Capaci"), mentors))) == "Capaci — Mechelen, Ghent"


def test_a_city_does_not_mentor_itself(world):
    both = world.enrol("both")
    with pytest.raises(ConstraintBroken, match="mentor itself"):
        pair(world, both, [both])
    assert Partnership.objects.count() == 1


def test_teams_that_do_not_fit_are_refused(world):
    with pytest.raises(UnfitTeam):
        pair(world, world.mentor, [world.association])
    stranger = TeamFactory(enrolment__role="mentor")
    with pytest.raises(NotInProgramme):
        pair(world, world.mentee, [stranger])


def test_replacing_the_mentee_keeps_history_and_cuts_access_at_once(world):
    kede = AssociationFactory(name="KEDE")
    capaci = world.enrol("mentee", "Capaci", associations=[kede])
    newcomer = member_of(capaci, world.coordinator)
    old = world.partnership.participations.get(role=Role.MENTEE)
    partnerships.replace_participation(old=old, team=capaci, reason="New council", by=world.coordinator)

    assert not sees(world.mentee_user, world.partnership)
    assert not sees(world.association_user, world.partnership)
    assert sees(newcomer, world.partnership)
    old.refresh_from_db()
    assert (old.ended_on, old.ended_by, old.reason) == (TODAY(), world.coordinator, "New council")
    row = fresh(world.partnership)
    assert str(row) == "Capaci — Harbourg"
    assert row.sort_name == "capaci|harbourg"
    assert [p.organisation.name for p in row.current_in(Role.MENTEE_ASSOCIATION)] == ["KEDE"]
    assert world.mentee.enrolment.ended_on is None
    with pytest.raises(AlreadyEnded):
        partnerships.replace_participation(old=old, team=capaci, reason="Again", by=world.coordinator)


def test_a_replaced_city_may_leave_the_programme_too(world):
    capaci = world.enrol("mentee", "Capaci")
    old = world.partnership.participations.get(role=Role.MENTEE)
    partnerships.replace_participation(old=old, team=capaci, reason="Gone", by=world.coordinator, end_enrolment=True)
    world.mentee.enrolment.refresh_from_db()
    assert world.mentee.enrolment.ended_on
    assert world.mentee.members.filter(ended_on=None).exists()


def test_replacing_an_association_moves_the_backing(world):
    other = world.enrol("association", "LPS Two")
    old = world.partnership.participations.get(role=Role.MENTEE_ASSOCIATION)
    partnerships.replace_participation(old=old, team=other, reason="Merged", by=world.coordinator)
    assert not sees(world.association_user, world.partnership)
    (backing,) = world.mentee.enrolment.backings.filter(ended_on=None)
    assert not fresh(world.partnership).current_in(Role.MENTEE_ASSOCIATION)
    backings.accept_backing(backing=backing, by=world.mentee_user)
    assert fresh(world.partnership).current_in(Role.MENTEE_ASSOCIATION)[0].team == other


def test_a_facilitator_is_replaced(world):
    second = world.enrol("facilitator")
    old = world.partnership.participations.get(role=Role.FACILITATOR)
    partnerships.replace_participation(old=old, team=second, reason="Holiday", by=world.coordinator)
    assert not sees(world.facilitator, world.partnership)
    assert fresh(world.partnership).current_in(Role.FACILITATOR)[0].team == second


def test_joining_midway(world):
    second = world.enrol("mentor", "Fuenlabrada")
    partnerships.add_participation(partnership=world.partnership, team=second, role="mentor", by=world.coordinator)
    femp = world.enrol("association", "FEMP")
    with pytest.raises(partnerships.AssociationOfNobody):
        partnerships.add_participation(
            partnership=world.partnership, team=femp, role="mentor_association", by=world.coordinator
        )
    partnerships.add_participation(
        partnership=world.partnership, team=femp, role="mentor_association", backs=second, by=world.coordinator
    )
    backings.accept_backing(backing=second.enrolment.backings.get(), by=world.mentor_user)
    row = fresh(world.partnership)
    assert [p.organisation.name for p in row.current_in(Role.MENTOR)] == ["Harbourg", "Fuenlabrada"]
    assert [p.organisation.name for p in row.current_in(Role.MENTOR_ASSOCIATION)] == ["FEMP"]
    partnerships.end_participation(
        participation=row.current_in(Role.MENTOR)[1], reason="Too much", by=world.coordinator
    )
    assert not fresh(world.partnership).current_in(Role.MENTOR_ASSOCIATION)


def test_a_second_mentee_is_refused_in_words(world):
    second = world.enrol("mentee")
    with pytest.raises(TooMany, match="no further place"):
        partnerships.add_participation(partnership=world.partnership, team=second, role="mentee", by=world.coordinator)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_once(world):
    """Two coordinators add a mentor at the same moment."""
    world.programme.roles["mentor"] = {**world.programme.roles["mentor"], "most": 2}
    world.programme.save()
    teams, ready, refused = [world.enrol("mentor"), world.enrol("mentor")], threading.Barrier(2), []

    def add(team) -> None:
        row = Partnership.objects.get(pk=world.partnership.pk)
        ready.wait()
        try:
            partnerships.add_participation(partnership=row, team=team, role="mentor", by=world.coordinator)
        except TooMany as refusal:
            refused.append(refusal)
        connection.close()

    adding = [threading.Thread(target=add, args=[team]) for team in teams]
    for one in adding:
        one.start()
    for one in adding:
        one.join()
    assert len(refused) == 1
    assert len(fresh(world.partnership).current_in(Role.MENTOR)) == 2


def test_a_backing_joins_partnerships_that_exist(world):
    second = AssociationFactory(name="Riga region")
    proposed = backings.back(enrolment=world.mentee.enrolment, association=second, by=world.coordinator)

    def names():
        return {p.organisation.name for p in fresh(world.partnership).current_in(Role.MENTEE_ASSOCIATION)}

    assert names() == {"Union of Cities"}
    backings.accept_backing(backing=proposed, by=world.mentee_user)
    assert names() == {"Union of Cities", "Riga region"}


def date(world, key: str, **fields):
    stage = Stage.objects.get(programme=world.programme, key=key)
    partnerships.record_dates(partnership=world.partnership, dates={stage: fields}, by=world.coordinator)
    world.partnership.refresh_from_db()
    return stage


def test_the_next_date_is_the_earliest_unfinished_one(world):
    soon, later = TODAY() + timedelta(days=3), TODAY() + timedelta(days=30)
    date(world, "goals", planned_on=later)
    stage = date(world, "training", planned_on=soon)
    assert world.partnership.next_due == soon
    assert next_date(fresh(world.partnership)).stage == stage
    assert [item["on"] for item in next_dates(Access(world.association_user))] == [soon, later]
    date(world, "training", finished_on=TODAY())
    assert world.partnership.next_due == later


def test_a_passed_date_waits_for_teams_and_facilitator_or_else_the_coordinator(world):
    date(world, "goals", planned_on=TODAY() - timedelta(days=2))
    assert passed_dates([world.programme.pk]).count() == 1
    assert "stage.passed" in kinds_for(world.mentee_user)
    assert "stage.passed" in kinds_for(world.facilitator)
    assert "stage.passed" not in kinds_for(world.association_user)
    assert "stage.passed" not in kinds_for(world.coordinator)
    teams.end_member(member=world.facilitators.members.get(), by=world.coordinator)
    assert "stage.passed" in kinds_for(world.coordinator)
    partnerships.end_partnership(partnership=world.partnership, by=world.coordinator)
    assert "stage.passed" not in kinds_for(world.coordinator)
    assert not passed_dates([world.programme.pk]).exists()


def test_a_stage_out_of_use_waits_for_nobody(world):
    """Its open date moves with the partnership; where the other stage has one of its own, it stays in the history."""
    stage = date(world, "goals", planned_on=TODAY() - timedelta(days=2), note="Online")
    other = date(world, "training", planned_on=TODAY() + timedelta(days=9))
    retire_stage(stage=stage, move_to=other, by=world.coordinator)
    world.partnership.refresh_from_db()
    assert world.partnership.next_due == TODAY() + timedelta(days=9)
    assert "stage.passed" not in kinds_for(world.mentee_user)
    assert [row.note for row in dates_out_of_use(fresh(world.partnership))] == ["Online"]


def test_a_stage_on_which_somebody_stands_is_retired_only_with_a_place_to_move_to(world):
    stage = date(world, "goals", planned_on=TODAY() + timedelta(days=2), begun_on=TODAY(), note="Online")
    partnerships.set_current_stage(partnership=world.partnership, stage=stage, by=world.mentee_user)
    target = world.programme.stages.get(key="training")
    client = page_of(world.coordinator)
    address = f"/stages/{stage.pk}/retire/"
    assert "1 partnership is at this stage" in client.get(address).content.decode()
    assert client.post(address).context["form"].errors
    with pytest.raises(StageInUse):
        retire_stage(stage=stage, by=world.coordinator)
    assert client.post(address, {"move_to": target.pk}).status_code == 302
    row = fresh(world.partnership)
    assert row.current_stage == target
    assert row.next_due == TODAY() + timedelta(days=2)
    assert (next_date(row).stage, next_date(row).note) == (target, "Online")
    assert [(one.stage, one.begun_on, one.planned_on) for one in dates_out_of_use(row)] == [(stage, TODAY(), None)]
    history = client.get(f"/partnerships/{row.pk}/history/").content.decode()
    assert "Dates of stages that are no longer in use" in history
    assert client.post(f"/stages/{stage.pk}/restore/").status_code == 302
    assert dates_out_of_use(fresh(world.partnership)) == []


def test_stages_of_ones_own_stand_in_any_order_and_keep_their_place(world):
    goals, training = (world.programme.stages.get(key=key) for key in ("goals", "training"))

    def add(title: str, after):
        return add_own_stage(partnership=world.partnership, title={"en": title}, after=after, by=world.mentee_user)

    def way() -> list[str]:
        row = Partnership.objects.get(pk=world.partnership.pk)
        return [str(stage) for stage in stages_with_own(row)][:6]

    first = add("First", goals)
    add("Third", first)
    second = add("Second", first)
    add("Start", None)
    assert way() == ["Start", "Needs & match", "Goals", "First", "Second", "Third"]
    retire_stage(stage=second, by=world.mentee_user)
    assert way()[3:5] == ["First", "Third"]
    retire_stage(stage=goals, move_to=training, by=world.coordinator)
    assert way()[:4] == ["Start", "Needs & match", "First", "Third"]


def test_two_people_change_different_dates(world):
    date(world, "goals", planned_on=TODAY())
    date(world, "goals", note="online")
    row = world.partnership.stage_dates.get()
    assert (row.planned_on, row.note) == (TODAY(), "online")
    with pytest.raises(ConstraintBroken, match="before it began"):
        date(world, "goals", begun_on=TODAY(), finished_on=TODAY() - timedelta(days=1))


def test_the_stage_line(world):
    stages = {stage.key: stage for stage in world.programme.stages.all()}
    date(world, "training", planned_on=TODAY() + timedelta(days=5))
    partnerships.set_current_stage(partnership=world.partnership, stage=stages["visit-1"], by=world.coordinator)
    states = [stop["state"] for stop in stage_line(fresh(world.partnership))]
    assert states == ["done", "done", "ahead", "current", "ahead", "ahead", "ahead", "ahead"]
    foreign = TeamFactory().enrolment.programme.stages.first()
    with pytest.raises(partnerships.ForeignStage):
        partnerships.set_current_stage(partnership=world.partnership, stage=foreign, by=world.coordinator)


def test_tools_go_off_and_on(world):
    everything = tools_in_use(world.partnership)
    assert partnerships.choose_tools(partnership=world.partnership, tools=["questions"], by=world.mentee_user) == {
        "questions"
    }
    back = partnerships.choose_tools(partnership=world.partnership, tools=everything, by=world.mentor_user)
    assert back == everything
    world.programme.tools_proposed = []
    world.programme.save()
    assert tools_in_use(Partnership.objects.get()) == everything - {"questions"}


def test_a_further_tool_is_declared_and_nothing_else(world, monkeypatch):
    """What an app declares and `overview.tools` names is offered and chosen; nobody else knows of it."""
    visits = tools.Tool("visits", "Study visits", "See it for oneself.")
    monkeypatch.setattr(tools, "_all", (*tools.all_tools(), visits))
    form = ToolsForm(partnership=world.partnership)
    assert ("visits", "Study visits") in form.fields["tools"].choices
    chosen = partnerships.choose_tools(partnership=world.partnership, tools=["visits"], by=world.mentee_user)
    assert chosen == {"visits"}
    with pytest.raises(ValueError, match="unheard_of"):
        partnerships.choose_tools(partnership=world.partnership, tools=["unheard_of"], by=world.mentee_user)


def test_an_ended_partnership_is_not_changed(world):
    partnerships.end_partnership(partnership=world.partnership, by=world.coordinator)
    with pytest.raises(PartnershipOver):
        partnerships.choose_tools(partnership=world.partnership, tools=[], by=world.mentee_user)
    assert sees(world.mentee_user, world.partnership)
    partnerships.reopen_partnership(partnership=world.partnership, by=world.coordinator)
    partnerships.choose_tools(partnership=world.partnership, tools=[], by=world.mentee_user)


def test_the_board_follows_a_new_name(world, django_capture_on_commit_callbacks):
    city = world.mentee.enrolment.organisation
    city.name = "Ādaži"
    with django_capture_on_commit_callbacks(execute=True):
        city.save()
    assert fresh(world.partnership).sort_name == "adazi|harbourg"


def test_an_empty_team_waits_for_the_coordinator(world):
    world.enrol("mentee", "Empty city")
    assert "team.empty" in kinds_for(world.coordinator)
    assert "team.empty" not in kinds_for(world.mentee_user)
