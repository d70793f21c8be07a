"""The accounts of the demo, as the sign-in page lists them. Their password is public; production refuses DEMO=1."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "demo"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    """`role` is what the person does, `try_first` a sentence that starts with a verb."""

    email: str
    role: str | Promise
    try_first: str | Promise


DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(
        "mentee@demo.example",
        _("Integration officer, Jelgava (mentee)"),
        _("Write on in the needs analysis and share a version, then open the action plan and ask for its PDF."),
    ),
    DemoAccount(
        "mentor@demo.example",
        _("Integration officer, Schaerbeek (mentor)"),
        _("Read what Jelgava shared, ask a question beside an answer, and record your strengths."),
    ),
    DemoAccount(
        "association@demo.example",
        _("Policy officer, LPS, the Latvian association (backs Jelgava)"),
        _("Answer the national context once for all your cities, and take away the shared plan as a PDF."),
    ),
    DemoAccount(
        "facilitator@demo.example",
        _("Facilitator of the partnerships"),
        _("Open the board: where does each partnership stand, and what waits for whom?"),
    ),
    DemoAccount(
        "coordinator@demo.example",
        _("Coordinator of the programme"),
        _("Enrol a city, pair it, name its team, and copy the link of an invitation."),
    ),
    DemoAccount(
        "group@demo.example",
        _("Member of Jelgava's local support group"),
        _("Read the version of the plan that was shared with the group, and answer the question asked there."),
    ),
    DemoAccount(
        "other@demo.example",
        _("Integration officer, Capaci (in another partnership)"),
        _("See how little of Jelgava's work another city sees."),
    ),
    DemoAccount(
        "admin@demo.example",
        _("Administrator of the site"),
        _("Open the administration: accounts and organisations, but never what a city wrote."),
    ),
)
