"""Makes a world grow: more rows of the kinds that lists show, as their people would make them."""

import io
import itertools
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from programmes.accounts.models import KeptPost, Person
from programmes.action_plans.models import Cell
from programmes.action_plans.services import add_action, begin_plan, freeze, set_needs, suggest
from programmes.action_plans.services import share as share_plan
from programmes.assessments.enums import NEEDS_SECTION
from programmes.assessments.models import Part
from programmes.assessments.services.answers import begin, save_answer
from programmes.assessments.services.conversations import ask_about
from programmes.assessments.services.needs import add_need, state_help
from programmes.assessments.services.sharing import share
from programmes.benchmarks.services import structure, versions
from programmes.common.access import Access
from programmes.participants.models import Figure, Membership, OrganisationName
from programmes.partnerships.models import StageDate, Theme
from programmes.partnerships.services.invitations import invite
from programmes.partnerships.services.partnerships import create_partnership
from programmes.practices.enums import Audience, Decision
from programmes.practices.judging import decide, judge, put_beside
from programmes.practices.models import JudgementText
from programmes.practices.services import MOST_PICTURES, add_picture, describe, offer
from programmes.reports.models import Document
from programmes.reports.registry import DocumentOptions
from programmes.reports.services import request_document
from tests import staging
from tests.cast import SITE, World

_numbers = itertools.count(1)


def partnerships(world: World, count: int) -> None:
    """Pairs with the mentor of the world, each with dates, a shared analysis, an open question, a shared plan."""
    for number in itertools.islice(_numbers, count):
        _partnership(world, number)


def _partnership(world: World, number: int) -> None:
    officer = next(iter(staging.users(f"officer_{number}")))
    city = staging.city(f"City {number}")
    by = world.cast.coordinator
    team = staging.enrolled(world.programme, city, "mentee", by=by)
    staging.join(officer, team, "Officer")
    staging.backed(team, world.teams["mentee_association"], by=officer)
    pair = create_partnership(
        programme=world.programme,
        theme=world.programme.themes.first(),
        cities={"mentee": [team], "mentor": [world.teams["mentor"]]},
        facilitator=world.teams["facilitator"],
        by=by,
    )
    _dates(pair)
    _shared(world, pair, team, officer)


def _dates(pair) -> None:
    today = timezone.localdate()
    for stage, days in zip(pair.programme.stages.all(), (-5, 9), strict=False):
        StageDate.objects.create(partnership=pair, stage=stage, planned_on=today + timedelta(days=days))


def _shared(world: World, pair, team, officer) -> None:
    readers = [world.teams["mentor"], world.teams["mentee_association"], world.teams["facilitator"]]
    response = begin(team=team, purpose="needs", access=Access(officer))
    part = Part.objects.get(key="challenge.what", question__section__version=response.questionnaire_version)
    save_answer(response=response, part=part, base=0, value="Too few rooms.", access=Access(officer), language="en")
    need = add_need(response=response, access=Access(officer), title="Rooms", kind="gap")
    share(response=response, section_keys=["challenge", NEEDS_SECTION], teams=readers, access=Access(officer))
    cities, access = pair.current_cities(), Access(officer)
    ask_about(response=response, sides=cities, text="And yours?", access=access, part_key="challenge.what")
    plan = begin_plan(partnership=pair, title="Rooms for all", by=officer, language="en")
    action = add_action(plan=plan, by=officer)
    Cell.objects.create(action=action, column_key="what", value="Open the school in the evening")
    set_needs(action=action, needs=[need], by=officer)
    share_plan(version=freeze(plan=plan, name="First", by=officer), teams=readers, groups=[], by=officer)


def programmes(world: World, count: int) -> None:
    for number in itertools.islice(_numbers, count):
        network = staging.organisation("network", f"Network {number}")
        staging.programme(f"Programme {number}", network=network, by=world.cast.administrator)


def organisations(world: World, count: int) -> None:
    for number in itertools.islice(_numbers, count):
        association = staging.organisation("association", f"Association {number}", "LV")
        city = staging.city(f"Town {number}")
        city.affiliations.create(association=association)
        OrganisationName.objects.create(organisation=city, name=f"Stadt {number}", language="de")


def about_city(world: World, count: int) -> None:
    """Names, yearly figures, associations and people of the mentee's city."""
    city = world.teams["mentee"].enrolment.organisation
    for number in itertools.islice(_numbers, count):
        OrganisationName.objects.create(organisation=city, name=f"Name {number}", language="de")
        Figure.objects.create(city=city, indicator="inhabitants", year=1900 + number % 190, value=number, unit="people")
        city.affiliations.create(association=staging.organisation("association", f"Union {number}", "LV"))
        person = Person.objects.create(name=f"Person {number}")
        Membership.objects.create(person=person, organisation=city, function="Officer")


def team(world: World, count: int) -> None:
    """Members of the mentee's team, and invitations into it."""
    mine, by = world.teams["mentee"], world.cast.mentee
    for number in itertools.islice(_numbers, count):
        staging.join(next(iter(staging.users(f"member_{number}"))), mine)
        invite(team=mine, email=f"guest{number}@example.org", name=f"Guest {number}", by=by, site=SITE)
        mine.invitations.update(created_at=timezone.now() - timedelta(hours=2))  # not more than twenty an hour


