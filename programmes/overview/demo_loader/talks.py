"""Questions between the cities, suggestions on the plan, the question to the support group."""

from programmes.action_plans.services import ask_group, suggest
from programmes.assessments.services.questions import ask_about
from programmes.partnerships.models import Message, Thread
from programmes.partnerships.services import threads

from .cast import Cast
from .story import Story
from .texts import Entry


def tell(story: Story, cast: Cast) -> None:
    for city, file in cast.texts.cities.items():
        for entry in [*file.get("threads", ()), *file.get("plan", {}).get("threads", ())]:
            _Talk(cast, city, entry).tell(story)


class _Talk:
    """One thread about something of `city`."""

    thread: Thread

    def __init__(self, cast: Cast, city: str, texts: Entry):
        self.cast, self.city, self.texts = cast, city, texts

    def tell(self, story: Story) -> None:
        question, *answers = self.texts["messages"]
        last = self.texts["messages"][-1]
        story.on(question["day"], self.ask, question)
        for answer in answers:
            story.on(answer["day"], self.answer, answer)
        for audience in self.texts.get("opened_to", ()):
            story.on(last["day"], self.agree, audience, by=last["by"])
        if self.texts["state"] == "resolved":
            story.on(last["day"], self.resolve, by=question["by"])

    def ask(self, entry: Entry) -> None:
        self.thread = self._begin(entry)
        _in_language(self.thread.messages.get(), entry["language"])

    def _begin(self, entry: Entry) -> Thread:
        cast, city, about = self.cast, self.city, self.texts["about"]
        text, by = entry["text"], cast.users[entry["by"]]
        if "action" in about:
            return suggest(plan=cast.plans[city], action=cast.actions[city, about["action"]], text=text, by=by)
        if "version" in about:
            return ask_group(version=cast.plan_versions[city, about["version"]], text=text, by=by)
        question = ask_about(
            response=cast.responses[city],
            mentor=cast.mentor_of(city),
            part_key=about.get("part", ""),
            need=cast.needs[city, about["need"]] if "need" in about else None,
            text=text,
            by=by,
        )
        return question.thread

    def answer(self, entry: Entry) -> None:
        message = threads.reply(thread=self.thread, text=entry["text"], by=self.cast.users[entry["by"]])
        _in_language(message, entry["language"])

    def agree(self, audience: str, *, by: str) -> None:
        threads.consent(thread=self.thread, to=audience, agree=True, by=self.cast.users[by])

    def resolve(self, *, by: str) -> None:
        threads.resolve(thread=self.thread, by=self.cast.users[by])


def _in_language(message: Message, language: str) -> None:
    """People of the demo write in other languages than that of their pages, too."""
    if message.language != language:
        message.language = language
        message.save(update_fields=["language"])
