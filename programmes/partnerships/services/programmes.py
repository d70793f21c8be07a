"""Setting up a programme: what it says of itself, its stages and its themes."""

from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.designs import Correction, corrections
from programmes.common.fields import in_language
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once
from programmes.participants.models import Organisation

from ..design import default_design
from ..enums import EnrolmentRole, TeamRole
from ..models import Enrolment, Programme, Stage, TeamMember, Theme
from .enrolments import enrol
from .saving import save_checked
from .teams import add_member

PICTURES = ("emblem", "logo")


@transaction.atomic
def create_programme(
    *,
    title: str,
    network: Organisation,
    by: User,
    started_on: date | None = None,
    like: Programme | None = None,
    form_key: UUID | None = None,
    **fields: Any,
) -> Programme:
    """A programme with the stages and tools of the default design, or those in use and the themes of another one
    (`like`), its network enrolled as coordinator with a team.

    Whoever coordinates for this network already is the first in that team; anybody else invites the coordinator next.
    `fields` are further columns of Programme. The same form makes it once."""
    values = {"title": title, "network": network, "started_on": started_on} | fields

    def make(key: UUID | None) -> Programme:
        return _make_programme(by, like, form_key=key, **values)

    return made_once(Programme.objects.filter(network=network), form_key, make)


def _make_programme(by: User, like: Programme | None, **values: Any) -> Programme:
    taken = _set_up_of(like) if like else {"tools_proposed": list(default_design()["tools"])}
    programme = Programme(**(taken | values))
    save_checked(programme)
    if like:
        _copy_method(like, programme)
    else:
        _receive_design(programme)
    record(by=by, verb="created", target=programme)
    coordination = enrol(programme=programme, organisation=programme.network, role=EnrolmentRole.COORDINATOR, by=by)
    _join_if_of(coordination, by)
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, by: User, **fields: Any) -> Programme:
    """Change columns of a programme; a replaced picture's file is deleted on commit, `False` takes a picture away."""
    replaced = [getattr(programme, name) for name in PICTURES if _is_new(fields.get(name))]
    old = [(picture.storage, picture.name) for picture in replaced if picture]
    for name, value in fields.items():
        setattr(programme, name, value or "" if name in PICTURES and not _is_upload(value) else value)
    save_checked(programme)
    for storage, name in old:
        transaction.on_commit(partial(storage.delete, name))
    record(by=by, verb="changed", target=programme)
    return programme


@transaction.atomic
def add_stage(
    *,
    programme: Programme,
    title: dict[str, str],
    by: User,
    purpose: dict[str, str] | None = None,
    form_key: UUID | None = None,
) -> Stage:
    """A further stop at the end of the way; its key is made from the title once and never changes."""

    def make(once: UUID | None) -> Stage:
        refuse_beyond(programme.stages.all())
        last = programme.stages.filter(partnership=None).order_by("order").last()
        order = last.order + 1 if last else 1
        return make_stage(by, programme=programme, order=order, title=title, purpose=purpose or {}, form_key=once)

    return made_once(programme.stages.all(), form_key, make)


def make_stage(by: User, *, programme: Programme, title: dict[str, str], **values: Any) -> Stage:
    stage = Stage.objects.create(programme=programme, key=new_key(programme, title), title=title, **values)
    record(by=by, verb="created", target=stage)
    return stage


def stage_corrections(programme: Programme) -> list[Correction]:
    """What the default design, corrected since, would change in the stages that the programme received from it."""
    return corrections(Stage, programme.stages.all(), default_design()["stages"])


@transaction.atomic
def correct_stages(*, programme: Programme, by: User | None) -> list[Correction]:
    """Applies what `stage_corrections` says, but for rows that the programme changed; a new stage comes last."""
    found = stage_corrections(programme)
    for correction in found:
        if correction.applies:
            _correct(programme, cast("Stage", correction.row))
            record(by=by, verb="corrected", target=correction.row)
    return found


def _correct(programme: Programme, stage: Stage) -> None:
    if stage._state.adding:
        last = programme.stages.order_by("order").last()
        stage.programme, stage.order = programme, last.order + 1 if last else 1
        stage.key = _free_key(programme, stage.origin)
    stage.save()


