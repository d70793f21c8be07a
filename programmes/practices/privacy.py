"""What a person wrote in practices, as their own data: it stays with the team when they are erased. Where somebody is
the one to ask, name and address go with them."""

from typing import Any

from django.db.models import Exists, OuterRef

from programmes.accounts.models import User
from programmes.partnerships.boundary import current
from programmes.partnerships.models import TeamMember

from .models import Booklet, JudgementTextRevision, Practice, PracticePicture, PracticeTextRevision


def own_data(user: User) -> dict[str, Any]:
    places = TeamMember.objects.filter(current(), person__user=user, team=OuterRef("owner__practice__team"))
    rows = PracticeTextRevision.objects.filter(by=user).annotate(still_there=Exists(places)).order_by("at", "pk")
    named = Practice.objects.filter(contact_email__iexact=user.email)
    seats = TeamMember.objects.filter(current(), person__user=user, team=OuterRef("owner__judgement__team"))
    judged = JudgementTextRevision.objects.filter(by=user).annotate(still_there=Exists(seats)).order_by("at", "pk")
    return {
        "history_of_judgements": [_judged(entry) for entry in judged.select_related("owner__judgement")],
        "history_of_practices": [_entry(entry) for entry in rows.select_related("owner__practice")],
        "pictures_of_practices": list(
            PracticePicture.objects.filter(added_by=user).order_by("pk").values("practice", "caption", "created_at")
        ),
        "booklets": [
            {"title": row.title, "practices": [str(practice) for practice in row.practices.all()]}
            for row in Booklet.objects.filter(owner=user).prefetch_related("practices")
        ],
        "named_in_practices": list(named.values("title", "contact_name", "contact_post", "contact_agreed_on")),
    }


def _entry(entry: Any) -> dict[str, Any]:
    """As in forms: the words of a whole box are the team's, and only its members read them."""
    text = entry.owner
    row = {"practice": text.practice_id, "point": text.point_key, "from": entry.begun_at, "to": entry.at}
    return row | ({"named": str(text.practice), "text": entry.value} if entry.still_there else {})


def _judged(entry: Any) -> dict[str, Any]:
    text = entry.owner
    row = {"practice": text.judgement.title, "question": text.question_key, "from": entry.begun_at, "to": entry.at}
    return row | ({"text": entry.value} if entry.still_there else {})


def anonymise(user: User, *, by: User) -> None:
    """Nobody is asked for any more at this address; what was chosen to print goes."""
    Booklet.objects.filter(owner=user).delete()
    Practice.objects.filter(contact_email__iexact=user.email).update(
        contact_name="", contact_post="", contact_email="", contact_agreed_on=None
    )
