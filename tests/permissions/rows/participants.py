"""The directory is everybody's to read."""

from programmes.participants.models import Membership

from ..roles import CHANGES_MENTEE_CITY, CITY_TEAMS, FOUNDERS, SIGNED_IN
from ..row import Row


def _city(world):
    return (world.teams["mentee"].enrolment.organisation_id,)


def _function(world):
    row = Membership.objects.get(person=world.cast.superior.person)
    return (row.organisation_id, row.pk)


def _formset(prefix, **line):
    management = {f"{prefix}-TOTAL_FORMS": "1" if line else "0", f"{prefix}-INITIAL_FORMS": "0"}
    return management | {f"{prefix}-0-{name}": value for name, value in line.items()}


def _organisation(name):
    formsets = (
        _formset("names", name="Rivertown", language="en", kind="exonym")
        | _formset("figures", indicator="inhabitants", year="2025", value="55300", unit="people")
        | _formset("affiliations")
    )
    return {"name": name, "country": "LV", "region": "Zemgale", "languages": ["lv"]} | formsets


PERSON = {"name": "Anna Kalna", "email": "anna@example.org", "function": "Advisor"}
STRANGERS_TO_CITY = SIGNED_IN - CHANGES_MENTEE_CITY
CITIES = CITY_TEAMS | {"other_city", "other_programme"}
"""Teams of cities know who matters to them: they add stakeholder organisations."""

ROWS = [
    Row("participants:directory", get=SIGNED_IN),
    Row(
        "participants:organisation_add",
        get=FOUNDERS,
        post=FOUNDERS,
        forbidden=SIGNED_IN - FOUNDERS,
        data=lambda w: _organisation("Newtown"),
        needs=("name", "country"),
    ),
    Row(
        "participants:organisation_add",
        get=FOUNDERS | CITIES,
        post=FOUNDERS | CITIES,
        forbidden=SIGNED_IN - FOUNDERS - CITIES,
        data=lambda w: {"name": "Round table", "sector": "ngo"} | _formset("names"),
        needs=("name",),
        query="?kind=stakeholder",
        case="stakeholder",
    ),
    Row("participants:organisation", _city, get=SIGNED_IN),
    Row(
        "participants:organisation_change",
        _city,
        get=CHANGES_MENTEE_CITY,
        post=CHANGES_MENTEE_CITY,
        forbidden=STRANGERS_TO_CITY,
        data=lambda w: _organisation("Riverton"),
        needs=("name", "country"),
    ),
    Row(
        "participants:person_add",
        _city,
        get=CHANGES_MENTEE_CITY,
        post=CHANGES_MENTEE_CITY,
        forbidden=STRANGERS_TO_CITY,
        data=lambda w: PERSON,
        needs=("name",),
    ),
    Row("participants:person_end", _function, post=CHANGES_MENTEE_CITY, forbidden=STRANGERS_TO_CITY),
]
