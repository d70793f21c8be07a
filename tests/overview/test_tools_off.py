"""A tool that a partnership does not use: gone from pages, tasks and addresses, and back as it was."""

from collections.abc import Iterable

import pytest
from django.test import Client

from programmes.action_plans.tools import ACTION_PLAN
from programmes.assessments.tools import NEEDS_ANALYSIS
from programmes.common.access import Access
from programmes.common.waiting import find_rows
from programmes.conversations.tools import BETWEEN_CITIES
from programmes.overview import waiting
from programmes.overview.tools import TOOLS
from programmes.overview.waiting import waiting_for_one
from programmes.partnerships.asking import asked_for
from programmes.partnerships.models import Partnership, ToolUse
from programmes.partnerships.services.partnerships import choose_tools, replace_participation
from programmes.partnerships.tool_use import in_use, tools_in_use
from programmes.partnerships.tools import SUPPORT_GROUP
from tests import staging
from tests.cast import World
from tests.permissions.row import undone

pytestmark = pytest.mark.django_db

EVERY_TOOL = [tool.key for tool in TOOLS]
EVERYBODY = (
    "mentee",
    "mentor",
    "mentee_association",
    "facilitator",
    "coordinator",
    "group_member",
)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def switch_off(world: World, *tools: str) -> None:
    used = tools_in_use(world.partnership) - set(tools)
    choose_tools(partnership=world.partnership, tools=used, by=world.cast.mentee)


def addresses(world: World) -> dict[str, tuple[str, ...]]:
    """What belongs to which tool; a conversation may need two."""
    answer, plan = world.conversation, world.plan_conversation
    group = world.group_conversation
    return {
        world.plan.get_absolute_url(): (ACTION_PLAN.key,),
        f"/plans/versions/{world.plan_version.pk}/": (ACTION_PLAN.key,),
        f"/plans/actions/{world.action.pk}/suggest/": (ACTION_PLAN.key,),
        f"/plans/begin/{world.partnership.pk}/": (ACTION_PLAN.key,),
        answer.get_absolute_url(): (BETWEEN_CITIES.key, NEEDS_ANALYSIS.key),
        plan.get_absolute_url(): (ACTION_PLAN.key,),
        group.get_absolute_url(): (ACTION_PLAN.key, SUPPORT_GROUP.key),
        f"/forms/{world.response.pk}/read/": (),
        f"/forms/versions/{world.version.pk}/": (),
        f"/groups/{world.group.pk}/": (),
    }


TASKS: dict[str, tuple[str, ...]] = {
    "form.question": (BETWEEN_CITIES.key, NEEDS_ANALYSIS.key),
    "form.question.open": (BETWEEN_CITIES.key, NEEDS_ANALYSIS.key),
    "need.shared": (NEEDS_ANALYSIS.key,),
    "plan.conversation": (ACTION_PLAN.key, SUPPORT_GROUP.key),
    "plan.conversation.open": (ACTION_PLAN.key, SUPPORT_GROUP.key),
}


def statuses(world: World, places: Iterable[tuple[str, str]] | None = None) -> dict[tuple[str, str], int]:
    """Of these roles and addresses, else of all."""
    clients = {role: client_of(getattr(world.cast, role)) for role in EVERYBODY}
    every = [(role, address) for role in EVERYBODY for address in addresses(world)]
    wanted = every if places is None else places
    return {(role, address): clients[role].get(address).status_code for role, address in wanted}


def tasks(world: World) -> set[tuple[int | None, str]]:
    """Whom something waits for, whoever waits for an answer, and its kind."""
    asked = asked_for([getattr(world.cast, role).person for role in EVERYBODY])
    rows = [row for app in waiting.APPS for kinds in (app.WAITING, app.AWAITED) for row in find_rows(kinds, asked)]
    return {(row.person_id, row.key) for row in rows if row.key != "tool.off"}


def is_gone(world: World, tool: str, role: str, address: str) -> bool:
    """What a support group reads of a plan needs both tools."""
    of_group = role == "group_member" and tool == SUPPORT_GROUP.key and "/plans/" in address
    return of_group or tool in addresses(world)[address]


def test_what_belongs_to_it_is_gone_for_everybody_and_back_as_it_was(world: World):
    reached = {place for place, status in statuses(world).items() if status < 400}
    waited = tasks(world)
    for tool in EVERY_TOOL:
        with undone():
            switch_off(world, tool)
            gone = {place for place in reached if is_gone(world, tool, *place)}
            met = statuses(world, gone | {place for place in reached if place[0] == "mentee"})
            assert {place for place, status in met.items() if status == 404} == gone
            lost = waited - tasks(world)
            assert {key for _role, key in lost} == {key for key, of in TASKS.items() if tool in of}
            choose_tools(partnership=world.partnership, tools=EVERY_TOOL, by=world.cast.mentor)
            assert tasks(world) == waited
            assert not {place for place, status in statuses(world, gone).items() if status == 404}


