"""Who may see and who may act, asked in the right order: sign-in, 404, 403, and no more than the rules say."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.views import View

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin

pytestmark = pytest.mark.django_db

RULE = "tests.rename_person"


class Rename(ObjectPermissionMixin, VisibleObjectMixin, View):
    selector = staticmethod(lambda access: User.objects.exclude(name="hidden"))
    permission_required = RULE

    def get(self, request, pk):
        return HttpResponse(f"{self.object.name} {self.get_object().name}")


@pytest.fixture(autouse=True)
def rule():
    rules.add_perm(RULE, rules.predicate(lambda access, person: access.user == person))
    yield
    rules.remove_perm(RULE)


@pytest.fixture
def people():
    make = User.objects.create_user
    return {name: make(f"{name}@example.org", name=name) for name in ("anna", "hidden", "chief")}


def get(user, pk, **headers):
    request = RequestFactory().get(f"/people/{pk}/", headers=headers)
    request.user, request.access = user, Access(user)
    return Rename.as_view()(request, pk=pk)


def test_allowed_with_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert get(people["anna"], people["anna"].pk).content == b"anna anna"


def test_visible_but_not_allowed(people):
    with pytest.raises(PermissionDenied):
        get(people["chief"], people["anna"].pk)


def test_superuser_gets_only_what_the_rules_say(people):
    people["chief"].is_superuser = True
    with pytest.raises(PermissionDenied):
        get(people["chief"], people["anna"].pk)


def test_not_visible(people):
    with pytest.raises(Http404):
        get(people["hidden"], people["hidden"].pk)


def test_anonymous_signs_in_first_and_learns_nothing(people):
    for pk in (people["anna"].pk, people["hidden"].pk, 999_999):
        answer = get(AnonymousUser(), pk)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign/login/?next=/people/{pk}/")


def test_forgotten_permission_is_an_error_of_ours(people, monkeypatch):
    monkeypatch.setattr(Rename, "permission_required", "")
    with pytest.raises(ImproperlyConfigured):
        get(people["anna"], people["anna"].pk)
