"""Beginning a form and writing in it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.services import record
from programmes.common import revisions
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.revisions import Saved
from programmes.partnerships.models import Team

from ..boundary import Writing, keeps, writing_of
from ..boxes import kind_of
from ..models import Answer, Part, Response
from ..rules import may_begin
from ..structure import newest_for
from ..wording import asked
from . import figures


class NotYourForm(Refusal):
    message = _("This form belongs to somebody else.")


class NotYourSection(Refusal):
    message = _("Somebody else writes this section.")


class AskedNoMore(Refusal):
    message = _("The newer version of this form no longer asks this. What was saved is under “Asked earlier”.")


def is_asked(response: Response, part: Part) -> bool:
    """Whether the part stands in the version of the form that the response answers."""
    return part.question.section.version_id == response.questionnaire_version_id


@transaction.atomic
def begin(*, team: Team, purpose: str, by: Any) -> Response:
    """The team's response for this purpose, made to the newest version if need be; raises NotYourForm."""
    version = newest_for(team.enrolment.programme, purpose)
    if version is None or not may_begin(Access(by), team, purpose):
        raise NotYourForm
    response = Response.objects.filter(team=team, questionnaire__purpose=purpose).order_by("pk").first()
    if response is None:
        response, made = Response.objects.get_or_create(
            team=team,
            questionnaire=version.questionnaire,
            defaults={"questionnaire_version": version},
        )
        if made:
            record(by=by, verb="began", target=response)
    return response


def save_answer(
    *,
    response: Response,
    part: Part,
    base: int,
    value: Any,
    by: Any,
    base_value: Any = None,
    language: str | None = None,
) -> tuple[Answer, Saved]:
    """Writes what stands in one box, made out of revision `base`; raises Conflict, NotYourSection,
    AskedNoMore.

    The wording of the question goes into the history; a figure goes into the city's profile, unseen by others
    until it is shared. `value` is as its kind stores it. No transaction around it, see `revisions`.
    """
    writing = _writing(by, response, part)
    answer = revisions.get_row(Answer, response=response, part_key=part.key)
    kind = kind_of(part)
    if kind.is_empty(value) and kind.is_empty(answer.value):
        value = answer.value
    saved = revisions.save(
        answer,
        base=base,
        base_value=base_value,
        value=value,
        by=by,
        language=language,
        on_behalf=writing.on_behalf,
        merge=kind.merges,
        wording=asked(part),
        then=lambda before: figures.note(response=response, part=part, before=before, now=answer.value),
    )
    return answer, saved


@transaction.atomic
def restore_answer(*, answer: Answer, part: Part, revision: int, by: Any) -> Saved:
    """An earlier text becomes the newest; raises NoSuchRevision, NotYourSection."""
    writing = _writing(by, answer.response, part)
    before = answer.value
    saved = revisions.restore(answer, revision=revision, by=by, on_behalf=writing.on_behalf)
    figures.note(response=answer.response, part=part, before=before, now=answer.value)
    record(by=by, verb="restored", target=answer)
    return saved


def translate_answer(*, answer: Answer, part: Part, text: str, of: int, base_text: str | None, by: Any) -> Saved:
    """A human translation into the working language, made of revision `of`; "" takes it away. Raises Conflict."""
    _writing(by, answer.response, part)
    return revisions.translate(
        answer,
        text=text,
        by=by,
        of=of,
        base_text=base_text,
        then=lambda: record(by=by, verb="translated", target=answer),
    )


def _writing(by: Any, response: Response, part: Part) -> Writing:
    writing, section = writing_of(Access(by), response), part.question.section
    if writing is None or not keeps(response, section) or not writing.writes(section):
        raise NotYourSection
    if not is_asked(response, part):
        raise AskedNoMore
    return writing
