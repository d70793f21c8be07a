"""A form that was shown from an older state of its row: what others changed stays, or is shown before it goes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from programmes.common.fields import MultilingualFormField
from programmes.common.seen import SeenForm, fingerprint

KINDS = [("city", "City"), ("network", "Network")]
BEFORE = {
    "name": "Riverton",
    "words": "One line.\nAnother.",
    "kind": "city",
    "kinds": ["city"],
    "day": date(2027, 2, 1),
    "open": True,
    "size": Decimal("5.00"),
    "title": {"en": "Water", "es": "Agua"},
}
SENT = {
    "name": "Riverton",
    "words": "One line.\r\nAnother.",
    "kind": "city",
    "kinds": ["city"],
    "day": "2027-02-01",
    "open": "on",
    "size": "5",
    "title_en": "Water",
    "title_es": "Agua",
}
AFTER = {
    "name": "Harbourg",
    "words": "Quite another text.",
    "kind": "network",
    "kinds": ["city", "network"],
    "day": date(2028, 3, 2),
    "open": False,
    "size": Decimal("7"),
    "title": {"en": "Fire"},
}
SAYS = {
    "name": "Harbourg",
    "words": "Quite another text.",
    "kind": "Network",
    "kinds": "City, Network",
    "day": "2 March 2028",
    "open": "nothing",
    "size": "7",
    "title": "en: Fire",
}
MINE = {
    "name": "Milltown",
    "words": "Mine.",
    "kind": "",
    "kinds": [],
    "day": "2029-01-01",
    "size": "8",
    "title_en": "Earth",
}


class Everything(SeenForm):
    name = forms.CharField(required=False)
    words = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("", "—"), *KINDS], required=False)
    kinds = forms.MultipleChoiceField(choices=KINDS, required=False)
    day = forms.DateField(required=False)
    open = forms.BooleanField(required=False)
    size = forms.DecimalField(required=False)
    title = MultilingualFormField(required=False)


def shown(row: dict[str, Any]) -> str:
    return Everything(initial=row)["seen"].value()


def sent(row: dict[str, Any], seen: str, data: dict[str, Any]) -> Everything:
    """The form of a page that showed `seen`, sent when the row is `row`."""
    query = QueryDict(mutable=True)
    for name, value in (data | {"seen": seen}).items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return Everything(query, initial=row)


def inputs(name: str) -> list[str]:
    return [key for key in SENT if key == name or key.startswith(f"{name}_")]


def test_nobody_else_changed_anything():
    form = sent(BEFORE, shown(BEFORE), SENT | {"name": "Mine"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Mine"
    assert "seen" not in form.cleaned_data


@pytest.mark.parametrize("name", BEFORE)
def test_what_only_somebody_else_changed_stays(name: str):
    now = BEFORE | {name: AFTER[name]}
    form = sent(now, shown(BEFORE), SENT)
    assert form.is_valid(), form.errors
    assert fingerprint(form.cleaned_data[name]) == fingerprint(AFTER[name])
    assert fingerprint(form[name].value()) == fingerprint(AFTER[name])


@pytest.mark.parametrize("name", [name for name in BEFORE if name != "open"])
def test_what_both_changed_is_shown_first_and_holds_when_sent_again(name: str):
    now = BEFORE | {name: AFTER[name]}
    mine = {key: value for key, value in SENT.items() if key not in inputs(name)}
    mine |= {key: MINE[key] for key in inputs(name) if key in MINE}
    first = sent(now, shown(BEFORE), mine)
    assert not first.is_valid()
    assert list(first.errors) == [name]
    assert SAYS[name] in str(first.errors[name])
    again = sent(now, first["seen"].value(), mine)
    assert again.is_valid(), again.errors
    assert fingerprint(again.cleaned_data[name]) != fingerprint(AFTER[name])


def test_both_wrote_the_same():
    assert sent(BEFORE | {"name": "Harbourg"}, shown(BEFORE), SENT | {"name": "Harbourg"}).is_valid()


def test_shown_once_and_changed_again_is_shown_again():
    first = sent(BEFORE | {"name": "Harbourg"}, shown(BEFORE), SENT | {"name": "Mine"})
    assert not first.is_valid()
    assert not sent(BEFORE | {"name": "Third"}, first["seen"].value(), SENT | {"name": "Mine"}).is_valid()


def test_a_mistake_elsewhere_does_not_pass_for_having_seen():
    """While a field could not be read, nothing was said about it."""
    wrong = sent(BEFORE | {"day": AFTER["day"]}, shown(BEFORE), SENT | {"day": "yesterday"})
    assert not wrong.is_valid()
    form = sent(BEFORE | {"day": AFTER["day"]}, wrong["seen"].value(), SENT | {"day": "2029-01-01"})
    assert form.errors.as_data()["day"][0].code == "seen"


@pytest.mark.parametrize("seen", ["", "x", "[]", "null", '{"name": {}}', "[" * 100_000], ids=range(6))
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(seen: str):
    form = sent(BEFORE, seen, SENT | {"name": "Mine"})
    assert list(form.errors) == ["name"]


def test_an_empty_line_stays_empty():
    lines = forms.formset_factory(Everything, extra=1)
    first = lines(prefix="lines")
    data = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "lines-0-seen": first.forms[0]["seen"].value()}
    assert not lines(data, prefix="lines").forms[0].has_changed()


def test_a_line_that_somebody_else_changed_is_not_deleted_unseen():
    lines = forms.formset_factory(Everything, extra=0, can_delete=True)
    old = lines(initial=[BEFORE], prefix="lines").forms[0]["seen"].value()
    data = QueryDict(mutable=True)
    for key, value in (SENT | {"seen": old, "DELETE": "on"}).items():
        data.setlist(f"lines-0-{key}", value if isinstance(value, list) else [value])
    data.update({"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "1"})
    now = [BEFORE | {"words": AFTER["words"]}]
    formset = lines(data, initial=now, prefix="lines")
    assert not formset.is_valid()
    assert "Quite another text." in str(formset.forms[0].errors)
    data["lines-0-seen"] = formset.forms[0]["seen"].value()
    again = lines(data, initial=now, prefix="lines")
    assert again.is_valid(), again.errors
    assert again.deleted_forms == again.forms
