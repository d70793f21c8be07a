"""Answers with their history and translations, needs, what was shared with whom, who feels able to help."""

from dataclasses import dataclass, field
from typing import Any

from programmes.assessments.enums import Purpose
from programmes.assessments.models import Answer, Part, Response
from programmes.assessments.services.answers import begin, save_answer, translate_answer
from programmes.assessments.services.needs import add_need, state_help
from programmes.assessments.services.sharing import share

from .cast import Cast
from .story import Story
from .texts import Entry

NEED_COLUMNS = ("title", "language", "kind", "scope", "policy")


@dataclass
class Form:
    """One response on its way: `enrolled` is the key of the organisation whose response it is."""

    cast: Cast
    enrolled: str
    purpose: str
    written_by: str
    _parts: dict[str, Part] = field(default_factory=dict)

    def tell(self, story: Story, answers: list[Entry]) -> None:
        for entry in answers:
            self._tell_answer(story, entry)

    def _tell_answer(self, story: Story, entry: Entry) -> None:
        writer, part = entry.get("by", self.written_by), entry["part"]
        for earlier in entry.get("earlier", ()):
            story.on(earlier["day"], self.write, part, earlier["value"], entry.get("language"), by=writer)
        written = entry["earlier"][-1]["day"] if entry.get("translation_of") == "earlier" else entry["day"]
        story.on(entry["day"], self.write, part, entry["value"], entry.get("language"), by=writer)
        if "translation" in entry:
            story.on(written, self.translate, part, entry["translation"], by=writer)

    def write(self, key: str, value: Any, language: str | None, *, by: str) -> None:
        response = self.response(by)
        known = Answer.objects.filter(response=response, part_key=key).values_list("revision", flat=True).first()
        part = self.part(key, by=by)
        save_answer(
            response=response, part=part, base=known or 0, value=value, language=language, access=self.cast.access(by)
        )

    def translate(self, key: str, text: str, *, by: str) -> None:
        response = self.response(by)
        answer = Answer.objects.select_related("response__team__enrolment").get(response=response, part_key=key)
        part, access = self.part(key, by=by), self.cast.access(by)
        translate_answer(answer=answer, part=part, text=text, of=answer.revision, base_text=None, access=access)

    def response(self, by: str) -> Response:
        """Begun by whoever writes first: the association may be first in a city's form."""
        if self.enrolled not in self.cast.responses:
            self.cast.responses[self.enrolled] = begin(
                team=self.cast.teams[self.enrolled], purpose=self.purpose, access=self.cast.access(by)
            )
        return self.cast.responses[self.enrolled]

    def part(self, key: str, *, by: str) -> Part:
        if key not in self._parts:
            rows = Part.objects.filter(question__section__version=self.response(by).questionnaire_version_id)
            self._parts |= {part.key: part for part in rows.select_related("question__section")}
        return self._parts[key]

    def share(self, entry: Entry) -> None:
        share(
            response=self.response(entry["by"]),
            section_keys=entry["sections"],
            teams=self.cast.teams_of(entry["readers"]),
            name=entry["name"],
            access=self.cast.access(entry["by"]),
        )


def tell(story: Story, cast: Cast) -> None:
    """All that is written on a day comes before anything that is shared on it."""
    shares: list[tuple[Form, Entry]] = []
    for association in cast.texts.associations:
        shares += _tell_association(story, cast, association)
    for city, file in cast.texts.cities.items():
        form = _city_form(cast, city, file["response"]["written_by"])
        form.tell(story, file["response"]["answers"])
        for entry in file.get("needs", ()):
            story.on(entry["day"], _need, form, entry)
        shares += [(form, entry) for entry in file["shares"]]
    for form, entry in shares:
        story.on(entry["day"], form.share, entry)
    _tell_help(story, cast)


def _tell_association(story: Story, cast: Cast, association: Entry) -> list[tuple[Form, Entry]]:
    """Its own context, and how typical its cities are; gives what it shares."""
    writer, key = association["written_by"], association["organisation"]
    context = Form(cast, key, Purpose.ASSOCIATION_CONTEXT, writer)
    context.tell(story, association["context"])
    shares = [(context, entry) for entry in association["context_shares"]]
    for entry in association["typicality"]:
        form = _city_form(cast, entry["city"], writer)
        form.tell(story, entry["answers"])
        shares += [(form, share) for share in entry["shares"]]
    return shares


def _tell_help(story: Story, cast: Cast) -> None:
    for city, file in cast.texts.cities.items():
        for need in file.get("needs", ()):
            for entry in need.get("help", ()):
                story.on(entry["day"], _help, cast, (city, need["number"]), entry)


def _city_form(cast: Cast, city: str, written_by: str) -> Form:
    return Form(cast, city, cast.texts.cities[city]["response"]["questionnaire"], written_by)


def _need(form: Form, entry: Entry) -> None:
    columns = {name: entry[name] for name in NEED_COLUMNS} | {"part_key": entry["part"]}
    form.cast.needs[form.enrolled, entry["number"]] = add_need(
        response=form.response(form.written_by),
        sector=entry.get("sector", ""),
        reach=entry.get("reach", ""),
        access=form.cast.access(form.written_by),
        **columns,
    )


def _help(cast: Cast, need: tuple[str, int], entry: Entry) -> None:
    state_help(
        need=cast.needs[need],
        team=cast.teams[entry["team"]],
        able=entry["able"],
        words=entry["words"],
        by=cast.users[entry["by"]],
    )
