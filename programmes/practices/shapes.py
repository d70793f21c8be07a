"""What an offered practice holds, newest layout. No names of people: the contact is read from the practice."""

from typing import TypedDict

from programmes.sharing.shapes import Shape

PRACTICE = Shape(newest=1)
JUDGEMENT = Shape(newest=1)


class PointData(TypedDict):
    key: str
    text: str
    language: str


class PictureData(TypedDict):
    id: int
    caption: str


class PracticeData(TypedDict):
    """`points` in the order of the annex, those that were told; `themes` hold a text per language. `described_by`
    is the organisation whose team describes it, `is_of_another` where that is not the city itself. Of the pictures
    those are shown that are still there."""

    title: str
    kind: str
    language: str
    city_id: int | None
    where: str
    country: str
    link: str
    summary: str
    sources: str
    described_by: str
    is_of_another: bool
    themes: list[dict[str, str]]
    points: list[PointData]
    pictures: list[PictureData]


class JudgementData(TypedDict):
    """`answers` in the order of the questions, those that were written; `decision` is of `enums.Decision` or ""."""

    practice_id: int
    title: str
    where: str
    city: str
    language: str
    decision: str
    answers: list[PointData]
