"""The first coordinator of an installation is made by a command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.models import Programme, TeamMember

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_coordinator", *arguments, stdout=out)
    return out.getvalue()


def test_network_programme_and_account_are_made_with_a_link_that_opens():
    out = run("co@example.org", "Coordinator", "--network", "CEMR", "--programme", "IncluTest")
    user, programme = User.objects.get(), Programme.objects.get()
    assert places_of(Access(user)).coordinated == {programme.pk}
    assert Client().get(out.splitlines()[-1], follow=True).status_code == 200


def test_twice_changes_nothing():
    for _time in range(2):
        run("co@example.org", "Coordinator", "--network", "CEMR")
    assert (Programme.objects.count(), TeamMember.objects.count()) == (1, 1)


def test_a_wrong_address_is_said():
    with pytest.raises(CommandError, match="not an e-mail"):
        run("nonsense", "Nobody", "--network", "CEMR")
    assert not Programme.objects.exists()


def test_nobody_is_added_to_a_team_that_has_people():
    run("co@example.org", "Coordinator", "--network", "CEMR")
    with pytest.raises(CommandError, match="they invite"):
        run("second@example.org", "Second", "--network", "CEMR")
    assert not User.objects.filter(email="second@example.org").exists()
