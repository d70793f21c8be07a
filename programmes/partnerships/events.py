"""What happens in programmes and partnerships, and who is told: docs/notices.md lists it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.common.fields import in_language
from programmes.links.models import OwnLinkRequest
from programmes.notices.kinds import Event, Recipients, Said
from programmes.notices.models import Happening

from .enums import CITY_ROLES, Role, TeamRole
from .models import Backing, Participation, Partnership, StageDate, Team, TeamMember, TeamReopening
from .selectors.dates import agreed, city_names
from .selectors.recipients import gathered, people_in_partnerships, people_in_resting_teams, people_in_teams
from .selectors.succession import confirmers_of

Facts = dict[int, Any]
AT_THE_BEGINNING = timedelta(minutes=5)


def subjects(rows: Iterable[Happening]) -> list[int]:
    return [row.subject_id for row in rows]


def by_subject(rows: Sequence[Happening], found: Iterable[Any]) -> Facts:
    """The facts of each happening, from dictionaries with the `pk` of its subject."""
    known = {fact["pk"]: fact for fact in found}
    return {row.pk: known[row.subject_id] for row in rows if row.subject_id in known}


def pair(fact: dict[str, Any]) -> str:
    return " — ".join(filter(None, [fact["mentee"], fact["mentor"]]))


# Dates


def _dates(rows: Sequence[Happening]) -> QuerySet[StageDate]:
    return StageDate.objects.filter(agreed(), pk__in=subjects(rows))


def _date_facts(rows: Sequence[Happening]) -> Facts:
    mentee, mentor = city_names("partnership")
    named = _dates(rows).annotate(mentee=mentee, mentor=mentor, title=F("stage__title"))
    return by_subject(rows, named.values("pk", "partnership", "planned_on", "title", "mentee", "mentor"))


def _of_partnership(rows: Sequence[Happening], *roles: str) -> Recipients:
    """Everybody in the partnership that the happening names."""
    people = people_in_partnerships({row.data["partnership"] for row in rows}, roles)
    return {row.pk: people[row.data["partnership"]] for row in rows if row.data["partnership"] in people}


def _cities_and_facilitator(rows: Sequence[Happening]) -> Recipients:
    return _of_partnership(rows, *CITY_ROLES, Role.FACILITATOR)


def _said_of_date(fact: dict[str, Any], text: str, verb: str, page: str) -> Said:
    words = {"stage": in_language(fact["title"]), "day": long_day(fact["planned_on"])}
    return Said(text % words, reverse(page, args=[fact["partnership"]]), pair(fact), verb)


def long_day(day: date) -> str:
    """With its weekday, which people check first."""
    return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}"


def _say_agreed(fact: dict[str, Any]) -> Said:
    text = _("“%(stage)s” is agreed for %(day)s.")
    return _said_of_date(fact, text, _("See the partnership"), "overview:partnership")


def _say_soon(fact: dict[str, Any]) -> Said:
    text = _("“%(stage)s” is soon: %(day)s.")
    return _said_of_date(fact, text, _("See the partnership"), "overview:partnership")


def _say_passed(fact: dict[str, Any]) -> Said:
    text = _("“%(stage)s” was agreed for %(day)s: did it take place? Say so, or agree on a new day.")
    return _said_of_date(fact, text, _("Go to the dates"), "partnerships:dates")


# Who takes part


def _partnership_facts(rows: Sequence[Happening]) -> Facts:
    """Of happenings about participations."""
    mentee, mentor = city_names("partnership")
    found = Participation.objects.filter(pk__in=subjects(rows)).annotate(
        mentee=mentee, mentor=mentor, name=F("organisation__name")
    )
    return by_subject(rows, found.values("pk", "partnership", "role", "name", "mentee", "mentor", "team"))


def _own_people(rows: Sequence[Happening]) -> Recipients:
    """Of the team whose participation it is."""
    teams = dict(Participation.objects.filter(pk__in=subjects(rows)).values_list("pk", "team"))
    people = people_in_resting_teams(set(teams.values()))
    return {row.pk: people[teams[row.subject_id]] for row in rows if teams.get(row.subject_id) in people}


def _the_others(rows: Sequence[Happening]) -> Recipients:
    """The people of the other teams of the partnership."""
    everybody, own = _of_partnership(rows), _own_people(rows)
    return {pk: set(people) - set(own.get(pk, ())) for pk, people in everybody.items()}


def _newcomer_facts(rows: Sequence[Happening]) -> Facts:
    """Of those who joined midway: who was there from the beginning is no news to the others."""
    there = F("partnership__created_at") + AT_THE_BEGINNING
    later = Participation.objects.filter(pk__in=subjects(rows), created_at__gt=there).values_list("pk", flat=True)
    midway = set(later)
    return _partnership_facts([row for row in rows if row.subject_id in midway])


def _say_began(fact: dict[str, Any]) -> Said:
    text = _("Your team takes part in a partnership: %(pair)s.") % {"pair": pair(fact)}
    return Said(text, reverse("overview:partnership", args=[fact["partnership"]]), verb=_("See the partnership"))


def _say_ended(fact: dict[str, Any]) -> Said:
    text = _("Your team no longer takes part in a partnership. What it wrote stays with it.")
    return Said(text, reverse("overview:my_work"), pair(fact), _("Open My work"))


def _say_joined(fact: dict[str, Any]) -> Said:
    text = _("%(name)s takes part in your partnership.") % fact
    return Said(text, reverse("overview:partnership", args=[fact["partnership"]]), pair(fact))


def _say_left(fact: dict[str, Any]) -> Said:
    text = _("%(name)s no longer takes part in your partnership.") % fact
    return Said(text, reverse("overview:partnership", args=[fact["partnership"]]), pair(fact))


def _over_facts(rows: Sequence[Happening]) -> Facts:
    mentee, mentor = city_names("pk")
    found = Partnership.objects.filter(pk__in=subjects(rows), ended_on__isnull=False)
    return by_subject(rows, found.annotate(mentee=mentee, mentor=mentor).values("pk", "mentee", "mentor"))


def _say_over(fact: dict[str, Any]) -> Said:
    text = _("Your partnership has ended. What was shared can still be read.")
    return Said(text, reverse("overview:partnership", args=[fact["pk"]]), pair(fact))


# Places in teams


def _member_facts(rows: Sequence[Happening]) -> Facts:
    found = TeamMember.objects.filter(pk__in=subjects(rows)).select_related(
        "person", "team__enrolment__organisation", "team__enrolment__programme"
    )
    return by_subject(rows, [{"pk": row.pk, "member": row} for row in found])


def _beside_member(rows: Sequence[Happening]) -> Recipients:
    """The people of the team and of its partner cities, without the person it is about."""
    members = dict(TeamMember.objects.filter(pk__in=subjects(rows)).values_list("pk", "team"))
    about = dict(TeamMember.objects.filter(pk__in=subjects(rows)).values_list("pk", "person"))
    teams = set(members.values())
    own, partners = people_in_teams(teams), _partner_people(teams)
    return {
        row.pk: (own.get(team, set()) | partners.get(team, set())) - {about[row.subject_id]}
        for row in rows
        if (team := members.get(row.subject_id)) is not None
    }


def _partner_people(teams: set[int]) -> dict[int, set[int]]:
    rows = Participation.objects.filter(team__in=teams, role__in=CITY_ROLES, ended_on=None)
    where = list(rows.values_list("team", "partnership"))
    people = people_in_partnerships({partnership for _team, partnership in where}, CITY_ROLES)
    return gathered((team, person) for team, partnership in where for person in people.get(partnership, ()))


def _the_person(rows: Sequence[Happening]) -> Recipients:
    people = dict(TeamMember.objects.filter(pk__in=subjects(rows)).values_list("pk", "person"))
    return {row.pk: {people[row.subject_id]} for row in rows if row.subject_id in people}


def _say_member_joined(fact: dict[str, Any]) -> Said:
    row = fact["member"]
    words = {"name": row.person, "team": row.team}
    return Said(
        _("%(name)s joined the team of %(team)s.") % words,
        reverse("overview:my_work"),
        str(row.team.enrolment.programme),
    )


def _say_place_ended(fact: dict[str, Any]) -> Said:
    row = fact["member"]
    text = _("Your place in the team of %(team)s has ended. What you wrote stays with the team.") % {"team": row.team}
    return Said(text, reverse("overview:my_work"), str(row.team.enrolment.programme), _("Open My work"))


def _team_facts(rows: Sequence[Happening]) -> Facts:
    found = Team.objects.filter(pk__in=subjects(rows)).select_related("enrolment__organisation", "enrolment__programme")
    return by_subject(rows, [{"pk": row.pk, "team": row} for row in found])


def _members(rows: Sequence[Happening]) -> Recipients:
    people = people_in_resting_teams(subjects(rows))
    return {row.pk: people[row.subject_id] for row in rows if row.subject_id in people}


def _facilitators(rows: Sequence[Happening]) -> Recipients:
    """Those beside the team in its partnerships."""
    parts = Participation.objects.filter(team__in=subjects(rows), ended_on=None).values_list("team", "partnership")
    where = list(parts)
    people = people_in_partnerships({partnership for _team, partnership in where}, [Role.FACILITATOR])
    by_team = gathered((team, person) for team, partnership in where for person in people.get(partnership, ()))
    return {row.pk: by_team.get(row.subject_id, set()) for row in rows}


def _say_writing(fact: dict[str, Any]) -> Said:
    team = fact["team"]
    allowed = _("%(team)s lets you write on its behalf.")
    ended = _("%(team)s writes by itself again: you no longer write on its behalf.")
    text = allowed if team.facilitator_may_write_at else ended
    return Said(text % {"team": team}, reverse("overview:my_work"), str(team.enrolment.programme), _("Open My work"))


def _say_out(fact: dict[str, Any]) -> Said:
    team = fact["team"]
    text = _("%(team)s no longer takes part in the programme. What your team wrote can still be read.") % fact
    return Said(text, reverse("overview:my_work"), str(team.enrolment.programme), _("Open My work"))


# Words that are asked for


def _backing_facts(rows: Sequence[Happening]) -> Facts:
    found = Backing.objects.filter(pk__in=subjects(rows), accepted_at=None, ended_on=None)
    named = found.annotate(name=F("team__enrolment__organisation__name"), programme=F("enrolment__programme__title"))
    return by_subject(rows, named.values("pk", "name", "programme"))


def _city_team(rows: Sequence[Happening]) -> Recipients:
    """Of the city that an association would stand behind."""
    cities = Backing.objects.filter(pk__in=subjects(rows), enrolment__teams__role=TeamRole.CITY)
    teams = dict(cities.filter(enrolment__teams__closed_at=None).values_list("pk", "enrolment__teams"))
    people = people_in_teams(set(teams.values()))
    return {row.pk: people.get(teams.get(row.subject_id, 0), set()) for row in rows}


def _say_backing(fact: dict[str, Any]) -> Said:
    text = _("%(name)s is proposed as your city’s association: do you accept?") % fact
    return Said(text, reverse("partnerships:backing_accept", args=[fact["pk"]]), fact["programme"], _("Answer"))


def _reopening_facts(rows: Sequence[Happening]) -> Facts:
    found = TeamReopening.objects.filter(pk__in=subjects(rows), stopped_at=None, opened_at=None, opens_at=None)
    named = found.select_related("team__enrolment__organisation", "team__enrolment__programme")
    return by_subject(rows, [{"pk": row.pk, "row": row} for row in named])


def _confirmers(rows: Sequence[Happening]) -> Recipients:
    """Such things are rare: asked one by one."""
    found = TeamReopening.objects.filter(pk__in=subjects(rows)).select_related("team")
    teams = {row.pk: set(confirmers_of(row.team).values_list("pk", flat=True)) for row in found}
    people = people_in_teams({pk for some in teams.values() for pk in some})
    return {
        row.pk: {person for team in teams.get(row.subject_id, ()) for person in people.get(team, ())} for row in rows
    }


def _say_reopening(fact: dict[str, Any]) -> Said:
    row = fact["row"]
    text = _("Nobody is left in the team of %(team)s. Is %(name)s the right person?")
    path = address("partnerships:reopening", row.pk)
    words = {"team": row.team, "name": row.name}
    return Said(text % words, path, str(row.team.enrolment.programme), _("Answer"))


# Links


def _team_of_link(rows: Sequence[Happening]) -> Recipients:
    people = people_in_teams({row.data["team"] for row in rows})
    return {row.pk: people.get(row.data["team"], set()) for row in rows}


def _request_facts(rows: Sequence[Happening]) -> Facts:
    there = set(OwnLinkRequest.objects.filter(pk__in=subjects(rows)).values_list("pk", flat=True))
    return {row.pk: row.data["path"] for row in rows if row.subject_id in there}


def _say_requested(path: str) -> Said:
    return Said(_("Somebody to whom a link was passed on would like one of their own."), path, verb=_("Have a look"))


EVENTS = (
    Event("date.agreed", _of_partnership, _date_facts, _say_agreed, at_once=True),
    Event("date.soon", _of_partnership, _date_facts, _say_soon, at_once=True, once_a_day=True),
    Event("date.passed", _cities_and_facilitator, _date_facts, _say_passed, at_once=True, action=True, once_a_day=True),
    Event("participation.began", _own_people, _partnership_facts, _say_began, at_once=True, changes_rights=True),
    Event("participation.ended", _own_people, _partnership_facts, _say_ended, at_once=True, changes_rights=True),
    Event("partnership.joined", _the_others, _newcomer_facts, _say_joined),
    Event("partnership.left", _the_others, _partnership_facts, _say_left),
    Event("partnership.over", _of_partnership, _over_facts, _say_over),
    Event("member.joined", _beside_member, _member_facts, _say_member_joined),
    Event("place.ended", _the_person, _member_facts, _say_place_ended, at_once=True, changes_rights=True),
    Event("writing.changed", _facilitators, _team_facts, _say_writing, at_once=True, changes_rights=True),
    Event("team.out", _members, _team_facts, _say_out, at_once=True, changes_rights=True),
    Event("backing.proposed", _city_team, _backing_facts, _say_backing, at_once=True, action=True),
    Event("reopening.asked", _confirmers, _reopening_facts, _say_reopening, at_once=True, action=True),
    Event("link.requested", _team_of_link, _request_facts, _say_requested),
)
