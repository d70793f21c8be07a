"""Forms: a team writes its own; others read what was shared with their team, nobody looks over a shoulder."""

from programmes.assessments.forms import key_of
from programmes.assessments.models import Response
from programmes.assessments.services.needs import state_help

from ..roles import FORM_READERS, FORM_WRITERS, MENTEE_TEAM, MENTOR_TEAM, SEES_PROGRAMME, SIGNED_IN
from ..row import Row

ONLY_READ = FORM_READERS - FORM_WRITERS
NOT_MENTEE = FORM_READERS - MENTEE_TEAM
ASSOCIATION = frozenset({"mentee_association"})
OTHER_CITY = frozenset({"other_city"})
CHALLENGE = "challenge.what"


def _response(world):
    return (world.response.pk,)


def _need(world):
    return (world.need.pk,)


def _version(world):
    return (world.version.pk,)


def _box(world):
    return (world.response.pk, CHALLENGE)


def _typicality(world):
    return (world.response.pk, "typicality.alike")


def _context_box(world):
    return (world.context.pk, "national.powers")


def _save(world):
    return {"base": "1", "value": "Courses end at A2; there is nowhere to practise.", "language": "en"}


def _first_save(world):
    return {"base": "0", "value": "As in most towns of the region.", "language": "en"}


def _share(world):
    return {"sections": ["challenge"], "readers": [f"team-{world.teams['mentor'].pk}"], "name": "Second draft"}


def _share_typicality(world):
    return {"sections": ["typicality"], "readers": [f"team-{world.teams['mentor'].pk}"], "name": "From the association"}


def _question(world):
    cities = key_of(world.partnership.current_cities())
    return {"about": f"part:{CHALLENGE}", "cities": cities, "text": "Who teaches these courses?"}


def _new_need(world):
    return {"title": "Rooms in the evening", "kind": "gap", "scope": "sector", "policy": "new", "language": "en"}


def _mentors_form(world):
    return (Response.objects.get(pk=world.strengths.pk).pk,)


def _other_help(world):
    """After the team said something else already."""
    team, by = world.teams["mentor"], world.cast.mentor
    state_help(need=world.need, team=team, able="no", words="Not now.", by=by)
    return {"able": "partly", "words": "With the café, yes."}


ROWS = [
    Row("assessments:forms", get=SIGNED_IN),
    Row(
        "assessments:start",
        lambda w: (w.teams["other_city"].pk, "needs"),
        get=OTHER_CITY,
        post=OTHER_CITY,
        forbidden=SEES_PROGRAMME - OTHER_CITY,
    ),
    Row(
        "assessments:start",
        lambda w: (w.teams["mentee"].pk, "needs"),
        get=FORM_WRITERS,
        post=FORM_WRITERS,
        forbidden=SEES_PROGRAMME - FORM_WRITERS,
        case="begun",
    ),
    Row("assessments:form", _response, get=FORM_READERS),
    Row("assessments:form", _mentors_form, get=MENTOR_TEAM | {"mentor_association"}, case="never shared"),
    Row("assessments:form", lambda w: (w.context.pk,), get=ASSOCIATION, case="association's own"),
    Row(
        "assessments:newer",
        _response,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=lambda w: {"number": str(w.response.questionnaire_version.number)},
    ),
    Row("assessments:read", _response, get=FORM_READERS),
    Row("assessments:presence", _response, get=FORM_WRITERS, post=FORM_WRITERS, forbidden=ONLY_READ, done=200),
    Row(
        "assessments:answer",
        _box,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=_save,
        needs=("base",),
    ),
    Row(
        "assessments:answer",
        _typicality,
        get=ASSOCIATION,
        post=ASSOCIATION,
        forbidden=FORM_READERS - ASSOCIATION,
        data=_first_save,
        needs=("base",),
        case="typicality",
    ),
    Row("assessments:answer", _context_box, get=ASSOCIATION, post=ASSOCIATION, data=_first_save, case="national"),
    Row(
        "assessments:translate",
        _box,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=_save,
        needs=("base",),
    ),
    Row(
        "assessments:history",
        _box,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=lambda w: {"revision": "1"},
    ),
    Row(
        "assessments:ask",
        _response,
        get=MENTEE_TEAM | MENTOR_TEAM,
        post=MENTEE_TEAM | MENTOR_TEAM,
        forbidden=FORM_READERS - MENTEE_TEAM - MENTOR_TEAM,
        data=_question,
        query=f"?about=part:{CHALLENGE}",
        needs=("text",),
    ),
    Row(
        "assessments:share",
        _response,
        get=FORM_WRITERS,
        post=FORM_WRITERS,
        succeeds=MENTEE_TEAM,
        forbidden=ONLY_READ,
        data=_share,
        needs=("sections", "readers"),
    ),
    Row(
        "assessments:share",
        _response,
        get=FORM_WRITERS,
        post=FORM_WRITERS,
        succeeds=ASSOCIATION,
        forbidden=ONLY_READ,
        data=_share_typicality,
        needs=("sections", "readers"),
        case="typicality",
    ),
    Row(
        "assessments:needs",
        _response,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=_new_need,
        needs=("title",),
    ),
    Row("assessments:version", _version, get=FORM_READERS),
    Row("assessments:compare", _version, get=FORM_READERS),
    Row("assessments:recall", _version, post=MENTEE_TEAM, forbidden=NOT_MENTEE),
    Row(
        "assessments:need",
        _need,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=NOT_MENTEE,
        data=_new_need,
        needs=("title",),
    ),
    Row("assessments:need_retire", _need, post=MENTEE_TEAM, forbidden=NOT_MENTEE),
    Row(
        "assessments:help",
        _need,
        get=MENTOR_TEAM,
        post=MENTOR_TEAM,
        forbidden=FORM_READERS - MENTOR_TEAM,
        data=_other_help,
        needs=("able",),
    ),
]
