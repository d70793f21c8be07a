"""Loads the demo programme from `../demo/*.yaml` as its people would have made it: through the services, day by day.

So histories, frozen versions, the audit trail and summaries are what they would be had the year really passed. See
`../demo/README.md` for what the files say, `story` for how days are played.
"""

import datetime
import zoneinfo

from django.conf import settings
from django.db import transaction

from programmes.notices import waking
from programmes.notices.models import Happening
from programmes.partnerships.days import today_in_zone
from programmes.partnerships.models import Programme

from . import conversations, directory, forms, groups, plans, practices, programme
from .cast import Cast
from .story import Story
from .texts import Texts

OPENING_HOUR = datetime.time(9)
NEWS = datetime.timedelta(days=8)
"""What happened in the story longer ago was told then; the rest is told when the worker starts."""


class NotADemoError(RuntimeError):
    """The accounts of the demo have a public password: only an installation with DEMO on may have them."""


@transaction.atomic
def load() -> Programme | None:
    """The demo programme with everything in it, loaded now; None where there is one already, changed or not.

    Raises NotADemoError unless `settings.DEMO` is on."""
    if not settings.DEMO:
        raise NotADemoError
    if Programme.objects.filter(is_demo=True).exists():
        return None
    texts = Texts.read()
    zone = texts.programme["programme"]["time_zone"]
    today = today_in_zone(zone)
    story = Story(datetime.datetime.combine(today, OPENING_HOUR, zoneinfo.ZoneInfo(zone)))
    cast = Cast(texts, today)
    # The order in which the parts tell what happened decides between two things of the same day.
    for part in (directory, programme, forms, plans, practices, conversations, groups):
        part.tell(story, cast)
    with waking.asleep():
        story.play()
    _let_old_news_rest(story.opening)
    return cast.programme


def _let_old_news_rest(today: datetime.datetime) -> None:
    Happening.objects.filter(at__lt=today - NEWS).update(handled_at=today)
