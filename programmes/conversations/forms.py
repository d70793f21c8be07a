"""What is said in a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.once import OnceForm

LONGEST_MESSAGE = 10_000


class MessageForm(OnceForm):
    """Light markup."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
    )
