"""Forms about one's own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from programmes.common.languages import complete_languages
from programmes.common.seen import SeenForm
from programmes.common.zones import zone_choices

from .managers import normalise_email
from .models import User


class ProfileForm(SeenForm, forms.ModelForm):
    """Name, language, time zone. The address is changed on allauth's page, which verifies the new one."""

    language = forms.ChoiceField(label=_("Language"), choices=complete_languages, help_text=_("Of pages and mails."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, help_text=_("Times are shown as they are there.")
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "shows_email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save")))


class _InOurWords:
    """Gives allauth's fields the words of our other pages, and no placeholders."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]
            field.label = label
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_InOurWords, LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Stay signed in")}


class NewPasswordForm(_InOurWords, ResetPasswordForm):
    """Asks for the link to choose a new password."""

    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """allauth would also send the link to an address that somebody claimed and never confirmed."""
        email = super().clean_email()
        address = normalise_email(email)
        self.users: list[User] = [user for user in self.users if user.email == address]
        return email


class ChosenPasswordForm(_InOurWords, ResetPasswordKeyForm):
    """Behind that link; the words are those of the page of an invitation."""

    labels = {"password1": _("Choose a password"), "password2": _("The same password again")}


class NewAddressForm(_InOurWords, AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ConfirmAddressForm(forms.Form):
    """The password of whoever confirms a new address: the link alone, or a session alone, changes nothing."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class FirstPasswordForm(SetPasswordForm):
    """For whoever follows an invitation; other apps lay it out around their own page (`form_tag` is off)."""

    def __init__(self, user: User, *args: Any, **kwargs: Any):
        super().__init__(user, *args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
