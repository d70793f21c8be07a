"""Asking the group; a member's answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import in_days
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm

from ..models import GroupAnswer, GroupQuestion

MOST_QUESTIONS = 5
LONGEST_QUESTION, LONGEST_ANSWER = 2000, 10_000
DAYS = (3, 7, 14, 30)


class AskGroupForm(OnceForm):
    """Up to five questions in one go; empty boxes do not count."""

    introduction = forms.CharField(
        label=_("A word before the questions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text=_("Why you ask, and what becomes of the answers."),
    )
    days = forms.TypedChoiceField(
        label=_("Answers within"),
        coerce=int,
        initial=14,
        choices=lambda: in_days(DAYS),
    )

    def __init__(self, *args: Any, ready: Sequence[str] = (), **kwargs: Any):
        """`ready`: questions that are worded already."""
        super().__init__(*args, **kwargs)
        for number in range(1, max(MOST_QUESTIONS, len(ready)) + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Question %(n)s") % {"n": number},
                max_length=LONGEST_QUESTION,
                required=number == 1,
                initial=ready[number - 1] if number <= len(ready) else "",
                widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
            )
        self.order_fields(["introduction", *self._names, "days"])

    @property
    def _names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("question_")]

    @property
    def questions(self) -> list[str]:
        texts = (self.cleaned_data[name].strip() for name in self._names)
        return [text for text in texts if text]


class TakeUpForm(forms.Form):
    where = forms.CharField(label=_("Where it went"), max_length=300, required=False)


class AnswersForm(SeenForm):
    """A box for each question, with what the person said before."""

    as_group = forms.BooleanField(label=_("This is the word of the group: show it without my name."), required=False)

    def __init__(self, *args: Any, questions: Iterable[GroupQuestion], said: Iterable[GroupAnswer], **kwargs: Any):
        known = {answer.question_id: answer for answer in said}
        initial = {f"answer-{pk}": answer.text for pk, answer in known.items()}
        initial["as_group"] = any(answer.as_group for answer in known.values())
        super().__init__(*args, initial=initial, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"answer-{question.pk}"] = forms.CharField(
                label=question.text,
                max_length=LONGEST_ANSWER,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "data-grow": ""}),
            )
        self.order_fields([*(f"answer-{question.pk}" for question in self.questions), "as_group"])
        self.said = known

    @property
    def lines(self) -> list[tuple[GroupQuestion, Any, GroupAnswer | None]]:
        return [(row, self[f"answer-{row.pk}"], self.said.get(row.pk)) for row in self.questions]

    @property
    def texts(self) -> dict[int, str]:
        return {row.pk: self.cleaned_data[f"answer-{row.pk}"] for row in self.questions}