def seats(world: World, count: int) -> None:
    for number in itertools.islice(_numbers, count):
        world.group.members.create(name=f"Seat {number}", sector="ngo")


def themes(world: World, count: int) -> None:
    for number in itertools.islice(_numbers, count):
        Theme.objects.create(programme=world.programme, title={"en": f"Theme {number}"})


def needs(world: World, count: int) -> None:
    """Needs on which the mentor spoke, shared and with conversations, in a response with more versions."""
    mentee, mentor = world.cast.mentee, world.cast.mentor
    asking = {"response": world.response, "sides": world.partnership.current_cities(), "access": Access(mentor)}
    for number in itertools.islice(_numbers, count):
        need = add_need(response=world.response, access=Access(mentee), title=f"Need {number}", kind="gap")
        share(
            response=world.response, section_keys=[NEEDS_SECTION], teams=[world.teams["mentor"]], access=Access(mentee)
        )
        state_help(need=need, team=world.teams["mentor"], able="partly", words="We can.", by=mentor)
        ask_about(**asking, text="Since when?", need=need)
        ask_about(**asking, text="Why?", part_key="challenge.what")


def actions(world: World, count: int) -> None:
    """Rows of the plan with cells, needs, suggestions and versions."""
    mentee, mentor = world.cast.mentee, world.cast.mentor
    for number in itertools.islice(_numbers, count):
        action = add_action(plan=world.plan, by=mentee)
        Cell.objects.create(action=action, column_key="what", value=f"Open room {number}")
        set_needs(action=action, needs=[world.need], by=mentee)
        suggest(plan=world.plan, action=action, text="On Tuesdays?", access=Access(mentor))
        version = freeze(plan=world.plan, name=f"List {number}", by=mentee)
        share_plan(version=version, teams=[world.teams["mentor"]], groups=[], by=mentee)


def documents(world: World, count: int) -> None:
    """Of different content, or they would be one document."""
    for number in itertools.islice(_numbers, count):
        world.plan.title = f"Plan {number}"
        world.plan.save()
        asked = request_document(
            kind="action-plan",
            subject_id=world.plan.pk,
            file_format="pdf",
            options=DocumentOptions("en"),
            access=Access(world.cast.mentee),
        )
        made = {"state": "failed", "error": "lost", "content": None}  # no more than ten are made at once
        Document.objects.filter(pk=asked.pk).update(**made)


def kept(world: World, count: int) -> None:
    for _number in range(count):
        KeptPost.objects.create(owner=world.cast.mentee, path="/plans/1/", body='[["text", ["Typed"]]]')


def benchmarks(world: World, count: int) -> None:
    """Published ones, and drafts."""
    for number in itertools.islice(_numbers, count):
        by = world.cast.facilitator
        for title in (f"Theme {number}", f"Draft {number}"):
            version = versions.begin(programme=world.programme, title=title, languages=["en"], by=by)
            structure.add_factor(version=version, title=f"Factor {number}", by=by)
            if title.startswith("Theme"):
                versions.publish(version=version, by=by)


def factors(world: World, count: int) -> None:
    """Of the draft, each with an example and a context factor that bears on it; further examples of the first."""
    by = world.cast.facilitator
    for number in itertools.islice(_numbers, count):
        factor = structure.add_factor(version=world.benchmark, title=f"Factor {number}", by=by)
        structure.add_example(factor=factor, by=by)
        context = structure.add_context(version=world.benchmark, title=f"Context {number}", by=by)
        structure.set_bearing(context=context, factors=[factor, world.factor], by=by)
    for _number in range(min(count, 5)):
        structure.add_example(factor=world.factor, by=by)


def practices(world: World, count: int) -> None:
    """Described by the mentor and offered to the programme, each judged by the mentee, who says so beside it."""
    mentor, mentee = world.cast.mentor, world.cast.mentee
    for number in itertools.islice(_numbers, count):
        row = describe(team=world.teams["mentor"], by=mentor, title=f"Practice {number}", place="Quay", summary="Told.")
        offered = offer(practice=row, audience=Audience.PROGRAMME, programme=world.programme, by=mentor)
        judgement = judge(version=offered.version, team=world.teams["mentee"], by=mentee)
        decide(judgement=judgement, decision=Decision.NOT_HERE, by=mentee)


def told_of_a_practice(world: World, count: int) -> None:
    """Points, and what cities say beside it."""
    mentor = world.cast.mentor
    for number in itertools.islice(_numbers, count):
        city = staging.enrolled(world.programme, staging.city(f"Judging {number}"), "mentee", by=world.cast.coordinator)
        officer = next(iter(staging.users(f"judge_{number}")))
        staging.join(officer, city, "Officer")
        judgement = judge(version=world.offer.version, team=city, by=officer)
        decide(judgement=judgement, decision=Decision.NOT_HERE, by=officer)
        JudgementText.objects.create(judgement=judgement, question_key="reason", value="No quay.", language="en")
        put_beside(judgement=judgement, by=officer)
        data = io.BytesIO()
        Image.new("1", (4, 2)).save(data, "PNG")
        if world.practice.pictures.count() < MOST_PICTURES:
            file = ContentFile(data.getvalue(), "quay.png")
            add_picture(practice=world.practice, file=file, caption=f"Picture {number}", by=mentor)
    offer(practice=world.practice, audience=Audience.PROGRAMME, programme=world.programme, by=mentor)
