"""Inviting the seats of a support group by link, and what its page says of the group."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programmes.accounts.managers import normalise_email
from programmes.common.fields import MultilingualFormField, in_days
from programmes.common.languages import complete_languages
from programmes.common.seen import SeenForm

from ..models import SupportGroup, SupportGroupMember
from .fields import helper

LONGEST_HALF_PAGE = 2500
DAYS = (7, 14, 30, 60)


class SeatLinksForm(forms.Form):
    """One line a seat that nobody has taken up: ticked, it gets a link; with an address also a mail."""

    language = forms.ChoiceField(label=_("Language of the page and the mail"), choices=complete_languages)
    days = forms.TypedChoiceField(label=_("Open for"), coerce=int, initial=30, choices=lambda: in_days(DAYS))

    def __init__(self, *args: Any, seats: Sequence[SupportGroupMember], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.seats = {seat.pk: seat for seat in seats}
        for seat in seats:
            self.fields[f"seat-{seat.pk}"] = forms.BooleanField(label=str(seat), required=False)
            self.fields[f"email-{seat.pk}"] = forms.EmailField(label=_("E-mail"), required=False, max_length=254)

    @property
    def lines(self) -> list[tuple[SupportGroupMember, Any, Any]]:
        return [(seat, self[f"seat-{pk}"], self[f"email-{pk}"]) for pk, seat in self.seats.items()]

    @property
    def common(self) -> list[Any]:
        return [self["language"], self["days"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(f"seat-{pk}") for pk in self.seats):
            raise ValidationError(_("Tick at least one seat."))
        addresses = [address for address in self.chosen.values() if address] if not self.errors else []
        if len(set(addresses)) < len(addresses):
            raise ValidationError(_("Two seats have the same address: each needs a link of its own."))
        return data

    @property
    def chosen(self) -> dict[int, str]:
        """Address by id of the seat, "" without one."""
        data = self.cleaned_data
        ticked = [pk for pk in self.seats if data.get(f"seat-{pk}")]
        return {pk: normalise_email(data[f"email-{pk}"]) if data.get(f"email-{pk}") else "" for pk in ticked}


class AboutGroupForm(SeenForm, forms.ModelForm):
    """Half a page for members to pass on, in the languages of the city; costs; whether partner cities may know."""

    class Meta:
        model = SupportGroup
        fields = ["half_page", "costs", "known_to_partners"]
        widgets = {"costs": forms.Textarea(attrs={"rows": 3, "data-grow": ""})}
        help_texts = {
            "costs": _("In words: room, catering, travel paid in advance."),
            "known_to_partners": _("They then see its name on the page of their own group, nothing of its members."),
        }

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        label, text = (
            self._meta.model._meta.get_field("half_page").verbose_name,
            _("What the partnership is about and how to take part. Members read it on their page and pass it on."),
        )
        self.fields["half_page"] = MultilingualFormField(
            long=True,
            max_length=LONGEST_HALF_PAGE,
            languages=languages,
            required=False,
            label=capfirst(label),
            help_text=text,
        )
        self.helper = helper(_("Save"))
