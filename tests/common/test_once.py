"""The key of a filled-in form: the same for the same words, another for others."""

from uuid import uuid4

import pytest
from django import forms
from django.db import IntegrityError
from django.http import QueryDict

from programmes.accounts.models import Person
from programmes.assessments.models import Need
from programmes.common.once import OnceForm, made_once


class Words(OnceForm):
    text = forms.CharField()


def key_of(**data: str):
    query = QueryDict(mutable=True)
    query.update(data)
    form = Words(query)
    assert form.is_valid()
    return form.key


def test_the_key_is_of_the_token_and_the_words():
    token, other = str(uuid4()), str(uuid4())
    key = key_of(once=token, text="In May.")
    assert key is not None
    assert key == key_of(once=token, text="In May.", csrfmiddlewaretoken="a", next="/")
    assert key != key_of(once=token, text="In June.")
    assert key != key_of(once=other, text="In May.")


@pytest.mark.parametrize("token", ["", "x", "1" * 500])
def test_a_damaged_token_is_none_and_no_error(token):
    assert key_of(once=token, text="In May.") is None


def test_each_rendering_has_a_token_of_its_own():
    assert Words()["once"].value() != Words()["once"].value()


def test_a_row_that_breaks_another_rule_is_not_taken_for_made(db):
    def make(key) -> Need:
        Person.objects.create(name="A", email="a@example.org")
        Person.objects.create(name="B", email="a@example.org")
        raise AssertionError("the database let two people have one address")

    with pytest.raises(IntegrityError):
        made_once(Need.objects.all(), uuid4(), make)
