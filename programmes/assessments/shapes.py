"""What a frozen form holds, newest layout (texts of the method are `{language: text}`, with the programme's variables,
such as `{policy_field}`, still in them). Ids of people do not occur: a form belongs to the organisation."""

from typing import Any, NotRequired, TypedDict

from programmes.sharing.shapes import Data, Shape

FORM = Shape(newest=2)

Words = dict[str, str]


class AnswerData(TypedDict):
    """`value` is as its kind stores it, `translation` light markup in the programme's working language or ""."""

    value: Any
    language: str
    revision: int
    translation: str
    translation_stale: bool
    on_behalf: bool


class PartData(TypedDict):
    """`answer` is None where nothing was written."""

    key: str
    letter: str
    kind: str
    label: Words
    help: Words
    prompts: list[Words]
    indicator: str
    options: list[dict[str, Any]]
    answer: AnswerData | None


class QuestionData(TypedDict):
    """`number` is None for a question beside the annex's own."""

    key: str
    number: int | None
    title: Words
    help: Words
    parts: list[PartData]


class VersionData(TypedDict):
    """The version of a section that a reader sees; `on` is an ISO date."""

    id: int
    number: int
    name: str
    on: str


class SectionData(TypedDict):
    """The last three are added for a reader (`snapshots.readable`) and never frozen: `state` is current, shared or
    not_shared, `version` the newest this person may read, `by` who writes it, "" where unknown."""

    key: str
    title: Words
    purpose: Words
    answered_by: str
    kept_by: str
    questions: list[QuestionData]
    state: NotRequired[str]
    version: NotRequired[VersionData | None]
    by: NotRequired[str]


class NeedData(TypedDict):
    id: int
    number: int
    title: str
    language: str
    kind: str
    scope: str
    sector: str
    policy: str
    reach: str
    part_key: str
    on_behalf: bool


class QuestionnaireData(TypedDict):
    """`purpose`: what it is for, in words."""

    key: str
    version: int
    title: Words
    purpose: Words
    source: Any


class OrganisationData(TypedDict):
    id: int
    name: str
    acronym: str
    kind: str
    country: str


class ProgrammeData(TypedDict):
    """`variables` fill those of the texts."""

    id: int
    title: str
    variables: dict[str, Words]
    working_language: str


class FormData(TypedDict):
    """`organisation` and `programme` are None in a blank form, `needs` where they were not asked for; for a reader
    with the same beside them as a section has."""

    questionnaire: QuestionnaireData
    organisation: OrganisationData | None
    programme: ProgrammeData | None
    sections: list[SectionData]
    needs: list[NeedData] | None
    needs_state: NotRequired[str]
    needs_version: NotRequired[VersionData | None]
    left_out: NotRequired[int]


@FORM.step(1)
def _variables_prompts_and_reach(data: Data) -> Data:
    """The policy field was the only variable, a box had no prompts, and a need did not say whom it reaches."""
    programme, needs = data["programme"], data["needs"]
    if programme is not None:
        kept = {name: value for name, value in programme.items() if name != "policy_field"}
        programme = kept | {"variables": {"policy_field": programme["policy_field"]}}
    return data | {
        "programme": programme,
        "sections": [_with_prompts(section) for section in data["sections"]],
        "needs": None if needs is None else [need | {"reach": ""} for need in needs],
    }


def _with_prompts(section: Data) -> Data:
    questions = [
        question | {"parts": [part | {"prompts": []} for part in question["parts"]]}
        for question in section["questions"]
    ]
    return section | {"questions": questions}
