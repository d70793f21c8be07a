"""Practices: the team that describes one writes it; others read the version that was offered to them."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from programmes.assessments.models import Answer
from programmes.benchmarks.models import Benchmark
from programmes.practices.beginnings import beginnings_in
from programmes.practices.enums import Audience
from programmes.practices.models import PracticePicture
from programmes.practices.services import add_picture, make_booklet, offer

from ..roles import CITY_TEAMS, IN_PROGRAMME, MENTEE_TEAM, MENTOR_TEAM, SIGNED_IN
from ..row import Row

READERS = IN_PROGRAMME - MENTOR_TEAM
BOTH = {"get": MENTOR_TEAM, "post": MENTOR_TEAM, "forbidden": READERS}
OWN = {"get": MENTEE_TEAM, "post": MENTEE_TEAM, "forbidden": MENTOR_TEAM}
CITIES = CITY_TEAMS | {"other_city"}


def _practice(world):
    return (world.practice.pk,)


def _point(world):
    return (world.practice.pk, "context.why")


def _booklet(world):
    return (make_booklet(title="For the council", practices=[world.practice], by=world.cast.mentee).pk,)


def _booklet_form(world):
    return {"title": "For the council", "practices": [str(world.practice.pk)]}


def _judgement(world):
    return (world.judgement.pk,)


def _question(world):
    return (world.judgement.pk, "exists")


def _answered(world):
    return (world.judgement.pk, "missing")


def _grant(world):
    return (world.judgement.pk, world.judgement_version.grants.get().pk)


def _head(world):
    city = world.practice.city_id
    return {"title": "Evening school", "language": "en", "kind": "service", "city": str(city), "place": "", "link": ""}


def _offer(world):
    return (world.practice.pk, world.offer.pk)


def _added(world) -> PracticePicture:
    """A picture, added and not offered yet."""
    data = BytesIO()
    Image.new("1", (40, 20)).save(data, "PNG")
    file = ContentFile(data.getvalue(), "quay.png")
    return add_picture(practice=world.practice, file=file, caption="The quay at dusk", by=world.cast.mentor)


def _picture(world):
    return (_added(world).pk,)


def _offered_picture(world):
    picture = _added(world)
    offer(practice=world.practice, audience=Audience.PROGRAMME, by=world.cast.mentor, programme=world.programme)
    return (picture.pk,)


def _picture_to_take_away(world):
    return (world.practice.pk, _added(world).pk)


def _new_picture(world):
    data = BytesIO()
    Image.new("1", (40, 20)).save(data, "PNG")
    file = SimpleUploadedFile("quay.png", data.getvalue(), content_type="image/png")
    return {"file": file, "caption": "The quay at dusk", "agreed": "on"}


def _strengths(world) -> Answer:
    return Answer.objects.get_or_create(
        response=world.strengths,
        part_key="strengths.projects",
        defaults={"value": "**Evenings.** At the quay.", "revision": 1},
    )[0]


def _a_factor() -> str:
    return f"{Benchmark.objects.get(key='language-learning').pk}:volunteering"


ROWS = [
    Row("practices:library", get=SIGNED_IN),
    Row("practices:entry", _practice, get=IN_PROGRAMME),
    Row(
        "practices:booklet_make",
        get=SIGNED_IN,
        post=SIGNED_IN,
        succeeds=IN_PROGRAMME,
        done=302,
        data=_booklet_form,
        needs=("title", "practices"),
    ),
    Row("practices:booklet", _booklet, get=MENTEE_TEAM),
    Row("practices:booklet_delete", _booklet, post=MENTEE_TEAM),
    Row("practices:own", get=SIGNED_IN),
    Row(
        "practices:add",
        get=IN_PROGRAMME | {"other_programme"},
        post=IN_PROGRAMME | {"other_programme"},
        forbidden=SIGNED_IN - IN_PROGRAMME - {"other_programme"},
        data=_head,
        needs=("title", "language"),
    ),
    Row("practices:practice", _practice, get=MENTOR_TEAM, forbidden=READERS),
    Row("practices:head", _practice, **BOTH, data=_head, needs=("title", "language")),
    Row("practices:factors", _practice, **BOTH, data=lambda w: {"factors": [_a_factor()]}),
    Row("practices:contact", _practice, **BOTH, data=lambda w: {"contact_post": "Head of adult education"}),
    Row("practices:presence", _practice, **BOTH, done=200),
    Row("practices:text", _point, **BOTH, data=lambda w: {"base": "1", "value": "Shifts changed."}, needs=("base",)),
    Row("practices:history", _point, **BOTH, data=lambda w: {"revision": "1"}),
    Row("practices:offer", _practice, **BOTH, data=lambda w: {"audience": "signed_in"}, needs=("audience",)),
    Row("practices:withdraw", _offer, post=MENTOR_TEAM, forbidden=READERS),
    Row(
        "practices:judge",
        _practice,
        post=CITIES,
        forbidden=IN_PROGRAMME - CITIES,
    ),
    Row("practices:judgement", _judgement, get=MENTEE_TEAM, forbidden=MENTOR_TEAM),
    Row("practices:decide", _judgement, **OWN, data=lambda w: {"decision": "not_here"}, needs=("decision",)),
    Row("practices:judgement_presence", _judgement, **OWN, done=200),
    Row("practices:answer", _question, **OWN, data=lambda w: {"base": "0", "value": "A pier."}, needs=("base",)),
    Row("practices:answer_history", _answered, **OWN, data=lambda w: {"revision": "1"}),
    Row(
        "practices:share_judgement",
        _judgement,
        **OWN,
        data=lambda w: {"readers": [f"team-{w.teams['mentor'].pk}"]},
        needs=("readers",),
    ),
    Row("practices:put_beside", _judgement, post=MENTEE_TEAM, forbidden=MENTOR_TEAM),
    Row("practices:take_back", _judgement, post=MENTEE_TEAM, forbidden=MENTOR_TEAM),
    Row("practices:recall_judgement", _grant, post=MENTEE_TEAM, forbidden=MENTOR_TEAM),
    Row("practices:judgement_version", lambda w: (w.judgement_version.pk,), get=CITY_TEAMS),
    Row("practices:picture", _picture, get=MENTOR_TEAM),
    Row("practices:picture", _offered_picture, get=IN_PROGRAMME, case="offered"),
    Row("practices:picture_add", _practice, **BOTH, data=_new_picture, needs=("file", "caption", "agreed")),
    Row("practices:picture_take_away", _picture_to_take_away, post=MENTOR_TEAM, forbidden=READERS),
    Row(
        "practices:begin_from",
        lambda w: (_strengths(w).pk,),
        post=MENTOR_TEAM,
        data=lambda w: {"words": next(beginnings_in(_strengths(w))).key},
    ),
]
