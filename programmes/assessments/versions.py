"""Versions of one form side by side: what a newer one changes, and what an earlier one had asked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from programmes.common.fields import in_language
from programmes.partnerships.words import Words

from .models import Part, QuestionnaireVersion, Response
from .structure import parts_of
from .wording import numbered, worded


@dataclass(frozen=True)
class Changes:
    """Boxes in the order of the form, each as the reader would find it: "3 · Main obstacles"."""

    added: tuple[str, ...]
    reworded: tuple[str, ...]
    left_out: tuple[str, ...]


def newest_number() -> Subquery:
    """For rows of responses: the number of the newest version of their form."""
    return Subquery(_published(OuterRef("questionnaire")).values("number")[:1])


def newer_version(response: Response) -> QuestionnaireVersion | None:
    """The newest version, where the response answers an earlier one."""
    number = response.questionnaire_version.number
    return _published(response.questionnaire_id).filter(number__gt=number).select_related("questionnaire").first()


def _published(questionnaire: Any) -> QuerySet[QuestionnaireVersion]:
    rows = QuestionnaireVersion.objects.filter(questionnaire=questionnaire, published_at__isnull=False)
    return rows.order_by("-number")


def changes(old: QuestionnaireVersion, new: QuestionnaireVersion, variables: Words) -> Changes:
    """By the keys of the boxes; reworded is a box whose question, label, help or prompts say something else."""
    before, after = parts_of(old), parts_of(new)
    return Changes(
        tuple(_named(part, variables) for key, part in after.items() if key not in before),
        tuple(
            _named(part, variables)
            for key, part in after.items()
            if key in before and _wording(part) != _wording(before[key])
        ),
        tuple(_named(part, variables) for key, part in before.items() if key not in after),
    )


def earlier_parts(response: Response) -> dict[str, Part]:
    """Boxes that earlier versions of the form had and the response's does not, each as it was asked last."""
    version = response.questionnaire_version
    rows = QuestionnaireVersion.objects.filter(questionnaire=response.questionnaire_id, number__lt=version.number)
    found: dict[str, Part] = {}
    for earlier in rows.order_by("number"):
        found |= parts_of(earlier)
    return {key: part for key, part in found.items() if key not in parts_of(version)}


def _wording(part: Part) -> tuple[Any, ...]:
    return part.question.title, part.question.help, part.label, part.help, part.prompts


def _named(part: Part, variables: Words) -> str:
    words = worded(part.label if in_language(part.label) else part.question.title, variables)
    return numbered(part.question.number, words)
