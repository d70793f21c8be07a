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
def begin(*, team: Team, purpose: str, access: Access) -> Response:
    """The team's response for this purpose, made to the newest version if need be; raises NotYourForm."""
    version = newest_for(team.enrolment.programme, purpose)
    if version is None or not may_begin(access, team, purpose):
        raise NotYourForm
    response = Response.objects.filter(team=team, questionnaire__purpose=purpose).order_by("pk").first()
    if response is None:
        response, made = Response.objects.get_or_create(
            team=team,
            questionnaire=version.questionnaire,
            defaults={"questionnaire_version": version},
        )
        if made:
            record(by=access.user, verb="began", target=response)
    return response


def save_answer(
    *,
    response: Response,
    part: Part,
    base: int,
    value: Any,
    access: Access,
    base_value: Any = None,
    language: str | None = None,
) -> tuple[Answer, Saved]:
    """Writes what stands in one box, made out of revision `base`; raises Conflict, NotYourSection,
    AskedNoMore.

    The wording of the question goes into the history; a figure goes into the city's profile, unseen by others
    until it is shared. `value` is as its kind stores it. No transaction around it, see `revisions`.
    """
    writing = _writing(access, response, part)
    answer = revisions.get_row(Answer, response=response, part_key=part.key)
    kind = kind_of(part)
    if kind.is_empty(value) and kind.is_empty(answer.value):
        value = answer.value
    saved = revisions.save(
        answer,
        base=base,
        base_value=base_value,
        value=value,
        by=access.user,
        language=language,
        on_behalf=writing.on_behalf,
        merge=kind.merges,
        wording=asked(part),
        then=lambda before: figures.note(response=response, part=part, before=before, now=answer.value),
    )
    return answer, saved


@transaction.atomic
def restore_answer(*, answer: Answer, part: Part, revision: int, access: Access) -> Saved:
    """An earlier text becomes the newest; raises NoSuchRevision, NotYourSection."""
    writing = _writing(access, answer.response, part)
    before = answer.value
    saved = revisions.restore(answer, revision=revision, by=access.user, on_behalf=writing.on_behalf)
    figures.note(response=answer.response, part=part, before=before, now=answer.value)
    record(by=access.user, verb="restored", target=answer)
    return saved


def translate_answer(*, answer: Answer, part: Part, text: str, of: int, base_text: str | None, access: Access) -> Saved:
    """A human translation into the working language, made of revision `of`; "" takes it away. Raises Conflict."""
    _writing(access, answer.response, part)
    return revisions.translate(
        answer,
        text=text,
        by=access.user,
        of=of,
        base_text=base_text,
        then=lambda: record(by=access.user, verb="translated", target=answer),
    )


def _writing(access: Access, response: Response, part: Part) -> Writing:
    writing, section = writing_of(access, response), part.question.section
    if writing is None or not keeps(response, section) or not writing.writes(section):
        raise NotYourSection
    if not is_asked(response, part):
        raise AskedNoMore
    return writing
