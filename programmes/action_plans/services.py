"""What changes a plan: rows, cells, order, needs, frozen versions, who reads them, suggestions."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.assessments.models import Need
from programmes.common import clock, revisions
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once
from programmes.conversations.models import Conversation
from programmes.conversations.services import begin
from programmes.notices.services import tell
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, SupportGroup, Team
from programmes.practices.enums import Decision
from programmes.practices.models import Judgement
from programmes.practices.points import BECOMES_ACTION
from programmes.sharing import services as sharing

from . import snapshots
from .boundary import writes_on_behalf
from .columns import columns_of
from .models import Action, ActionNeed, AdaptedPractice, Cell, Plan, PlanConversation, PlanVersion
from .readers import possible_readers

MOST_ACTIONS = 200
"""Rows of a plan that are not removed."""


class NoMentee(Refusal):
    message = _("Only the team of the mentee city begins its plan.")


class NeedNotYours(Refusal):
    message = _("An action can only be tied to needs of your own team.")


class JudgedByOthers(Refusal):
    message = _("An action can only adapt a practice that your own team judged.")


class NotTransferred(Refusal):
    message = _("Decide first to transfer the practice, or part of it.")


class NothingToFreeze(Refusal):
    message = _("There is no action in the plan yet. Add the first one, then freeze a version.")


class NotSharedWithGroup(Refusal):
    message = _("Share this version with the local support group first, so that it can read what you ask about.")


class StillAsking(Refusal):
    message = _("Your last question to the group is still open. Resolve it before you ask another one.")


@transaction.atomic
def begin_plan(*, partnership: Partnership, title: str, by: User, language: str = "", date: date | None = None) -> Plan:
    """The mentee's plan in a partnership; the one that exists is returned (unique together). Raises NoMentee."""
    mentee = next(iter(partnership.current_in(Role.MENTEE)), None)
    if mentee is None:
        raise NoMentee
    plan, made = Plan.objects.get_or_create(
        partnership=partnership,
        team=mentee.team,
        defaults={"city": mentee.organisation, "title": title, "language": language, "date": date, "created_by": by},
    )
    if made:
        columns_of(partnership.programme)
        record(by=by, verb="began", target=plan)
    return plan


@transaction.atomic
def change_header(*, plan: Plan, by: User, **values: Any) -> Plan:
    """Title, language, date. Texts that were in the plan's language are in its new one; exceptions stay."""
    if values.get("language", plan.language) != plan.language:
        Cell.objects.filter(action__plan=plan, language=plan.language).update(language=values["language"])
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save(update_fields=[*values, "updated_at"])
    record(by=by, verb="changed", target=plan)
    return plan


@transaction.atomic
def add_action(*, plan: Plan, by: User, form_key: UUID | None = None) -> Action:
    """An empty row at the end. The plan's row is locked, so that two people get two places. Raises TooManyRows."""
    Plan.objects.select_for_update().get(pk=plan.pk)

    def add(key: UUID | None) -> Action:
        refuse_beyond(plan.actions.filter(removed_at=None), MOST_ACTIONS)
        last = plan.actions.aggregate(last=Max("order"))["last"] or 0
        action = Action.objects.create(plan=plan, order=last + 1, form_key=key)
        record(by=by, verb="added", target=action)
        return action

    return made_once(plan.actions.all(), form_key, add)


def adapt(*, judgement: Judgement, plan: Plan, access: Access) -> Action:
    """An action that adapts the practice which the plan's team judged, begun with what it would do differently; the
    one that is there already is given back. Raises JudgedByOthers, NotTransferred, TooManyRows."""
    if judgement.team_id != plan.team_id:
        raise JudgedByOthers
    if judgement.decision not in (Decision.TRANSFER, Decision.PART):
        raise NotTransferred
    action, made = _adapted_action(judgement, plan, access.user)
    if made:
        first = columns_of(plan.partnership.programme)[0]
        cell = revisions.get_row(Cell, action=action, column_key=first.key)
        cell.action = action
        save_cell(
            cell=cell,
            base=0,
            base_value="",
            value=_words_of(judgement),
            access=access,
            language=judgement.language,
        )
    return action


