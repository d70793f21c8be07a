"""Good practices, to whom they are offered, and what a city thinks of those of others."""

from typing import Any

from django.core.files.base import ContentFile

from programmes.action_plans.columns import columns_of
from programmes.action_plans.models import Cell
from programmes.action_plans.services import adapt, save_cell, set_needs
from programmes.assessments.models import Answer
from programmes.common import clock, revisions
from programmes.practices import judging, services
from programmes.practices.beginnings import Beginning, beginnings_in
from programmes.practices.enums import Audience
from programmes.practices.models import JudgementText, PracticeText

from .cast import Cast
from .story import Story
from .texts import FILES, Entry

HEAD = ("title", "kind", "place", "country", "size", "language", "summary", "link", "sources")


def tell(story: Story, cast: Cast) -> None:
    for entry in cast.texts.practices["practices"]:
        story.on(entry["day"], _describe, cast, entry)
        for offer in entry["offers"]:
            story.on(offer["day"], _offer, cast, entry, offer)
    for entry in cast.texts.practices["judgements"]:
        story.on(entry["day"], _judge, cast, entry)
        if "beside" in entry:
            story.on(entry["beside"], _put_beside, cast, entry)
        if "shared" in entry:
            story.on(entry["shared"]["day"], _share, cast, entry)
        if "action" in entry:
            story.on(entry["action"]["day"], _adapt, cast, entry)


def _describe(cast: Cast, entry: Entry) -> None:
    user = cast.users[entry["by"]]
    head: dict[str, Any] = {name: entry[name] for name in HEAD if name in entry}
    city = cast.organisations[entry["city"]] if "city" in entry else None
    themes = [cast.themes[key] for key in entry["themes"]]
    if "begun_from" in entry:
        practice = services.begin_from(beginning=_beginning(cast, entry), by=user)
        services.change_head(practice=practice, by=user, themes=themes, **head)
    else:
        practice = services.describe(team=cast.teams[entry["team"]], by=user, city=city, themes=themes, **head)
    cast.practices[entry["key"]] = practice
    for key, words in entry["points"].items():
        text = revisions.get_row(PracticeText, practice=practice, point_key=key)
        services.save_text(text=text, base=text.revision, base_value=text.value, value=words, by=user)
    if "picture" in entry:
        file = ContentFile((FILES / entry["picture"]["file"]).read_bytes(), entry["picture"]["file"])
        services.add_picture(practice=practice, file=file, caption=entry["picture"]["caption"], by=user)
    if "contact" in entry:
        _name_contact(cast, entry)


def _beginning(cast: Cast, entry: Entry) -> Beginning:
    about = entry["begun_from"]
    answer = Answer.objects.select_related("response__team__enrolment__organisation").get(
        response=cast.responses[entry["team"]], part_key=about["part"]
    )
    return next(found for found in beginnings_in(answer) if found.title == about["title"])


def _name_contact(cast: Cast, entry: Entry) -> None:
    told = {f"contact_{name}": value for name, value in entry["contact"].items()}
    services.change_head(
        practice=cast.practices[entry["key"]], by=cast.users[entry["by"]], contact_agreed_on=clock.today(), **told
    )


def _offer(cast: Cast, entry: Entry, offer: Entry) -> None:
    audience = Audience(offer["to"])
    programme = cast.programme if audience == Audience.PROGRAMME else None
    services.offer(
        practice=cast.practices[entry["key"]], audience=audience, programme=programme, by=cast.users[entry["by"]]
    )


def _judge(cast: Cast, entry: Entry) -> None:
    user = cast.users[entry["by"]]
    version = cast.practices[entry["practice"]].versions.first()
    if version is None:
        raise LookupError(f"{entry['practice']} is judged before it is offered")
    judgement = judging.judge(version=version, team=cast.teams[entry["city"]], by=user)
    judgement.language = "en"
    judgement.save(update_fields=["language"])
    cast.judgements[entry["practice"]] = judgement
    for key, words in entry["answers"].items():
        text = revisions.get_row(JudgementText, judgement=judgement, question_key=key)
        judging.save_answer(text=text, base=0, base_value="", value=words, by=user)
    judging.decide(judgement=judgement, decision=entry["decision"], by=user)


def _put_beside(cast: Cast, entry: Entry) -> None:
    judging.put_beside(judgement=cast.judgements[entry["practice"]], by=cast.users[entry["by"]])


def _share(cast: Cast, entry: Entry) -> None:
    teams = cast.teams_of(entry["shared"]["teams"])
    judging.share(judgement=cast.judgements[entry["practice"]], teams=teams, groups=[], by=cast.users[entry["by"]])


def _adapt(cast: Cast, entry: Entry) -> None:
    plan, about = cast.plans[entry["city"]], entry["action"]
    access = cast.access(entry["by"])
    action = adapt(judgement=cast.judgements[entry["practice"]], plan=plan, access=access)
    set_needs(action=action, needs=[cast.needs[entry["city"], number] for number in about["needs"]], by=access.user)
    known = {column.key for column in columns_of(cast.programme)}
    for key, value in about["cells"].items():
        if key not in known:
            raise LookupError(f"there is no column {key}")
        cell, _made = Cell.objects.get_or_create(action=action, column_key=key, defaults={"language": plan.language})
        save_cell(cell=cell, base=cell.revision, base_value=cell.value, value=value, access=access)
