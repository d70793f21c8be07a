"""What every model keeps to."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from programmes.accounts.models import AuditEvent, User
from programmes.common.fields import MomentField
from programmes.participants.models import Organisation
from programmes.partnerships.models import Programme
from tools.foreign_keys import upward

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("programmes.")]

NO_PAIR = {
    ("Answer", "updated_at"): "a value that a command loaded has a time and no writer",
    ("PracticeText", "updated_at"): "as with answers",
    ("JudgementText", "updated_at"): "as with answers",
    ("Cell", "updated_at"): "a value that a command loaded has a time and no writer",
    ("Passage", "updated_at"): "a value that a command loaded has a time and no writer",
    ("BenchmarkVersion", "published_at"): "what came with the product was published by nobody",
    ("BenchmarkVersion", "retired_at"): "what came with the product is retired by the next one that does",
}

IN_ADMIN: set[type[models.Model]] = {User, AuditEvent, Organisation, Programme}
"""Accounts, organisations, programmes. Nothing that a city wrote ever stands here."""


def test_foreign_keys_point_down():
    assert upward() == []


def _pairs() -> Iterator[tuple[type[models.Model], str, str]]:
    """`ended_on` with `ended_by`, `recalled_at` with `recalled_by`…, where the moment may be missing."""
    for model in OURS:
        fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
        for name, field in fields.items():
            by = f"{name[:-3]}_by"
            if name.endswith(("_at", "_on")) and by in fields and field.null:
                yield model, name, by


def test_a_moment_and_its_person_are_told_together():
    loose = {
        (model.__name__, moment)
        for model, moment, by in _pairs()
        if not any(f"{moment}__isnull" in text and f"{by}__isnull" in text for text in _conditions(model))
    }
    assert loose == set(NO_PAIR), "Constrain the pair with common.constraints.both_or_neither."


def _conditions(model: type[models.Model]) -> list[str]:
    checks = [row for row in model._meta.constraints if isinstance(row, models.CheckConstraint)]
    return [str(check.condition) for check in checks]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_says_what_it_is(model: type[models.Model]):
    if model._meta.auto_created or model._meta.proxy:
        return
    made_by_django = f"{model.__name__}("
    assert (model.__doc__ or made_by_django).strip()
    assert not (model.__doc__ or made_by_django).startswith(made_by_django), model


def test_the_admin_holds_accounts_organisations_and_programmes_only():
    assert {model for model in admin.site._registry if model in OURS} == IN_ADMIN


def test_nothing_that_cities_wrote_hangs_on_a_page_of_the_admin():
    for model, pages in admin.site._registry.items():
        inlines = {inline.model for inline in pages.inlines}
        assert not {inline for inline in inlines if inline._meta.app_label in ("assessments", "action_plans")}, model


def test_moments_ask_our_clock():
    """All of them, also those that nothing writes by itself: the database compares only columns of one kind."""
    fields = [field for model in OURS for field in model._meta.local_fields if isinstance(field, models.DateTimeField)]
    ours = {field for field in fields if field.model.__module__.startswith("programmes.")} - {User.last_login.field}
    assert ours
    assert [str(field) for field in ours if not isinstance(field, MomentField)] == []


def test_from_and_to_are_in_order():
    """Whatever has a beginning and an end does not end before it begins."""
    forgotten = []
    for model in OURS:
        names = {field.name for field in model._meta.fields}
        ordered = any("started_on__lte" in text for text in _conditions(model))
        if {"started_on", "ended_on"} <= names and not model._meta.proxy and not ordered:
            forgotten.append(model._meta.label)
    assert forgotten == []
