"""Signing in and failing to are noted, by the account's number and without what was typed."""

import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from programmes.accounts.models import AuditEvent, User

from .conftest import PASSWORD, Browser


def noted(*verbs: str) -> list[tuple]:
    rows = AuditEvent.objects.filter(verb__in=verbs).order_by("pk")
    return list(rows.values_list("verb", "by", "target_kind", "target_id"))


def test_a_sign_in_is_noted(browser: Browser, anna: User):
    browser.sign_in(anna)
    assert noted("signed in") == [("signed in", anna.pk, "accounts.user", anna.pk)]


@pytest.mark.parametrize("known", [True, False])
def test_a_failed_sign_in_is_noted_without_what_was_typed(browser: Browser, anna: User, caplog, known: bool):
    caplog.set_level(logging.DEBUG)
    address = anna.email if known else "nobody@nowhere.example"
    browser.open("/sign/login/")
    browser.send("/sign/login/", {"login": address, "password": "wrong-and-odd"})
    assert noted("failed sign-in") == [("failed sign-in", None, "accounts.user", anna.pk if known else None)]
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records if "SQL" not in record.msg)
    assert "wrong-and-odd" not in written
    assert not noted("signed in")


def test_a_wrong_code_is_a_failed_sign_in(browser: Browser, anna: User):
    TOTP.activate(anna, generate_totp_secret())
    browser.sign_in(anna)
    browser.open("/sign/2fa/authenticate/")
    browser.send("/sign/2fa/authenticate/", {"code": "000000"})
    assert noted("failed sign-in", "signed in") == [("failed sign-in", None, "accounts.user", anna.pk)]


def test_log_lines_name_no_address(browser: Browser, anna: User):
    """In the format of the log itself: what a failed sign-in, a wrong code and a reset write."""
    lines: list[str] = []
    formatter = next(
        handler.formatter for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler
    )
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(formatter.format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        browser.open("/sign/login/")
        browser.send("/sign/login/", {"login": anna.email, "password": "wrong"})
        browser.sign_in(anna)
        browser.open("/sign/password/reset/")
        browser.send("/sign/password/reset/", {"email": anna.email})
        logging.getLogger("django.request").warning("seen")
    finally:
        logging.getLogger().removeHandler(handler)
    assert any("seen" in line for line in lines)
    assert not [line for line in lines if anna.email in line or PASSWORD in line]
