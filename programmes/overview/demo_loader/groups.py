"""What support groups were asked by link, and said: seats taken, answers beside the form, some of them taken up."""

from programmes.accounts.models import Person
from programmes.assessments.models import QuestionBeside
from programmes.conversations.groups import services
from programmes.conversations.models import Asking, GroupAnswer
from programmes.links.services import note_answer
from programmes.partnerships.models import SupportGroupMember
from programmes.partnerships.services.seat_links import invite_by_link, take_seat

from .cast import Cast
from .story import Story
from .texts import Entry

SITE = ""
"""Mails name the address of this installation."""
SEATS_BEFORE = 5
"""Days between the links to the seats and the first questions."""


def tell(story: Story, cast: Cast) -> None:
    for city, file in cast.texts.cities.items():
        for entry in file.get("group_asked", ()):
            _DemoAsking(cast, city, entry).tell(story)


class _DemoAsking:
    """Questions to the group of `city`."""

    asking: Asking

    def __init__(self, cast: Cast, city: str, texts: Entry):
        self.cast, self.city, self.texts = cast, city, texts

    def tell(self, story: Story) -> None:
        story.on(self.texts["day"] - SEATS_BEFORE, self.take_seats)
        story.on(self.texts["day"], self.ask)
        for entry in self.texts["answers"]:
            story.on(entry["day"], self.answer, entry)

    def take_seats(self) -> None:
        group, by = self.cast.groups[self.city], self.cast.users[self.texts["by"]]
        free = group.members.filter(name__in=self.texts["taken"], person=None)
        made = invite_by_link(
            group=group, seats={seat.pk: "" for seat in free}, language="en", days=60, by=by, site=SITE
        )
        for link in made:
            seat = SupportGroupMember.objects.get(pk=link.subject_id)
            take_seat(seat=seat, person=link.person, had_dialogue=seat.had_dialogue)
            note_answer(link)
        Person.objects.filter(links__in=made).update(is_demo=True)

    def ask(self) -> None:
        questions = self.texts["questions"]
        self.asking = services.ask(
            group=self.cast.groups[self.city],
            questions=[entry["text"] for entry in questions],
            introduction=self.texts["introduction"],
            days=self.texts["days"],
            language="en",
            by=self.cast.users[self.texts["by"]],
            site=SITE,
        )
        for row, entry in zip(self.asking.questions.all(), questions, strict=True):
            response = self.cast.responses[self.city]
            QuestionBeside.objects.create(question=row, response=response, part_key=entry["part"])

    def answer(self, entry: Entry) -> None:
        seat = self.cast.groups[self.city].members.select_related("person__user").get(name=entry["seat"])
        person: Person = seat.person  # type: ignore[assignment]
        questions = list(self.asking.questions.all())
        texts = {row.pk: text for row, text in zip(questions, entry["texts"], strict=True)}
        by_link = person.user is None
        as_group = entry.get("as_group", False)
        services.answer(asking=self.asking, seat=seat, person=person, texts=texts, as_group=as_group, by_link=by_link)
        note_answer(services.links_of(self.asking).get(person=person))
        if "taken_up" in entry:
            answer = GroupAnswer.objects.get(question=questions[0], author=person)
            by = self.cast.users[self.texts["by"]]
            services.take_up(answer=answer, where=entry["taken_up"], by=by, site=SITE)
