"""A list of who takes part: looked at before anything is stored, confirmed once, invited later."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from programmes.common.tables import LargeTable, LongTable, UnreadableTable, rows_of_file, rows_of_text
from programmes.participants.models import Organisation, OrganisationName
from programmes.partnerships.models import Backing, Enrolment, Invitation, PreparedInvitation, Team
from programmes.partnerships.services.teams import add_member
from tests.factories import OrganisationFactory, PersonFactory

from .conftest import member_of, page_of

pytestmark = pytest.mark.django_db

HEADING = "Organisation\tCountry\tRole\tTheme\tAssociation\tName\tE-mail\tFunction"
LIST = f"""{HEADING}
Mechelen\tBE\tmentor\tHousing\tVVSG\tAn Peeters\tan@example.org\tOfficer
Mechelen\t\t\t\t\tBert Maes\tbert@example.org\t
Capaci\tItaly\tmentee\tHousing; Schools\tANCI; VVSG\tCarla Russo\tcarla@example.org\tMayor
ANCI\tItaly\tassociation\t\t\tDario Conti\tdario@example.org\t"""


@pytest.fixture
def address(world):
    return reverse("partnerships:list_add", args=[world.programme.pk])


@pytest.fixture
def client(world):
    return page_of(world.coordinator)


def look(client, address, text, **more):
    return client.post(address, {"text": text, "language": "en"} | more)


def confirm(client, address, text, **more):
    shown = look(client, address, text, **more).context["checked"].shown
    return look(client, address, text, shown=shown, take="1", **more)


def counts():
    return [model.objects.count() for model in (Organisation, Enrolment, Backing, PreparedInvitation, Invitation)]


def faults(page):
    return {(cell.line, cell.column): cell.fault for cell in page.context["checked"].faults}


def test_one_confirmation_makes_all_of_it_and_mails_nobody(world, client, address):
    before = counts()
    page = look(client, address, LIST)
    assert counts() == before
    assert [len(page.context["checked"].enrolled), page.context["checked"].addressees] == [4, 4]
    assert confirm(client, address, LIST).status_code == 302
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [4, 4, 3, 4, 0]
    assert not mail.outbox
    capaci = Enrolment.objects.get(organisation__name="Capaci")
    assert (capaci.role, capaci.organisation.country) == ("mentee", "IT")
    assert {str(theme) for theme in capaci.themes.all()} == {"Housing", "Schools"}
    backings = capaci.backings.order_by("pk")
    assert [row.team.enrolment.organisation.name for row in backings] == ["ANCI", "VVSG"]
    assert not any(row.accepted_at for row in backings)
    assert [row.name for row in PreparedInvitation.objects.filter(team__enrolment__organisation__name="Mechelen")] == [
        "An Peeters",
        "Bert Maes",
    ]


def test_sent_twice_it_makes_one_and_an_older_preview_is_shown_again(world, client, address):
    shown = look(client, address, LIST).context["checked"].shown
    OrganisationFactory(name="Capaci", country="IT")
    again = look(client, address, LIST, shown=shown, take="1")
    assert "changed since you looked" in again.content.decode()
    assert not Enrolment.objects.filter(organisation__name="Mechelen").exists()
    assert confirm(client, address, LIST).status_code == 302
    before = counts()
    assert look(client, address, LIST, shown=shown, take="1").status_code == 302
    assert counts() == before


def test_a_cell_that_cannot_be_is_told_there_and_mended_there(client, address):
    text = (
        f"{HEADING}\nMechelen\tAtlantis\tmentor\t\t\tAn\tan-at-example.org\t\nCapaci\tIT\tboss\t\t\t\tx@example.org\t"
    )
    page = look(client, address, text)
    assert set(faults(page)) == {(1, "country"), (1, "email"), (2, "role"), (2, "name")}
    assert '<a href="#cell-2-role">' in page.content.decode()
    assert 'name="cell-1-country"' in page.content.decode()
    refused = look(client, address, text, take="1", shown=page.context["checked"].shown)
    assert "Nothing is stored yet." in refused.content.decode()
    mended = {"cell-1-country": "Bélgica", "cell-1-email": "an@example.org", "cell-2-role": "ambos", "cell-2-name": "X"}
    page = look(client, address, text, **mended)
    assert not faults(page)
    assert "Bélgica" in page.context["text"]
    assert "Bélgica" in look(client, address, page.context["text"], change="1").content.decode()


def test_a_role_said_twice_and_an_address_said_twice(client, address):
    text = f"{HEADING}\nMechelen\tBE\tmentor\t\t\tAn\tan@example.org\t\nMechelen\tBE\tmentee\t\t\tAn\tAN@example.org\t"
    assert set(faults(look(client, address, text))) == {(2, "role"), (2, "email")}


def test_known_by_any_name_and_asked_where_it_is_a_near_double(world, client, address):
    mechelen = OrganisationFactory(name="Mechelen", country="BE")
    OrganisationName.objects.create(organisation=mechelen, name="Malines", language="fr")
    gdansk = OrganisationFactory(name="Gdańsk", country="PL")
    text = f"{HEADING}\nMALINES\t\tmentor\t\t\t\t\t\nGdansk\tPL\tmentee\t\t\t\t\t"
    page = look(client, address, text)
    checked = page.context["checked"]
    assert checked.bodies[0].organisation == mechelen
    (question,) = checked.questions
    assert [value for value, _label in question.choices] == [str(gdansk.pk), "new"]
    assert not checked.is_ready
    before = Organisation.objects.count()
    assert confirm(client, address, text, **{question.field: str(gdansk.pk)}).status_code == 302
    assert Organisation.objects.count() == before
    assert Enrolment.objects.filter(organisation=gdansk, role="mentee").exists()


@pytest.mark.parametrize(("written", "known"), [("Lodz", "Łódź"), ("City of Halle", "Halle"), ("Mechelin", "Mechelen")])
def test_names_that_may_be_the_same_are_asked_about(client, address, written, known):
    OrganisationFactory(name=known, country="PL")
    page = look(client, address, f"City;Role\n{written};mentee".replace(";", "\t"))
    (question,) = page.context["checked"].questions
    assert known in question.choices[0][1]


def test_a_near_double_inside_the_list_becomes_one(client, address):
    text = "City\tRole\tCountry\nGdańsk\tmentee\tPL\nGdansk\tmentee\tPL"
    (question,) = look(client, address, text).context["checked"].questions
    same = question.choices[0][0]
    assert confirm(client, address, text, **{question.field: same}).status_code == 302
    assert Organisation.objects.filter(name__startswith="Gda").count() == 1


def test_spanish_headings_and_words(client, address):
    text = "Ciudad;País;Papel;Persona;Correo;Cargo\nSevilla;España;mentora;Ana;ana@example.org;Alcaldesa"
    checked = look(client, address, text).context["checked"]
    assert not checked.faults
    (body,) = checked.bodies
    assert (body.country, body.role, body.people[0].function) == ("ES", "mentor", "Alcaldesa")


def test_what_is_here_already_stays_as_it_is(world, client, address):
    name = world.mentee.enrolment.organisation.name
    text = f"{HEADING}\n{name}\t\tmentor\t\t\tZoe\tzoe@example.org\t"
    assert confirm(client, address, text).status_code == 302
    world.mentee.enrolment.refresh_from_db()
    assert world.mentee.enrolment.role == "mentee"
    assert PreparedInvitation.objects.get().team == world.mentee


def test_a_file_is_read_and_given_back_as_text(client, address):
    book = Workbook()
    book.active.append(["Organisation", "Country", "Role", "Remarks"])
    book.active.append(["Mechelen", "Belgium", "mentor", "line\none"])
    out = BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("list.xlsx", out.getvalue())
    page = client.post(address, {"file": upload, "language": "en"})
    assert page.context["checked"].left_out == ["Remarks"]
    assert "Mechelen\tBelgium\tmentor\tline one" in page.context["text"]


def test_refused_files_and_texts_lose_nothing(client, address):
    page = client.post(
        address, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no"), "language": "en", "text": "  "}
    )
    assert "cannot be read as a table" in page.content.decode()
    page = look(client, address, "Where\tWho\nMechelen\tAn")
    assert "has to name the columns" in page.content.decode()
    assert "Mechelen\tAn" in page.content.decode()
    assert "Paste the list or choose a file" in look(client, address, "").content.decode()


def test_bombs_and_long_lists_are_refused():
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(LargeTable):
        rows_of_file(bomb.getvalue(), 500)
    declared = BytesIO()
    with ZipFile(declared, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(UnreadableTable):
        rows_of_file(declared.getvalue(), 500)
    with pytest.raises(LargeTable):
        rows_of_file(b"x" * (1024 * 1024 + 1), 500)
    with pytest.raises(LongTable):
        rows_of_text("Organisation\n" + "x\n" * 501, 500)
    assert len(rows_of_text("Organisation\n" + "x\n" * 500, 500)) == 501


def test_the_coordinator_invites_the_first_of_each_team_and_the_mail_says_who_entered_the_address(
    world, client, address, django_capture_on_commit_callbacks
):
    confirm(client, address, LIST)
    page = reverse("partnerships:prepared", args=[world.programme.pk])
    assert "invites its further people itself" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("partnerships:prepared_all", args=[world.programme.pk]))
    assert sorted(message.to[0] for message in mail.outbox) == [
        "an@example.org",
        "carla@example.org",
        "dario@example.org",
    ]
    assert f"entered by {world.coordinator}" in mail.outbox[0].body
    bert = PreparedInvitation.objects.get()
    client.post(reverse("partnerships:prepared_invite", args=[bert.pk]))
    assert PreparedInvitation.objects.count() == 1
    assert len(mail.outbox) == 3


def test_the_team_invites_the_others_and_the_coordinator_no_longer_does(
    world, client, address, django_capture_on_commit_callbacks
):
    confirm(client, address, LIST)
    team = Team.objects.get(enrolment__organisation__name="Mechelen")
    officer = member_of(team, world.coordinator)
    bert = PreparedInvitation.objects.get(name="Bert Maes")
    invite = reverse("partnerships:prepared_invite", args=[bert.pk])
    assert client.post(invite).status_code == 403
    theirs = page_of(officer)
    assert "Bert Maes" in theirs.get(team.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert theirs.post(invite).status_code == 302
    assert [message.to for message in mail.outbox] == [["bert@example.org"]]
    assert f"{officer} invites you" in mail.outbox[0].body
    assert f"entered by {world.coordinator}" in mail.outbox[0].body


def test_a_long_list_of_people_to_be_invited_has_pages(world, client, address, monkeypatch):
    """Five hundred people of one list were one page of a hundred thousand pixels."""
    monkeypatch.setattr("programmes.partnerships.views.lists.ROWS_A_PAGE", 3)
    confirm(client, address, LIST)
    page = reverse("partnerships:prepared", args=[world.programme.pk])
    first, second = (client.get(f"{page}?page={number}") for number in (1, 2))
    assert [len(shown.context["page_obj"].object_list) for shown in (first, second)] == [3, 1]
    (left,) = second.context["page_obj"].object_list
    discard = reverse("partnerships:prepared_discard", args=[left.pk])
    assert f'name="next" value="{page}?page=2"' in second.content.decode()
    assert client.post(discard, {"next": f"{page}?page=2"}).url == f"{page}?page=2"
    assert client.get(f"{page}?page=2").context["page_obj"].number == 1


def test_looking_at_twice_as_many_rows_asks_no_more(client, address, django_assert_max_num_queries):
    rows = [f"City {chr(65 + n)}{n}{n}\tmentor\tPerson\tp{n}@example.org" for n in range(40)]
    with django_assert_max_num_queries(15):
        look(client, address, "\n".join(["Organisation\tRole\tName\tE-mail", *rows]))


def test_somebody_known_there_is_not_prepared_again(world, client, address):
    add_member(team=world.mentee, person=PersonFactory(), by=world.coordinator)
    confirm(client, address, LIST)
    assert look(client, address, LIST).context["checked"].addressees == 0
