"""Django's administration answers what its pages offer, and tells nothing letter by letter."""

import pytest
from django.contrib import admin
from django.test import Client

from programmes.accounts import services
from programmes.accounts.models import AuditEvent, User
from programmes.common.admin import ClosedAdmin

OURS = sorted(admin.site._registry.items(), key=lambda entry: entry[0]._meta.label)


@pytest.fixture
def administration(db) -> Client:
    client = Client()
    client.force_login(services.make_administrator(email="chief@site.example", name="Chief"))
    return client


@pytest.mark.parametrize(("model", "page"), OURS, ids=lambda entry: getattr(entry, "__name__", ""))
def test_every_list_is_closed(model, page):
    assert isinstance(page, ClosedAdmin)


@pytest.mark.parametrize("model", [model for model, _page in OURS], ids=lambda model: model._meta.label)
@pytest.mark.parametrize("operator", ["regex", "startswith", "icontains", "gt", "in"])
def test_no_column_can_be_felt_out(administration: Client, model, operator: str):
    page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    open_ones = [
        field.name
        for field in model._meta.concrete_fields
        if administration.get(page, {f"{field.name}__{operator}": "a"}).status_code != 400
    ]
    assert open_ones == []


@pytest.mark.parametrize(
    "question",
    [
        "accounts/user/?password__regex=^md5",
        "accounts/user/?password=x",
        "accounts/user/?authenticator__data__icontains=a",
        "accounts/user/?kept_posts__body__icontains=a",
        "mfa/authenticator/?data__icontains=a",
        "mfa/authenticator/?data__secret__startswith=a",
        "mfa/authenticator/?user__password__startswith=a",
        "account/emailaddress/?user__password__startswith=a",
        "accounts/auditevent/?by__id__exact=1",
    ],
)
def test_what_answered_before(administration: Client, question: str):
    assert administration.get(f"/admin/{question}").status_code == 400


@pytest.mark.parametrize(
    "question",
    [
        "accounts/user/?is_active__exact=1",
        "accounts/user/?language__exact=en",
        "accounts/user/?q=chief",
        "accounts/user/?o=1",
        "accounts/auditevent/?verb=created",
        "accounts/auditevent/?at__year=2026&at__month=3&at__day=1",
        "participants/organisation/?kind__exact=city",
    ],
)
def test_what_the_page_offers_works(administration: Client, question: str):
    assert administration.get(f"/admin/{question}").status_code == 200


def test_the_record_of_steps_is_administrators_alone(client: Client, anna: User):
    User.objects.filter(pk=anna.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=anna.pk))
    assert client.get("/admin/accounts/auditevent/").status_code == 403


def test_somebody_who_asks_by_letter_is_noted_once_and_told(
    administration: Client, anna: User, mailoutbox, postman, django_capture_on_commit_callbacks
):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            administration.post("/admin/accounts/user/", {"action": "note_erasure", "_selected_action": [anna.pk]})
    assert [(mail.to, "withdraw the request" in mail.body) for mail in mailoutbox] == [([anna.email], True)]
    anna.refresh_from_db()
    assert anna.erasure_asked_at
    assert AuditEvent.objects.filter(verb="asked for erasure", target_id=anna.pk).count() == 1