@pytest.mark.parametrize("tool", [ACTION_PLAN.key, BETWEEN_CITIES.key])
def test_nothing_on_any_page_leads_there(world: World, tool: str):
    switch_off(world, tool)
    gone = [address for address, tools in addresses(world).items() if tool in tools]
    for role in EVERYBODY:
        client = client_of(getattr(world.cast, role))
        for address in ("/", "/mine/", world.partnership.get_absolute_url(), f"/forms/{world.response.pk}/read/"):
            page = client.get(address).content.decode()
            assert not [link for link in gone if f'"{link}' in page], (role, address)
    news = f"/partnerships/{world.partnership.pk}/news/"
    page = client_of(world.cast.mentee).get(news, headers={"HX-Request": "true"}).content.decode()
    assert not [link for link in gone if link in page]


def test_who_may_switch_is_told_that_it_is_off_and_by_whom(world: World):
    switch_off(world, ACTION_PLAN.key)
    tools = f"/partnerships/{world.partnership.pk}/tools/"
    for role in EVERYBODY:
        client = client_of(getattr(world.cast, role))
        told = role in ("mentee", "mentor")
        for address in (world.plan.get_absolute_url(), world.plan_conversation.get_absolute_url()):
            answer = client.get(address)
            assert answer.status_code == 404
            assert ("Mentee switched off “Action plan”" in answer.content.decode()) == told
            assert (tools in answer.content.decode()) == told
        page = client.get(world.partnership.get_absolute_url()).content.decode()
        assert ("Mentee switched off “Action plan”" in page) == told
    assert "Mentee switched off “Action plan”" in client_of(world.cast.mentor).get(tools).content.decode()


def test_the_partner_citys_my_work_says_so(world: World):
    switch_off(world, ACTION_PLAN.key)

    def told(role: str) -> list[str]:
        return [row.url for row in waiting_for_one(Access(getattr(world.cast, role))) if row.key == "tool.off"]

    assert told("mentor") == [f"/partnerships/{world.partnership.pk}/tools/"]
    assert [role for role in EVERYBODY if told(role)] == ["mentor"]
    choose_tools(partnership=world.partnership, tools=EVERY_TOOL, by=world.cast.mentor)
    assert told("mentor") == []


def test_another_partnership_of_the_same_city_keeps_it(world: World):
    """What the programme proposes holds where nobody chose; a choice holds in its partnership alone."""

    def using(tool: str) -> set[int]:
        return set(Partnership.objects.filter(in_use(tool, "")).values_list("pk", flat=True))

    switch_off(world, BETWEEN_CITIES.key)
    assert using(BETWEEN_CITIES.key) == {world.other_partnership.pk}
    world.programme.tools_proposed = [BETWEEN_CITIES.key]
    world.programme.save()
    assert using(ACTION_PLAN.key) == set()
    ToolUse.objects.create(partnership=world.other_partnership, tool=ACTION_PLAN.key, in_use=True)
    assert using(ACTION_PLAN.key) == {world.other_partnership.pk}
    for partnership in Partnership.objects.all():
        assert {tool for tool in EVERY_TOOL if partnership.pk in using(tool)} == tools_in_use(partnership)


def test_a_city_that_left_keeps_its_plan_whatever_the_others_use(world: World):
    city = staging.enrolled(world.programme, staging.city("Newtown"), "mentee", by=world.cast.coordinator)
    old = world.partnership.current_in("mentee")[0]
    replace_participation(old=old, team=city, reason="Elections.", by=world.cast.coordinator)
    choose_tools(partnership=world.partnership, tools=[], by=world.cast.mentor)
    assert client_of(world.cast.mentee).get(world.plan.get_absolute_url()).status_code == 200
    assert client_of(world.cast.mentor).get(world.plan.get_absolute_url()).status_code == 404


def test_many_people_at_once_are_told_what_each_is_told_alone(world: World):
    switch_off(world, ACTION_PLAN.key, NEEDS_ANALYSIS.key)
    people = [getattr(world.cast, role).person for role in EVERYBODY]
    together = {(row.person_id, row.key) for row in waiting.waiting_for(people)}
    alone = {(person.pk, row.key) for person in people for row in waiting_for_one(Access(person.user))}
    assert together == alone
