"""What changes a judgement: begun, written, decided, shared, recalled, offered beside the practice."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import revisions
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices.services import tell
from programmes.partnerships.models import SupportGroup, Team
from programmes.sharing import services as sharing

from . import snapshots
from .models import Judgement, JudgementGrant, JudgementText, JudgementVersion, PracticeVersion
from .readers import possible_readers


class NothingJudgedYet(Refusal):
    message = _("Answer at least one question, or decide, first: there is nothing to read yet.")


class NotDecidedYet(Refusal):
    message = _("Decide first, and say why: that is what others learn from.")


class OwnPractice(Refusal):
    message = _("This practice is your own.")


@transaction.atomic
def judge(*, version: PracticeVersion, team: Team, by: User) -> Judgement:
    """The team's judgement of a practice, begun where there is none yet. Raises OwnPractice."""
    practice = version.practice
    if practice.team_id == team.pk:
        raise OwnPractice
    language = next(iter(team.enrolment.organisation.languages), by.language)
    content = version.content
    row, made = Judgement.objects.get_or_create(
        team=team,
        practice=practice,
        defaults={
            "version": version,
            "title": content["title"],
            "place": content["where"],
            "language": language,
            "created_by": by,
        },
    )
    if made:
        record(by=by, verb="began", target=row)
    return row


def save_answer(*, text: JudgementText, by: User, language: str = "", **how: Any) -> revisions.Saved:
    """See `revisions.save`; a text is in its judgement's language until somebody says otherwise."""
    return revisions.save(text, by=by, language=language or text.language or text.judgement.language, **how)


@transaction.atomic
def decide(*, judgement: Judgement, decision: str, by: User) -> Judgement:
    judgement.decision = decision
    judgement.save(update_fields=["decision", "updated_at"])
    record(by=by, verb="changed", target=judgement)
    return judgement


@transaction.atomic
def share(
    *,
    judgement: Judgement,
    teams: Iterable[Team],
    groups: Iterable[SupportGroup],
    by: User,
    form_key: UUID | None = None,
) -> JudgementVersion:
    """Let these read it as it stands now; the same form shares once. Raises NothingJudgedYet and what
    `sharing.services.share` raises."""
    locked = _locked(judgement)

    def make(key: UUID | None) -> JudgementVersion:
        version = _freeze(locked, by, key)
        sharing.share(version=version, possible=possible_readers(judgement), teams=teams, groups=groups, by=by)
        return version

    return made_once(locked.versions.filter(created_by=by), form_key, make)


@transaction.atomic
def recall(*, judgement: Judgement, grant: JudgementGrant, by: User) -> None:
    """From this reader, whichever versions it has."""
    versions = judgement.versions.filter(grants__in=JudgementGrant.objects.filter(recalled_at=None))
    for version in versions.distinct():
        sharing.recall(version=version, by=by, team=grant.team, group=grant.support_group)


@transaction.atomic
def put_beside(*, judgement: Judgement, by: User) -> JudgementVersion:
    """Whoever reads the practice reads what was decided about it, until it is taken back. Raises NotDecidedYet."""
    reason = judgement.texts.filter(question_key="reason").first()
    if not judgement.decision or reason is None or reason.is_empty:
        raise NotDecidedYet
    locked = _locked(judgement)
    newest = locked.versions.first()
    unchanged = newest is not None and newest.content == snapshots.take_judgement(locked)
    version = newest if newest is not None and unchanged else _freeze(locked, by, None)
    is_new = judgement.beside_id is None
    judgement.beside = version
    judgement.save(update_fields=["beside", "updated_at"])
    record(by=by, verb="put beside", target=judgement)
    if is_new:
        tell("practices.judged", judgement.pk, by=by)
    return version


@transaction.atomic
def take_back(*, judgement: Judgement, by: User) -> None:
    """Readers of the practice read it no more; those it was shared with still do."""
    if judgement.beside_id is not None:
        judgement.beside = None
        judgement.save(update_fields=["beside", "updated_at"])
        record(by=by, verb="took back", target=judgement)


def _locked(judgement: Judgement) -> Judgement:
    rows = Judgement.objects.select_related("team__enrolment__organisation")
    return rows.select_for_update(of=("self",)).get(pk=judgement.pk)


def _freeze(judgement: Judgement, by: User, form_key: UUID | None) -> JudgementVersion:
    data = snapshots.take_judgement(judgement)
    if not data["answers"] and not data["decision"]:
        raise NothingJudgedYet
    version: JudgementVersion = judgement.versions.create(
        number=sharing.next_number(judgement.versions),
        schema=JudgementVersion.shape.newest,
        data=data,
        language=judgement.language,
        created_by=by,
        form_key=form_key,
    )
    return version
