"""Who and what the files mean by their keys, as far as the story has come."""

import datetime
from dataclasses import dataclass, field

from programmes.accounts.models import User
from programmes.action_plans.models import Action, Plan, PlanVersion
from programmes.assessments.models import Need, Response
from programmes.common.access import Access
from programmes.participants.models import Organisation
from programmes.partnerships.models import Partnership, Programme, SupportGroup, Team, Theme
from programmes.practices.models import Judgement, Practice

from .texts import Texts


@dataclass
class Cast:
    """Rows by the keys of the files. A city is in one partnership and has one response and one plan at most, so the
    key of the city finds them; `today` is day 0."""

    texts: Texts
    today: datetime.date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    groups: dict[str, SupportGroup] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)
    needs: dict[tuple[str, int], Need] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    actions: dict[tuple[str, str], Action] = field(default_factory=dict)
    plan_versions: dict[tuple[str, int], PlanVersion] = field(default_factory=dict)
    practices: dict[str, Practice] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    _programme: Programme | None = None

    @property
    def programme(self) -> Programme:
        if self._programme is None:
            raise LookupError("the story has not come to its programme yet")
        return self._programme

    @programme.setter
    def programme(self, programme: Programme) -> None:
        self._programme = programme

    @property
    def coordinator(self) -> User:
        return self.users["coordinator"]

    def access(self, name: str) -> Access:
        """A new one for each thing somebody does: what holds changes from day to day."""
        return Access(self.users[name])

    def date_of(self, day: int | None) -> datetime.date | None:
        return None if day is None else self.today + datetime.timedelta(days=day)

    def teams_of(self, keys: list[str]) -> list[Team]:
        return [self.teams[key] for key in keys]
