"""Stages taken out of use, with what stood on them, and stages of one partnership alone."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once

from ..models import Partnership, Stage, StageDate
from ..selectors import stages_of
from .participations import open_and_locked
from .programmes import make_stage
from .summary import mark_changed, refresh_due

OPEN = Q(stage_dates__planned_on__isnull=False, stage_dates__finished_on=None)


class StageInUse(Refusal):
    message = _("Choose where the partnerships of this stage move to.")


def standing_on(stage: Stage) -> QuerySet[Partnership]:
    """Running partnerships that are at this stage, or have an open date for it."""
    at = Q(current_stage=stage) | OPEN & Q(stage_dates__stage=stage)
    rows = Partnership.objects.filter(at, ended_on=None, programme=stage.programme_id).distinct()
    return rows.filter(pk=stage.partnership_id) if stage.partnership_id else rows


@transaction.atomic
def retire_stage(*, stage: Stage, by: User, move_to: Stage | None = None) -> None:
    """Take a stage out of use. Partnerships that stand on it move to another with their open date, where none is agreed
    for that one; every other day recorded for it stays in their history. Raises StageInUse."""
    found = list(standing_on(stage).values_list("pk", flat=True))
    affected = list(Partnership.objects.select_for_update().filter(pk__in=found).order_by("pk"))
    if affected and (move_to is None or move_to.pk == stage.pk or move_to.retired):
        raise StageInUse
    for partnership in affected:
        _move(partnership, stage, move_to, by)
    before = _before(stage)
    Stage.objects.filter(after=stage, retired=False).exclude(pk=stage.pk).update(after=before)
    stage.retired = True
    stage.save(update_fields=["retired"])
    mark_changed(stage.dates.all())
    refresh_due(stage.programme.partnerships.filter(stage_dates__stage=stage))
    if move_to is not None:
        refresh_due(Partnership.objects.filter(pk__in=[row.pk for row in affected]))
    record(by=by, verb="retired", target=stage)


@transaction.atomic
def restore_stage(*, stage: Stage, by: User) -> None:
    """Back into use, with the days recorded for it."""
    stage.retired = False
    stage.save(update_fields=["retired"])
    mark_changed(stage.dates.all())
    refresh_due(stage.programme.partnerships.filter(stage_dates__stage=stage))
    record(by=by, verb="restored", target=stage)


@transaction.atomic
def add_own_stage(
    *,
    partnership: Partnership,
    title: dict[str, str],
    by: User,
    after: Stage | None = None,
    form_key: UUID | None = None,
) -> Stage:
    """A stop of one partnership alone, right behind any other stop of its way. Raises PartnershipOver, TooManyRows."""
    row = open_and_locked(partnership)
    place = {"partnership": row, "after": after, "order": after.order if after else 0}

    def make(once: UUID | None) -> Stage:
        refuse_beyond(row.own_stages.all())
        followers = list(row.own_stages.filter(after=after, retired=False).values_list("pk", flat=True))
        stage = make_stage(by, programme=row.programme, title=title, form_key=once, **place)
        row.own_stages.filter(pk__in=followers).update(after=stage)
        return stage

    return made_once(row.own_stages.all(), form_key, make)


def _move(partnership: Partnership, stage: Stage, target: Stage | None, by: User) -> None:
    old = partnership.stage_dates.filter(stage=stage, planned_on__isnull=False, finished_on=None).first()
    if old is not None:
        new, _made = StageDate.objects.get_or_create(partnership=partnership, stage=target)
        if new.planned_on is None and new.finished_on is None:
            new.agree(old.planned_on)
            new.note = new.note or old.note
            new.save()
            old.agree(None)
            old.save()
            record(by=by, verb="dated", target=new)
    if partnership.current_stage_id == stage.pk:
        partnership.current_stage = target
        partnership.save(update_fields=["current_stage", "updated_at"])
        record(by=by, verb="moved to stage", target=partnership)


def _before(stage: Stage) -> Stage | None:
    """Behind which stop those come that came after this one."""
    if stage.partnership_id:
        return stage.after
    found = None
    for other in stages_of(stage.programme):
        if other.pk == stage.pk:
            break
        found = other
    return found
