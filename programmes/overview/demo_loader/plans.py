"""Action plans: first and later texts of their cells, frozen versions and who reads them."""

from typing import Any

from programmes.accounts.models import User
from programmes.action_plans.columns import columns_of
from programmes.action_plans.models import Action, Cell, Plan, PlanColumn
from programmes.action_plans.services import add_action, begin_plan, change_header, freeze, save_cell, set_needs, share
from programmes.common import revisions

from .cast import Cast
from .story import Story
from .texts import Entry

BEFORE_FREEZING = 3
"""Days between beginning a plan and freezing its first version."""


def tell(story: Story, cast: Cast) -> None:
    for city, file in cast.texts.cities.items():
        if plan := file.get("plan"):
            _DemoPlan(cast, city, plan).tell(story)


class _DemoPlan:
    """One city at its plan. With a version frozen the plan is written twice: first, and as it stands now."""

    def __init__(self, cast: Cast, city: str, texts: Entry):
        self.cast, self.city, self.texts = cast, city, texts
        self.by_key = texts["written_by"]

    @property
    def by(self) -> User:
        return self.cast.users[self.by_key]

    @property
    def plan(self) -> Plan:
        return self.cast.plans[self.city]

    def tell(self, story: Story) -> None:
        now, versions = self.texts["day"], self.texts["versions"]
        begun = versions[0]["day"] - BEFORE_FREEZING if versions else now
        story.on(begun, self.begin, begun)
        for action in self.texts["actions"]:
            if versions and action.get("since", 1) == 1:
                story.on(begun, self.write, action, action["cells"] | action.get("first", {}))
            story.on(now, self.write, action, action["cells"])
        if versions:
            story.on(now, self.date, now)
        for version in versions:
            story.on(version["day"], self.freeze, version)

    def begin(self, day: int) -> None:
        self.cast.plans[self.city] = begin_plan(
            partnership=self.cast.partnerships[self.city],
            title=self.texts["title"],
            language=self.texts["language"],
            date=self.cast.date_of(day),
            by=self.by,
        )

    def date(self, day: int) -> None:
        change_header(plan=self.plan, date=self.cast.date_of(day), by=self.by)

    def write(self, action: Entry, cells: Entry) -> None:
        key = self.city, action["key"]
        if key not in self.cast.actions:
            row = self.cast.actions[key] = add_action(plan=self.plan, by=self.by)
            set_needs(action=row, needs=[self.cast.needs[self.city, number] for number in action["needs"]], by=self.by)
        for column in columns_of(self.cast.programme):
            self.write_cell(self.cast.actions[key], column, cells.get(column.key, ""))

    def write_cell(self, action: Action, column: PlanColumn, entry: Any) -> None:
        worded = entry if isinstance(entry, dict) and "value" in entry else {"value": entry}
        value = self.value(worded["value"])
        if not value:
            return
        defaults = {"language": worded.get("language", self.texts["language"])}
        cell, _made = Cell.objects.get_or_create(action=action, column_key=column.key, defaults=defaults)
        save_cell(
            cell=cell, base=cell.revision, base_value=cell.value, value=value, access=self.cast.access(self.by_key)
        )
        if "translation" in worded:
            revisions.translate(cell, text=worded["translation"], by=self.by)

    def value(self, value: Any) -> Any:
        """Days of a period become dates."""
        if not isinstance(value, dict):
            return value
        dates = {end: self.cast.date_of(value[end]) for end in ("from", "to")}
        return {end: day.isoformat() if day else "" for end, day in dates.items()} | {"words": value["words"]}

    def freeze(self, entry: Entry) -> None:
        user, readers = self.cast.users[entry["by"]], entry["readers"]
        version = freeze(plan=self.plan, name=entry["name"], occasion=entry["occasion"], by=user)
        groups = [self.cast.groups[key] for key in readers["groups"]]
        share(version=version, teams=self.cast.teams_of(readers["teams"]), groups=groups, by=user)
        self.cast.plan_versions[self.city, entry["number"]] = version
