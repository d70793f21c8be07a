"""Conversations between the cities, suggestions on the plan, the question to the support group."""

from programmes.action_plans.services import ask_group, suggest
from programmes.assessments.services.conversations import ask_about
from programmes.conversations import services
from programmes.conversations.models import Conversation, Message

from .cast import Cast
from .story import Story
from .texts import Entry


def tell(story: Story, cast: Cast) -> None:
    for city, file in cast.texts.cities.items():
        for entry in [*file.get("conversations", ()), *file.get("plan", {}).get("conversations", ())]:
            _DemoConversation(cast, city, entry).tell(story)


class _DemoConversation:
    """One conversation about something of `city`."""

    conversation: Conversation

    def __init__(self, cast: Cast, city: str, texts: Entry):
        self.cast, self.city, self.texts = cast, city, texts

    def tell(self, story: Story) -> None:
        question, *answers = self.texts["messages"]
        last = self.texts["messages"][-1]
        story.on(question["day"], self.ask, question)
        for answer in answers:
            story.on(answer["day"], self.answer, answer)
        for readers in self.texts.get("opened_to", ()):
            story.on(last["day"], self.agree, readers, by=last["by"])
        if self.texts["state"] == "resolved":
            story.on(last["day"], self.resolve, by=question["by"])

    def ask(self, entry: Entry) -> None:
        self.conversation = self._begin(entry)
        _in_language(self.conversation.messages.get(), entry["language"])

    def _begin(self, entry: Entry) -> Conversation:
        cast, city, about = self.cast, self.city, self.texts["about"]
        text, access = entry["text"], self.cast.access(entry["by"])
        if "action" in about:
            return suggest(plan=cast.plans[city], action=cast.actions[city, about["action"]], text=text, access=access)
        if "version" in about:
            return ask_group(version=cast.plan_versions[city, about["version"]], text=text, access=access)
        tie = ask_about(
            response=cast.responses[city],
            sides=cast.partnerships[city].current_cities(),
            part_key=about.get("part", ""),
            need=cast.needs[city, about["need"]] if "need" in about else None,
            text=text,
            access=access,
        )
        return tie.conversation

    def answer(self, entry: Entry) -> None:
        access = self.cast.access(entry["by"])
        message = services.reply(conversation=self.conversation, text=entry["text"], access=access)
        _in_language(message, entry["language"])

    def agree(self, readers: str, *, by: str) -> None:
        services.consent(conversation=self.conversation, to=readers, agree=True, access=self.cast.access(by))

    def resolve(self, *, by: str) -> None:
        services.resolve(conversation=self.conversation, access=self.cast.access(by))


def _in_language(message: Message, language: str) -> None:
    """People of the demo write in other languages than that of their pages, too."""
    if message.language != language:
        message.language = language
        message.save(update_fields=["language"])