@transaction.atomic
def _adapted_action(judgement: Judgement, plan: Plan, by: User) -> tuple[Action, bool]:
    Plan.objects.select_for_update().get(pk=plan.pk)
    known = plan.actions.filter(adapted__judgement=judgement, removed_at=None).first()
    if known is not None:
        return known, False
    action = add_action(plan=plan, by=by)
    AdaptedPractice.objects.create(
        action=action,
        judgement=judgement,
        practice=judgement.practice,
        title=judgement.title,
        place=judgement.place,
    )
    return action, True


def _words_of(judgement: Judgement) -> str:
    """The name of the practice, then what would be done differently."""
    named = f"{judgement.title} ({judgement.place})" if judgement.place else judgement.title
    change = judgement.texts.filter(question_key=BECOMES_ACTION).first()
    return f"{named}\n\n{change.value}" if change and not change.is_empty else named


@transaction.atomic
def remove_action(*, action: Action, by: User) -> Action:
    """Takes the row out of the plan; its texts stay and it can be brought back."""
    if action.removed_at is None:
        action.removed_at, action.removed_by = clock.now(), by
        action.save(update_fields=["removed_at", "removed_by", "updated_at"])
        record(by=by, verb="removed", target=action)
    return action


@transaction.atomic
def bring_back(*, action: Action, by: User) -> Action:
    """Raises TooManyRows."""
    if action.removed_at is not None:
        Plan.objects.select_for_update().get(pk=action.plan_id)
        refuse_beyond(action.plan.actions.filter(removed_at=None), MOST_ACTIONS)
        action.removed_at = action.removed_by = None
        action.save(update_fields=["removed_at", "removed_by", "updated_at"])
        record(by=by, verb="brought back", target=action)
    return action


@transaction.atomic
def reorder(*, plan: Plan, order: Iterable[int], by: User) -> None:
    """Put the rows in this order of ids; rows that the sender did not know keep their order after the named ones,
    ids of other plans are ignored."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    actions = {action.pk: action for action in plan.actions.all()}
    named = [actions.pop(pk) for pk in dict.fromkeys(order) if pk in actions]
    rows = [*named, *actions.values()]
    for place, action in enumerate(rows, start=1):
        action.order = place
    Action.objects.bulk_update(rows, ["order"])
    record(by=by, verb="reordered", target=plan)


def move(*, action: Action, by: User, step: int = 0, place: int | None = None) -> None:
    """To a place among the rows that are not removed, counted from 1, or some steps down (up where negative); beyond
    an end means the end. A removed one stays where it is."""
    ids = list(action.plan.actions.filter(removed_at=None).values_list("pk", flat=True))
    if action.pk not in ids:
        return
    now = ids.index(action.pk)
    target = now + step if place is None else place - 1
    ids.insert(min(max(target, 0), len(ids) - 1), ids.pop(now))
    reorder(plan=action.plan, order=ids, by=by)


def save_cell(
    *,
    cell: Cell,
    base: int,
    base_value: Any,
    value: Any,
    access: Access,
    merge: bool = True,
    language: str = "",
) -> revisions.Saved:
    """See `revisions.save`; a cell is in its plan's language until somebody says otherwise, see `set_language`."""
    language = language or cell.language or cell.action.plan.language
    value = value or cell.value if cell.is_empty else value
    return revisions.save(
        cell,
        base=base,
        base_value=base_value,
        value=value,
        by=access.user,
        language=language,
        on_behalf=writes_on_behalf(access, cell.action.plan),
        merge=merge,
    )


def restore_cell(*, cell: Cell, revision: int, access: Access) -> revisions.Saved:
    """See `revisions.restore`."""
    on_behalf = writes_on_behalf(access, cell.action.plan)
    return revisions.restore(cell, revision=revision, by=access.user, on_behalf=on_behalf)


def set_language(*, cell: Cell, language: str, access: Access) -> revisions.Saved:
    """Say in which language the cell is written; its text stays."""
    return revisions.save(
        cell,
        base=cell.revision,
        value=cell.value,
        by=access.user,
        language=language,
        on_behalf=writes_on_behalf(access, cell.action.plan),
    )


