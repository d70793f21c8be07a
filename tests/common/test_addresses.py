"""Addresses put together from remembered pieces are those that Django makes."""

import pytest
from django.urls import NoReverseMatch, reverse

from programmes.common.addresses import address

TOKEN = "a-token:of-somebody:" + "x" * 60


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("overview:my_work", ()),
        ("overview:board", (7,)),
        ("action_plans:recall", (12, 3)),
        ("action_plans:cell", (0, "results")),
        ("assessments:answer", (10**12, "challenge.what")),
        ("assessments:answer", (5, "with space")),
        ("partnerships:invitation", (TOKEN,)),
        ("participants:organisation", ("5",)),
    ],
)
def test_it_is_what_reverse_answers(name: str, args: tuple):
    for _again in range(2):
        assert address(name, *args) == reverse(name, args=args)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("overview:board", ()),
        ("overview:board", (-1,)),
        ("overview:board", ("",)),
        ("action_plans:cell", (1, "two.words")),
        ("no:such", (1,)),
    ],
)
def test_it_refuses_what_reverse_refuses(name: str, args: tuple):
    for refusing in (lambda: reverse(name, args=args), lambda: address(name, *args)):
        with pytest.raises(NoReverseMatch):
            refusing()
