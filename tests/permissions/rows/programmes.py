"""Programmes: set up, their stages and themes."""

from programmes.partnerships.models import Stage

from ..roles import FOUNDERS, SEES_PROGRAMME, SIGNED_IN
from ..row import Row

NOT_FOUNDERS = SEES_PROGRAMME - FOUNDERS
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
TITLE = {"title_en": "Another", "title_es": "Otra"}


def programme_of(world):
    return (world.programme.pk,)


def _with_picture(which):
    def args(world):
        from django.core.files.base import ContentFile

        getattr(world.programme, which).save("picture.png", ContentFile(PNG), save=True)
        return (world.programme.pk,)

    return args


def _unused_stage(world):
    """On which no partnership stands."""
    return (Stage.objects.filter(programme=world.programme).last().pk,)


def _retired_stage(world):
    (pk,) = _unused_stage(world)
    Stage.objects.filter(pk=pk).update(retired=True)
    return (pk,)


def _stage(world):
    return (Stage.objects.filter(programme=world.programme).first().pk,)


def theme(world):
    return (world.programme.themes.get().pk,)


def _network(world):
    return str(world.programme.network_id)


def _about(world):
    return {
        "title": "Learning together",
        "network": _network(world),
        "policy_field_en": "language learning",
        "working_language": "en",
        "languages": ["en", "es"],
        "time_zone": "Europe/Riga",
    }


def changes(name, args=programme_of, **more):
    """A page on which the programme is set up."""
    return Row(f"partnerships:{name}", args, get=FOUNDERS, post=FOUNDERS, forbidden=NOT_FOUNDERS, **more)


def _button(name, args, **more):
    return Row(f"partnerships:{name}", args, post=FOUNDERS, forbidden=NOT_FOUNDERS, **more)


ROWS = [
    Row("partnerships:programmes", get=SIGNED_IN),
    Row(
        "partnerships:programme_add",
        get=FOUNDERS,
        post=FOUNDERS,
        forbidden=SIGNED_IN - FOUNDERS,
        data=lambda w: _about(w) | {"title": "A new programme"},
        needs=("title", "network", "working_language", "time_zone"),
    ),
    changes("settings", data=_about, needs=("title", "working_language", "time_zone")),
    changes("words", data=lambda w: {"people_concerned_en": "people without a home", "role_mentor_en": "Companion"}),
    Row("partnerships:emblem", _with_picture("emblem"), get=SEES_PROGRAMME),
    Row("partnerships:logo", _with_picture("logo"), get=SEES_PROGRAMME),
    changes("stages", data=lambda w: TITLE, needs=("title_en+title_es",)),
    changes("themes", data=lambda w: TITLE, needs=("title_en+title_es",)),
    changes("stage_edit", _stage, data=lambda w: TITLE, needs=("title_en+title_es",)),
    changes("theme_edit", theme, data=lambda w: TITLE, needs=("title_en+title_es",)),
    _button("stage_move", _stage, data=lambda w: {"direction": "down"}),
    changes("stage_retire", _unused_stage),
    _button("stage_restore", _retired_stage),
    _button("theme_retire", theme),
    Row("partnerships:mentoring", get=SIGNED_IN),
]