@transaction.atomic
def set_needs(*, action: Action, needs: Iterable[Need], by: User) -> None:
    """The needs this action answers; all of the plan's own city. Raises NeedNotYours."""
    chosen = {need.pk: need for need in needs}
    if any(need.response.team_id != action.plan.team_id for need in chosen.values()):
        raise NeedNotYours
    action.need_links.exclude(need__in=chosen).delete()
    known = set(action.need_links.values_list("need_id", flat=True))
    ActionNeed.objects.bulk_create(
        [ActionNeed(action=action, need=need) for pk, need in chosen.items() if pk not in known]
    )
    record(by=by, verb="tied needs", target=action)


@transaction.atomic
def freeze(*, plan: Plan, name: str, by: User, occasion: str = "", form_key: UUID | None = None) -> PlanVersion:
    """An unchangeable version with the next number; the same form makes it once. Raises NothingToFreeze."""
    locked = Plan.objects.select_for_update().select_related("partnership__programme", "city").get(pk=plan.pk)

    def make(key: UUID | None) -> PlanVersion:
        return _freeze(locked, by, name=name, occasion=occasion, form_key=key)

    return made_once(locked.versions.filter(created_by=by), form_key, make)


def _freeze(plan: Plan, by: User, **values: Any) -> PlanVersion:
    data = snapshots.take(plan)
    if not data["actions"]:
        raise NothingToFreeze
    version = PlanVersion.objects.create(
        plan=plan,
        number=sharing.next_number(plan.versions),
        schema=PlanVersion.shape.newest,
        data=data,
        language=plan.language,
        created_by=by,
        **values,
    )
    record(by=by, verb="froze", target=version)
    tell("action_plans.frozen", version.pk, by=by, partnership=plan.partnership_id)
    return version


def share(*, version: PlanVersion, teams: Iterable[Team], groups: Iterable[SupportGroup], by: User) -> None:
    """Let these read the version. Raises what `sharing.services.share` raises."""
    possible = possible_readers(version.plan)
    sharing.share(version=version, possible=possible, teams=teams, groups=groups, by=by)


@transaction.atomic
def suggest(*, plan: Plan, action: Action, text: str, access: Access, form_key: UUID | None = None) -> Conversation:
    """A conversation about one action between both cities; the mentee's association reads it and may begin it. Of
    several mentors it is the one that asks, else the first. Raises what `conversations.services.begin` raises."""
    teams, partnership = places_of(access).teams, plan.partnership
    mentors = sorted(partnership.current_in(Role.MENTOR), key=lambda row: row.team_id not in teams)
    conversation = begin(
        sides=[*partnership.current_in(Role.MENTEE)[:1], *mentors[:1]],
        listeners=partnership.current_in(Role.MENTEE_ASSOCIATION),
        text=text,
        access=access,
        form_key=form_key,
    )
    PlanConversation.objects.get_or_create(conversation=conversation, defaults={"plan": plan, "action": action})
    return conversation


@transaction.atomic
def ask_group(*, version: PlanVersion, text: str, access: Access, form_key: UUID | None = None) -> Conversation:
    """A question of the plan's team to its local support group, about a version the group may read; one at a time.
    Raises NotSharedWithGroup, StillAsking."""
    Plan.objects.select_for_update().get(pk=version.plan_id)
    grant = version.grants.filter(support_group__team=version.plan.team_id, recalled_at=None).first()
    if grant is None:
        raise NotSharedWithGroup
    asking = version.conversations.filter(conversation__resolved_at=None)
    if asking.exclude(conversation__form_key__isnull=False, conversation__form_key=form_key).exists():
        raise StillAsking
    partnership = version.plan.partnership
    own = [row for row in partnership.current_in(Role.MENTEE) if row.team_id == version.plan.team_id]
    conversation = begin(sides=own, group=grant.support_group, text=text, access=access, form_key=form_key)
    PlanConversation.objects.get_or_create(
        conversation=conversation, defaults={"plan": version.plan, "version": version}
    )
    return conversation