@transaction.atomic
def change_stage(*, stage: Stage, title: dict[str, str], by: User, purpose: dict[str, str] | None = None) -> Stage:
    stage.title, stage.purpose = title, purpose or {}
    stage.save(update_fields=["title", "purpose"])
    record(by=by, verb="changed", target=stage)
    return stage


@transaction.atomic
def move_stage(*, stage: Stage, step: int, by: User) -> None:
    """One place up (-1) or down (1) among the stages in use; at either end nothing happens."""
    stages = list(Stage.objects.select_for_update().filter(programme=stage.programme_id, partnership=None))
    shown = [row for row in stages if not row.retired]
    place = next((i for i, row in enumerate(shown) if row.pk == stage.pk), None)
    if place is None or not 0 <= place + step < len(shown):
        return
    shown.insert(place + step, shown.pop(place))
    for order, row in enumerate([*shown, *(row for row in stages if row.retired)], start=1):
        row.order = order
    Stage.objects.bulk_update(stages, ["order"])
    record(by=by, verb="moved", target=stage)


@transaction.atomic
def add_theme(*, programme: Programme, title: dict[str, str], by: User, form_key: UUID | None = None) -> Theme:
    """A further theme of the programme. Raises TooManyRows."""

    def make(key: UUID | None) -> Theme:
        refuse_beyond(programme.themes.all())
        theme = Theme.objects.create(programme=programme, title=title, form_key=key)
        record(by=by, verb="created", target=theme)
        return theme

    return made_once(programme.themes.all(), form_key, make)


@transaction.atomic
def change_theme(*, theme: Theme, title: dict[str, str], by: User) -> Theme:
    """A theme worded anew."""
    theme.title = title
    theme.save(update_fields=["title"])
    record(by=by, verb="changed", target=theme)
    return theme


@transaction.atomic
def retire_theme(*, theme: Theme, retired: bool, by: User) -> None:
    """A retired theme is no longer offered; partnerships that work on it keep it."""
    theme.retired = retired
    theme.save(update_fields=["retired"])
    record(by=by, verb="retired" if retired else "restored", target=theme)


def _set_up_of(like: Programme) -> dict[str, Any]:
    """Columns that say how a programme works, none that say what it is."""
    return {name: getattr(like, name) for name in ("tools_proposed", "roles")}


def _receive_design(programme: Programme) -> None:
    for order, entry in enumerate(default_design()["stages"], start=1):
        stage = Stage(programme=programme, key=entry["key"], order=order)
        stage.receive(entry)
        stage.save()


def _copy_method(like: Programme, programme: Programme) -> None:
    """Stages and themes in use, as that programme words them; stages keep the origin in the design."""
    for stage in Stage.objects.filter(programme=like, retired=False, partnership=None):
        stage.pk, stage._state.adding, stage.programme = None, True, programme
        stage.save()
    for theme in Theme.objects.filter(programme=like, retired=False):
        theme.pk, theme._state.adding, theme.programme = None, True, programme
        theme.save()


def _join_if_of(coordination: Enrolment, by: User) -> None:
    """The acting person takes the first place where they coordinate another programme of the same network."""
    place = TeamMember.objects.filter(
        person__user=by,
        ended_on=None,
        team__enrolment__organisation=coordination.organisation,
        team__role=TeamRole.COORDINATOR,
        team__closed_at=None,
        team__enrolment__ended_on=None,
    ).first()
    if place is not None:
        add_member(team=coordination.teams.get(), person=place.person, function=place.function, by=by)


def new_key(programme: Programme, title: dict[str, str]) -> str:
    return _free_key(programme, slugify(in_language(title, "en"))[:30] or "stage")


def _free_key(programme: Programme, stem: str) -> str:
    taken = set(programme.stages.values_list("key", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _is_upload(value: Any) -> bool:
    return isinstance(value, UploadedFile)


def _is_new(value: Any) -> bool:
    """A file that comes instead of the old one, or False for "take it away"."""
    return value is False or _is_upload(value)
