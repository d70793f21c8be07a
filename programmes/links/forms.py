"""What somebody without an account fills in, whatever the link is for."""

from django import forms

from .models import OwnLinkRequest


class OwnLinkForm(forms.ModelForm):
    """Somebody to whom the link was passed on asks for one of their own."""

    class Meta:
        model = OwnLinkRequest
        fields = ["name", "email", "words"]
