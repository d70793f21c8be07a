"""The plan: the mentee's team writes; others read the versions shared with them, and suggest."""

from programmes.common.access import Access
from programmes.conversations.services import resolve

from ..roles import MENTEE_TEAM, PLAN_READERS
from ..row import Row

ONLY_READ = PLAN_READERS - MENTEE_TEAM
OTHER_CITY = frozenset({"other_city"})
SEE_OTHER_PARTNERSHIP = frozenset({"coordinator", "other_facilitator", "mentor", "mentor_association"})


def _plan(world):
    return (world.plan.pk,)


def _action(world):
    return (world.action.pk,)


def _cell(world):
    return (world.action.pk, "what")


def _version(world):
    return (world.plan_version.pk,)


def _grant(world):
    return (world.plan_version.pk, world.plan_version.grants.first().pk)


def _header(world):
    return {"title": "Learning Latvian together", "language": "en", "date": "2027-03-01"}


def _save(world):
    return {"base": "0", "base_value": "Open a language café", "value": "Open two language cafés"}


def _translation(world):
    return {"base": str(world.cell.revision), "value": "Abrir un café de idiomas"}


def _not_asked(world):
    """The group is asked one question at a time."""
    resolve(conversation=world.group_conversation, access=Access(world.cast.mentee))
    return _version(world)


def _reader(world):
    return {"readers": [f"team-{world.teams['facilitator'].pk}"]}


def _words(world):
    return {"text": "Could the library host it?"}


def _written(name, args=_plan, **more):
    """A page of whoever writes the plan, refused to its readers."""
    return Row(f"action_plans:{name}", args, **{"forbidden": ONLY_READ} | more)


BOTH = {"get": MENTEE_TEAM, "post": MENTEE_TEAM}

ROWS = [
    Row(
        "action_plans:begin",
        lambda w: (w.other_partnership.pk,),
        get=OTHER_CITY,
        post=OTHER_CITY,
        forbidden=SEE_OTHER_PARTNERSHIP,
        data=_header,
        needs=("title", "language"),
    ),
    Row("action_plans:plan", _plan, get=PLAN_READERS),
    _written("header", **BOTH, data=_header, needs=("title", "language")),
    _written("translation", get=MENTEE_TEAM),
    Row("action_plans:timeline", _plan, get=PLAN_READERS),
    _written("presence", get=MENTEE_TEAM, post=MENTEE_TEAM, done=200),
    _written("add", post=MENTEE_TEAM),
    _written("adapt", lambda w: (w.plan.pk, w.judgement.pk), post=MENTEE_TEAM),
    _written("reorder", post=MENTEE_TEAM, data=lambda w: {"order": [str(w.action.pk)]}),
    _written("freeze", **BOTH, data=lambda w: {"name": "Refined", "occasion": "Visit 1"}, needs=("name",)),
    _written("row", _action, get=MENTEE_TEAM),
    _written("remove", _action, post=MENTEE_TEAM),
    _written("bring_back", _action, post=MENTEE_TEAM),
    _written("move", _action, post=MENTEE_TEAM, data=lambda w: {"step": "1"}),
    _written("needs", _action, **BOTH, data=lambda w: {"needs": [str(w.need.pk)]}),
    _written("cell", _cell, **BOTH, data=_save, needs=("base",)),
    _written("history", _cell, **BOTH, data=lambda w: {"revision": "1"}),
    _written("translate", _cell, **BOTH, data=_translation, needs=("base",)),
    _written("cell_language", _cell, **BOTH, data=lambda w: {"language": "lv"}, needs=("language",)),
    Row(
        "action_plans:suggest",
        _action,
        get=PLAN_READERS - {"group_member"},
        post=PLAN_READERS - {"group_member"},
        forbidden=frozenset({"group_member"}),
        data=_words,
        needs=("text",),
    ),
    Row("action_plans:version", _version, get=PLAN_READERS),
    Row("action_plans:version_timeline", _version, get=PLAN_READERS),
    Row("action_plans:compare", _version, get=PLAN_READERS),
    _written("share", _version, **BOTH, data=_reader, needs=("readers",)),
    _written("recall", _grant, post=MENTEE_TEAM),
    _written("ask_group", _not_asked, **BOTH, data=_words, needs=("text",)),
]
