"""Who reads what: nothing before it is shared, then what was shared with one's team, until it is recalled."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from programmes.assessments import snapshots
from programmes.assessments.boundary import responses_visible_to, versions_visible_to
from programmes.assessments.models import SharedVersion
from programmes.assessments.services import sharing
from programmes.common.access import Access
from programmes.sharing.services import NotAReader, recall

MARK = "Marked words of the city"
EVERYBODY = [
    *("mentor", "would_be", "stranger", "lps", "brulocalis", "facilitator", "coordinator", "superior", "admin"),
]


def read(desk, who: str, response=None):
    return desk.client(who).get(reverse("assessments:read", args=[(response or desk.needs).pk]))


def pages(desk, who: str) -> str:
    """Everything about this form that the person can open."""
    client = desk.client(who)
    addresses = [
        reverse("assessments:forms"),
        reverse("assessments:read", args=[desk.needs.pk]),
        desk.needs.get_absolute_url(),
        *(f"{desk.needs.get_absolute_url()}?section={key}" for key in ("challenge", "local", "typicality", "national")),
        reverse("assessments:share", args=[desk.needs.pk]),
        reverse("assessments:needs", args=[desk.needs.pk]),
        *(reverse("assessments:version", args=[pk]) for pk in SharedVersion.objects.values_list("pk", flat=True)),
    ]
    replies = [client.get(address) for address in addresses]
    return "".join(reply.content.decode() for reply in replies if reply.status_code == 200)


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_reads_over_the_shoulder(desk, who):
    desk.write("challenge.what", MARK)
    assert MARK not in pages(desk, who)
    if who != "lps":
        assert read(desk, who).status_code == 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_readers_chosen_read_and_others_do_not(desk, who):
    desk.write("challenge.what", MARK)
    desk.write("local.strategy", "Kept back")
    desk.share("challenge", to=["mentor", "lps"])
    text = pages(desk, who)
    assert (MARK in text) is (who in ("mentor", "lps"))
    assert "Kept back" not in text
    assert (read(desk, who).status_code == 200) is (who in ("mentor", "lps"))


@pytest.mark.parametrize("who", [*EVERYBODY, "mentee"])
def test_selectors_and_rules_agree(desk, who):
    import rules

    desk.write("challenge.what", MARK)
    version = desk.share("challenge", to=["mentor"])
    user = desk.world.user(who)
    assert responses_visible_to(Access(user)).filter(pk=desk.needs.pk).exists() is rules.has_perm(
        "assessments.view_response", Access(user), desk.needs
    )
    assert versions_visible_to(Access(user)).filter(pk=version.pk).exists() is rules.has_perm(
        "assessments.view_version", Access(user), version
    )


def test_readers_see_the_frozen_text_and_writers_go_on(desk):
    desk.write("challenge.what", "As shared")
    desk.share("challenge", to=["mentor"])
    desk.write("challenge.what", "Changed since", base=1)
    text = read(desk, "mentor").content.decode()
    assert "As shared" in text
    assert "Changed since" not in text


def test_each_section_is_read_in_its_newest_version(desk):
    desk.write("challenge.what", "Old challenge")
    desk.write("local.strategy", "Strategy")
    desk.share("challenge", "local", to=["mentor"])
    desk.write("challenge.what", "New challenge", base=1)
    desk.share("challenge", to=["mentor"])
    data = snapshots.readable(desk.needs, Access(desk.world.user("mentor")))
    states = {entry["key"]: (entry["state"], (entry["version"] or {}).get("number")) for entry in data["sections"]}
    assert states["challenge"] == ("shared", 2)
    assert states["local"] == ("shared", 1)
    assert states["typicality"] == ("not_shared", None)
    text = read(desk, "mentor").content.decode()
    assert "New challenge" in text
    assert "Old challenge" not in text
    old = desk.client("mentor").get(reverse("assessments:version", args=[desk.needs.versions.get(number=1).pk]))
    assert "Old challenge" in old.content.decode()


def test_a_version_shows_only_the_sections_one_was_given(desk):
    desk.write("challenge.what", "For both")
    desk.write("local.strategy", "For one")
    version = desk.share("challenge", "local", to=["mentor"])
    recall(version=version, by=desk.world.user("mentee"), section_key="local")
    page = desk.client("mentor").get(reverse("assessments:version", args=[version.pk])).content.decode()
    assert "For both" in page
    assert "For one" not in page


def test_a_recalled_version_is_closed_and_the_reader_is_told(desk):
    desk.write("challenge.what", MARK)
    desk.write("local.strategy", "Stays")
    version = desk.share("challenge", to=["mentor", "lps"])
    desk.share("local", to=["mentor"])
    address = reverse("assessments:recall", args=[version.pk])
    reply = desk.client("mentee").post(address, {"reader": f"team-{desk.world.team('mentor').pk}"})
    assert reply.status_code == 302
    text = read(desk, "mentor").content.decode()
    assert MARK not in text
    assert "has been recalled" in text
    assert desk.client("mentor").get(reverse("assessments:version", args=[version.pk])).status_code == 404
    assert MARK in pages(desk, "lps")
    desk.client("mentee").post(address)
    assert MARK not in pages(desk, "lps")


@pytest.mark.parametrize(("who", "status"), [("mentor", 403), ("lps", 403), ("stranger", 404), ("admin", 404)])
def test_only_who_shared_recalls(desk, who, status):
    version = desk.share("challenge", to=["mentor", "lps"])
    assert desk.client(who).post(reverse("assessments:recall", args=[version.pk])).status_code == status
    assert version.grants.filter(recalled_at=None).count() == 2


@pytest.mark.parametrize("reader", ["", "x", "team-0", "team-" + "9" * 40, "group-1"])
def test_a_wrong_reader_recalls_nothing(desk, reader):
    version = desk.share("challenge", to=["mentor"])
    reply = desk.client("mentee").post(reverse("assessments:recall", args=[version.pk]), {"reader": reader})
    assert reply.status_code == 404
    assert version.grants.filter(recalled_at=None).exists()


def test_the_page_names_the_people_who_will_read(desk):
    page = desk.client("mentee").get(reverse("assessments:share", args=[desk.needs.pk])).content.decode()
    for who in ("mentor", "lps", "brulocalis", "facilitator", "coordinator", "would_be"):
        assert f"Officer {who}" in page
    assert "Officer stranger" not in page


def test_sharing_through_the_page(desk):
    desk.write("challenge.what", MARK)
    address = reverse("assessments:share", args=[desk.needs.pk])
    data = {"sections": ["challenge"], "readers": [f"team-{desk.world.team('mentor').pk}"], "name": "Draft"}
    assert desk.client("mentee").post(address, data).status_code == 302
    version = desk.needs.versions.get()
    assert (version.number, version.name, version.shared_by) == (1, "Draft", desk.world.team("mentee"))
    assert MARK in read(desk, "mentor").content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"sections": ["challenge"]},
        {"readers": ["mentor"]},
        {"sections": ["typicality"], "readers": ["mentor"]},
        {"sections": ["national"], "readers": ["mentor"]},
        {"sections": ["challenge"], "readers": ["stranger"]},
        {"sections": ["challenge"], "readers": ["x"]},
        {"sections": ["challenge", "needs"], "readers": ["mentor"]},
        {"sections": ["challenge"], "readers": ["mentor"], "name": "x" * 121},
    ],
)
def test_what_cannot_be_shared_is_said_at_the_form(desk, data):
    if "readers" in data:
        teams = desk.world.teams
        data = data | {"readers": [f"team-{teams[key].pk}" if key in teams else key for key in data["readers"]]}
    reply = desk.client("mentee").post(reverse("assessments:share", args=[desk.needs.pk]), data)
    assert reply.status_code == 200
    assert reply.context["form"].errors
    assert not SharedVersion.objects.exists()


def test_a_service_shares_only_what_is_its_own(desk):
    with pytest.raises(sharing.NotYoursToShare):
        desk.share("challenge", to=["mentor"], who="lps")
    with pytest.raises(NotAReader):
        desk.share("challenge", to=["stranger"])
    with pytest.raises(sharing.NothingChosen):
        desk.share(to=["mentor"])


def test_a_frozen_version_cannot_be_changed(desk):
    version = desk.share("challenge", to=["mentor"])
    with pytest.raises(DatabaseError), transaction.atomic():
        SharedVersion.objects.filter(pk=version.pk).update(data={})
    with pytest.raises(DatabaseError), transaction.atomic():
        SharedVersion.objects.filter(pk=version.pk)._raw_delete("default")


# Associations


def test_the_association_answers_once_for_all_its_cities(desk):
    desk.world.back("stranger", "lps")
    context = desk.begin("lps", "association-context")
    desk.write("national.powers", "We speak for all towns", who="lps", response=context)
    second = desk.begin("stranger", "needs")
    for who in ("mentee", "stranger"):
        assert "We speak for all towns" not in pages(desk, who)
    desk.share("national", to=["mentee", "stranger"], who="lps", response=context)
    for who, response in (("mentee", desk.needs), ("stranger", second)):
        page = desk.client(who).get(f"{response.get_absolute_url()}?section=national").content.decode()
        assert "We speak for all towns" in page
        assert ">18<" in page.replace("\n", "").replace(" ", "")
    own = desk.client("lps").get(context.get_absolute_url()).content.decode()
    assert "Riverton" in own
    assert "Milltown" in own


def test_what_an_association_says_of_a_city_is_its_own_until_shared(desk):
    desk.write("typicality.alike", "Quite typical", who="lps")
    assert "Quite typical" not in pages(desk, "mentee")
    desk.share("typicality", to=["mentee"], who="lps")
    assert "Quite typical" in pages(desk, "mentee")
    assert "Quite typical" not in pages(desk, "mentor")


def test_a_city_sees_who_has_not_shared_yet(desk):
    page = desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?section=typicality").content.decode()
    assert "Union of Cities has not shared this yet." in page


def test_the_text_stands_in_its_language_with_its_translation(desk):
    answer = desk.write("challenge.what", "Valoda", language="lv")
    from programmes.assessments.services.answers import translate_answer

    part, by = desk.part("challenge.what"), desk.world.user("mentee")
    translate_answer(answer=answer, part=part, text="Language", of=1, base_text="", access=Access(by))
    desk.share("challenge", to=["mentor"])
    page = read(desk, "mentor").content.decode()
    assert '<div class="prose" lang="lv">' in page
    assert '<div class="prose" lang="en"><p>Language</p>' in page


def test_only_those_who_read_this_section_are_ticked_and_the_badge_names_all(desk):
    desk.write("challenge.what", "As shared")
    desk.write("local.strategy", "As shared")
    desk.share("challenge", to=["mentor"])
    desk.share("local", to=["lps"])
    client, address = desk.client("mentee"), reverse("assessments:share", args=[desk.needs.pk])

    def ticked(section: str) -> set[str]:
        form = client.get(f"{address}?section={section}").context["form"]
        return {reader.name for _title, readers in form.offered() for reader, is_ticked in readers if is_ticked}

    first, second = ticked("challenge"), ticked("local")
    assert first != second
    assert len(first) == len(second) == 1
    assert "new reader" in client.get(f"{address}?section=local").content.decode()
    page = client.get(desk.needs.get_absolute_url()).content.decode()
    assert "Version 1 shared with" in page
    assert "Version 2 shared with" in page


def test_after_a_recall_the_older_version_that_is_still_read_is_named_and_can_be_recalled(desk):
    desk.write("challenge.what", "As shared")
    older, newer = desk.share("challenge", to=["mentor"]), desk.share("challenge", to=["mentor"])
    client, team = desk.client("mentee"), desk.world.team("mentor")
    recalled = client.post(reverse("assessments:recall", args=[newer.pk]), {"reader": f"team-{team.pk}"}, follow=True)
    page = recalled.content.decode()
    assert "still-read" in page
    assert recalled.context["still_read"] == (f"team-{team.pk}", str(team), [older])
    last = client.post(reverse("assessments:recall", args=[older.pk]), {"reader": f"team-{team.pk}"}, follow=True)
    assert "still-read" not in last.content.decode()
    assert not versions_visible_to(Access(desk.world.user("mentor"))).exists()


def test_a_question_left_out_is_frozen_for_nobody_and_only_the_team_is_told(desk):
    desk.write("challenge.what", MARK)
    desk.write("challenge.why", "Kept back")
    section = next(s for s in snapshots.sections_of(desk.needs.questionnaire_version) if s.key == "challenge")
    part = next(p for q in section.questions.all() for p in q.parts.all() if p.key == "challenge.why")
    place = snapshots.place_of("challenge", part.question.key)
    whole = desk.share("challenge", to=["mentor"])
    team = desk.world.team("mentor")
    data = {"sections": ["challenge"], "readers": [f"team-{team.pk}"], "left_out": [place]}
    answer = desk.client("mentee").post(reverse("assessments:share", args=[desk.needs.pk]), data)
    assert answer.status_code == 302
    version = SharedVersion.objects.order_by("-number")[0]
    assert version.left_out == [place]
    recall(version=whole, by=desk.world.user("mentee"))
    for who, told in (("mentor", False), ("mentee", True)):
        client = desk.client(who)
        page = client.get(reverse("assessments:version", args=[version.pk])).content.decode()
        assert MARK in page
        assert "Kept back" not in page
        assert ("1 question left out" in page) is told
    reading = read(desk, "mentor").content.decode()
    assert MARK in reading
    assert "Kept back" not in reading
    compared = desk.client("mentee").get(reverse("assessments:compare", args=[version.pk])).content.decode()
    assert "1 question left out" in compared
    assert "Kept back" not in compared
    assert (
        "left out of what you shared"
        in desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?section=challenge&all=").content.decode()
    )
    from programmes.reports.registry import BUILDERS, DocumentOptions

    for who, told in (("mentor", False), ("mentee", True)):
        options = DocumentOptions("en", reader=Access(desk.world.user(who)), version=version.pk)
        said = repr(BUILDERS["needs-analysis"].gather(desk.needs.pk, options))
        assert "Kept back" not in said
        assert ("1 question left out" in said) is told
    with pytest.raises(DatabaseError), transaction.atomic():
        SharedVersion.objects.filter(pk=version.pk).update(left_out=[])
