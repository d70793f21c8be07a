"""What a team writes hangs on the team alone: not on its enrolment, its organisation or who types for it."""

import pytest
from django.urls import reverse

from programmes.assessments import boundary
from programmes.assessments.services import answers, sharing
from programmes.common.access import Access
from programmes.partnerships.models import Backing, Team, TeamMember
from programmes.partnerships.services import backings, enrolments
from programmes.partnerships.services.teams import allow_facilitator

pytestmark = pytest.mark.django_db
TEXT = "Courses end at A2."


def access(desk, who: str) -> Access:
    return Access(desk.world.user(who))


def left(desk, who: str) -> None:
    enrolments.end_enrolment(enrolment=desk.world.team(who).enrolment, by=desk.world.user("coordinator"))


def test_a_team_that_left_reads_its_own_and_writes_nothing(desk):
    desk.write("challenge.what", TEXT)
    desk.world.join("second", desk.world.team("coordinator"))
    left(desk, "mentee")
    client = desk.client("mentee")
    page = client.get(desk.needs.get_absolute_url(), follow=True).content.decode()
    assert TEXT in page
    history = reverse("assessments:history", args=[desk.needs.pk, "challenge.what"])
    assert history in page
    assert client.get(history).context["may_restore"] is False
    save = reverse("assessments:answer", args=[desk.needs.pk, "challenge.what"])
    assert client.post(save, {"value": "More", "base": "1"}).status_code == 403
    assert client.get(reverse("assessments:share", args=[desk.needs.pk])).status_code == 403
    organisation = desk.world.team("mentee").enrolment.organisation
    enrolments.enrol(
        programme=desk.world.programme, organisation=organisation, role="mentee", by=desk.world.user("coordinator")
    )
    desk.write("challenge.what", "More", base=1)


def test_what_others_shared_is_closed_while_the_reader_is_out_of_the_programme(desk):
    desk.write("challenge.what", TEXT)
    version = desk.share("challenge", to=["mentor"])
    assert version in boundary.versions_visible_to(access(desk, "mentor"))
    left(desk, "mentor")
    assert version not in boundary.versions_visible_to(access(desk, "mentor"))
    assert desk.needs not in boundary.responses_visible_to(access(desk, "mentor"))


def test_another_team_of_the_same_enrolment_reads_nothing(desk):
    """As a team that was begun anew, or an association's beside its coordinators."""
    desk.write("challenge.what", TEXT)
    first = desk.world.team("mentee")
    Team.objects.filter(pk=first.pk).update(closed_at=desk.needs.created_at)
    second = Team.objects.create(enrolment=first.enrolment, role="city")
    newcomer = Access(desk.world.join("newcomer", second))
    assert desk.needs not in boundary.responses_visible_to(newcomer)
    assert boundary.writing_of(newcomer, desk.needs) is None
    assert desk.needs not in boundary.responses_visible_to(access(desk, "mentee"))


def test_an_association_that_comes_later_does_not_read_what_stood_there(desk):
    desk.write("typicality.alike", "Typical of its size.", who="lps")
    city, by = desk.world.team("mentee").enrolment, desk.world.user("coordinator")
    later = desk.world.team("brulocalis")
    row = backings.back(enrolment=city, association=later.enrolment.organisation, team=later, by=by)
    assert boundary.writing_of(access(desk, "brulocalis"), desk.needs) is None
    backings.accept_backing(backing=row, by=desk.world.user("mentee"))
    assert boundary.writing_of(access(desk, "brulocalis"), desk.needs) is None
    assert boundary.writing_of(access(desk, "lps"), desk.needs) is not None
    Backing.objects.filter(pk=row.pk).update(reads_earlier=True)
    assert boundary.writing_of(access(desk, "brulocalis"), desk.needs).team == later


def test_whom_the_team_lets_type_neither_shares_nor_recalls(desk):
    desk.write("challenge.what", TEXT)
    version = desk.share("challenge", to=["mentor"])
    allow_facilitator(team=desk.world.team("mentee"), allowed=True, by=desk.world.user("mentee"))
    facilitator, client = desk.world.user("facilitator"), desk.client("facilitator")
    answers.save_answer(
        response=desk.needs,
        part=desk.part("challenge.why"),
        base=0,
        value="Typed",
        access=Access(facilitator),
        language="en",
    )
    page = client.get(desk.needs.get_absolute_url()).content.decode()
    share = reverse("assessments:share", args=[desk.needs.pk])
    assert share not in page
    assert client.get(share).status_code == 403
    assert client.post(reverse("assessments:recall", args=[version.pk])).status_code == 403
    with pytest.raises(sharing.NotYoursToShare):
        desk.share("challenge", to=["mentor"], who="facilitator")


def test_who_joined_since_is_named_before_the_next_share(desk):
    desk.write("challenge.what", TEXT)
    desk.share("challenge", to=["mentor"])
    share = reverse("assessments:share", args=[desk.needs.pk])
    assert "joined since you last shared" not in desk.client("mentee").get(share).content.decode()
    desk.world.join("late", desk.world.team("mentor"))
    assert "joined since you last shared: Officer late" in desk.client("mentee").get(share).content.decode()
    assert "nobody is in this team yet" not in desk.client("mentee").get(share).content.decode()
    TeamMember.objects.filter(team=desk.world.team("mentor")).delete()
    assert "nobody is in this team yet" in desk.client("mentee").get(share).content.decode()
