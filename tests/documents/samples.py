"""Contents to print, without any database: long, in many scripts, with everything a block can hold."""

from datetime import date

from programmes.reports import blocks

LATVIAN = "Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus. "
GREEK = "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία, και ύστερα μαθαίνω τη γλώσσα. "
CYRILLIC = "Съешь же ещё этих мягких французских булок, да выпей чаю. "
END = "Endofthislongtext"


def long_text(sentence: str, mark: str, length: int = 5000) -> str:
    """A text of at least `length` characters with lists, line breaks, emphasis and a link, ending with `mark`."""
    paragraph = sentence * 6
    piece = (
        f"{paragraph}\n{sentence}\n\n"
        f"- **{sentence.strip()}**\n- *{sentence.strip()}*\n  1. {sentence.strip()}\n  2. {sentence.strip()}\n"
        f"- {sentence}\n\n"
        f"3. {sentence}\n4. See [the strategy](https://example.org/strategy)\n\n"
    )
    return piece * (length // len(piece) + 1) + mark


def questionnaire(language: str = "en", length: int = 5000) -> blocks.DocumentContent:
    """Shaped like a needs analysis: headings, long answers in three languages, figures, an unanswered question."""
    figures = blocks.Table(
        "Figures of the city",
        (blocks.Column("Figure", 4), blocks.Column("Value", 2), blocks.Column("Year", 1), blocks.Column("Source", 3)),
        (
            (_head("Inhabitants"), _cell("55,300"), _cell("2021"), _cell("Central Statistical Bureau")),
            (_head("Residents born abroad"), _cell("approximately 9,800"), _cell("2020"), _cell("Register")),
        ),
        style="figures",
    )
    return blocks.DocumentContent(
        kind="sample",
        title="Needs analysis of Jelgava",
        subtitle="What should change, and why",
        language=language,
        dated=date(2021, 3, 15),
        version="Version 2",
        programme="IncluCities",
        mentee="Jelgava",
        mentor="Schaerbeek",
        funding_line="Co-funded by the Asylum, Migration and Integration Fund of the European Union",
        disclaimer="The content represents the views of the authors only. The funder accepts no responsibility for any "
        "use that may be made of the information it contains.",
        facts=(blocks.Fact("Version", "2, after the first visit"), blocks.Fact("Date", "15 March 2021")),
        blocks=(
            blocks.Heading(2, "The challenge"),
            blocks.Paragraph("The heart of the analysis, written by the city's team.", "help"),
            blocks.Heading(3, "Which challenge do you want to work on?", "1"),
            blocks.Prose(long_text(LATVIAN, f"{END}LV", length), "lv"),
            blocks.Heading(3, "Is there a topic that runs through everything?", "2"),
            blocks.Unanswered("No answer yet"),
            blocks.Heading(3, "What could other cities teach you?", "4"),
            blocks.Prose(long_text(GREEK, f"{END}EL", length), "el", "Written in Greek by the city"),
            blocks.Prose(long_text(CYRILLIC, f"{END}UK", length), "uk"),
            blocks.Heading(2, "Local context"),
            figures,
            blocks.Paragraph("Main nationalities", "label"),
            blocks.ListBlock(("Ukraine", "Belarus", "Lithuania")),
            blocks.Choices(("People of migrant origin", "People born abroad"), ("People born abroad",)),
            blocks.Note("Answered by the association."),
        ),
    )


def plan(language: str = "en", rows: int = 24, length: int = 0) -> blocks.DocumentContent:
    """Shaped like an action plan: landscape, one table whose rows go over pages; `length` makes one cell long."""
    titles = ("No", "Action", "Expected results", "Time frame", "Who leads", "Resources and partners", "How we know")
    shares = (1, 5, 5, 3, 3, 4, 4)
    return blocks.DocumentContent(
        kind="sample-plan",
        title="Learning Latvian together",
        subtitle="Action plan of Jelgava",
        language=language,
        dated=date(2022, 3, 1),
        version="Version 3",
        programme="IncluCities",
        mentee="Jelgava",
        mentor="Schaerbeek",
        funding_line="Co-funded by the Asylum, Migration and Integration Fund of the European Union",
        landscape=True,
        blocks=(
            blocks.Table(
                "Actions",
                tuple(blocks.Column(title, share) for title, share in zip(titles, shares, strict=True)),
                tuple(_action(number, length if number == 2 else 0) for number in range(1, rows + 1)),
                style="plan",
            ),
        ),
    )


def blank(language: str = "en") -> blocks.DocumentContent:
    return blocks.DocumentContent(
        kind="sample-blank",
        title="Strengths and experience",
        language=language,
        dated=date(2021, 1, 1),
        blocks=(
            blocks.Heading(2, "Experience"),
            blocks.Heading(3, "In which policy areas does your city have special experience?", "1"),
            blocks.Paragraph("Name two or three.", "help"),
            blocks.Blank(8),
            blocks.Heading(3, "What can be repeated elsewhere?", "2"),
            blocks.Blank(8),
        ),
    )


ARABIC = "نحتاج إلى أماكن لممارسة اللغة في المدينة."
ADDRESS = "https://www.integrationofmigrants.example.org/documentation/internationalisation/communications/index.html"
MAIL = "internationalisation.communications@integrationofmigrants.example.org"


def many_scripts() -> blocks.DocumentContent:
    """What documents came out wrong with: emoji, lists in lists, lines from right to left, long addresses."""
    return blocks.DocumentContent(
        kind="sample",
        title="Scripts 🎉",
        language="en",
        dated=None,
        blocks=(
            blocks.Prose("We are happy 😀 with ❤️ and ✅", "en"),
            blocks.Prose(f"{ARABIC}\n\n- **{ARABIC}**\n  - {ARABIC}", "ar"),
            blocks.Prose(f"An English answer.\n{ARABIC}\nAnd on.", "en"),
            blocks.ListBlock((ARABIC, "English"), "en"),
            blocks.Prose("- cafés\n  - in the library\n    - on Mondays\n- parks", "en"),
            blocks.Prose(f"See {ADDRESS} for more about it, or write to {MAIL}, or see www.{ADDRESS[12:]} too.", "en"),
        ),
    )


def narrow_columns() -> blocks.DocumentContent:
    """Seven columns, in some of which there are long words."""
    titles = ("No.", "Representations", "Results", "Time", "Who", "Resources", "Success")
    words = ("1", "a", "Internationalisierungsmaßnahmen", "b", "Integrationsbeauftragte", "c", "d")
    cells = (_head("1"), *(blocks.Cell((blocks.Prose(word),)) for word in words[1:]))
    columns = tuple(blocks.Column(title, 1) for title in titles)
    table = blocks.Table("Actions", columns, (cells,), style="plan")
    return blocks.DocumentContent(
        kind="sample", title="Words", language="en", dated=None, landscape=True, blocks=(table,)
    )


def _action(number: int, length: int) -> tuple[blocks.Cell, ...]:
    what = (
        blocks.Prose(long_text(LATVIAN, f"{END}CELL", length), "lv")
        if length
        else blocks.Prose(f"Appoint a volunteer coordinator in the integration centre, step {number}")
    )
    return (
        _head(str(number)),
        blocks.Cell((what, blocks.ListBlock(("Need 2", "Need 5"), style="marks"))),
        blocks.Cell((blocks.Prose("One person, **half time**, from January; then weekly meetings open to everyone."),)),
        _cell("January – June 2022"),
        blocks.Cell((blocks.ListBlock(("Social affairs department", "City library")),)),
        blocks.Cell((blocks.ListBlock(("LPS", "Migrant association")), blocks.Prose("12,000 €"))),
        blocks.Cell((blocks.Prose("40 active pairs by June, [counted](https://example.org/count) by the library"),)),
    )


def _head(text: str) -> blocks.Cell:
    return blocks.Cell((blocks.Paragraph(text),), heads_row=True)


def _cell(text: str) -> blocks.Cell:
    return blocks.Cell((blocks.Paragraph(text),))
