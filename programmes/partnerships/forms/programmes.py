"""What a programme says of itself, its stages and its themes."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.choosing import FoundChoice
from programmes.common.fields import LanguagesField, MultilingualFormField, languages_in_columns
from programmes.common.languages import complete_languages
from programmes.common.once import OnceForm
from programmes.common.pictures import PictureField
from programmes.common.seen import SeenForm
from programmes.common.zones import zone_choices
from programmes.participants.models import Organisation
from programmes.participants.selectors import search

from ..models import Programme
from ..tools import choices
from .fields import DayInput, FoldedGroup, helper, offer


class _AboutProgramme(forms.ModelForm):
    languages = LanguagesField(help_text=_("The languages that cities of this programme write in."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, help_text=_("Agreed days are days there.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        working = data.get("working_language")
        if working and working not in data.get("languages", []):
            data["languages"] = [*data.get("languages", []), working]
        return data


ABOUT = ["title", "purpose", "policy_field", "started_on", "ended_on", "languages", "working_language", "time_zone"]
WIDGETS = {
    "started_on": DayInput(),
    "ended_on": DayInput(),
    "purpose": forms.Textarea(attrs={"rows": 4, "data-grow": ""}),
}


PICTURES = ("emblem", "logo")
FIELD_ORDER = [*ABOUT, "funding_line", "emblem", "without_emblem", "disclaimer", "logo", "without_logo"]


GROUPS = (
    (_("The programme"), ("title", "purpose", "policy_field", "started_on", "ended_on")),
    (_("Languages and time"), ("languages", "working_language", "time_zone")),
    (_("On the documents"), (*FIELD_ORDER[len(ABOUT) :],)),
    (_("Tools"), ("tools_proposed",)),
)


class NewProgrammeForm(OnceForm, _AboutProgramme):
    """The little a programme begins with; `networks` are the organisations this person may found one for."""

    network = FoundChoice(
        label=_("Coordinating organisation"),
        queryset=Organisation.objects.none(),
        search=search,
        help_text=_("It sets up the programme. It never reads what mentor and mentee tell each other."),
    )

    like = forms.ModelChoiceField(
        label=_("Set up like"),
        queryset=Programme.objects.none(),
        required=False,
        empty_label=_("the default design"),
        help_text=_("Stages, themes and tools are taken over from there. Cities and what they wrote are not."),
    )

    class Meta:
        model = Programme
        fields = ABOUT
        widgets = WIDGETS

    field_order = ["title", "network", "like"]

    def __init__(self, *args, networks, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "network", networks)
        offer(self, "like", programmes)
        if not programmes:
            del self.fields["like"]
        if len(of_one := list(networks[:2])) == 1 and not self.initial.get("network"):
            self.initial["network"] = of_one[0].pk
        self.helper = helper(_("Create the programme"))
        self.helper.layout = Layout(*map(languages_in_columns, self.fields))


class ProgrammeForm(SeenForm, _AboutProgramme):
    """Everything on the settings page. Bind it to a copy: a refused form must not colour the page around it."""

    emblem = PictureField(label=_("Funder’s emblem"), required=False)
    without_emblem = forms.BooleanField(label=_("Take the emblem away"), required=False)
    logo = PictureField(label=_("Logo"), required=False)
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    tools_proposed = forms.MultipleChoiceField(
        label=_("Tools proposed"),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The cities of each partnership switch them on and off as they like."),
    )

    class Meta:
        model = Programme
        fields = [*ABOUT, "funding_line", "emblem", "disclaimer", "logo", "tools_proposed"]
        widgets = WIDGETS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._ask_in_every_language(
            "funding_line", _("Stands with the emblem on every document, in the language of the document."), 300
        )
        self._ask_in_every_language("disclaimer", _("Stands under the funding line on every document."), 2000)
        for name in PICTURES:
            if not getattr(self.instance, name):
                del self.fields[f"without_{name}"]
        self.order_fields(FIELD_ORDER)
        self.helper = helper(_("Save"))
        self.helper.layout = self._in_groups()
        self.helper.render_hidden_fields = True

    def _in_groups(self) -> Layout:
        """Every field in its group, and those that no group names in the last one."""
        named = {name for _title, names in GROUPS for name in names}
        others = [name for name, field in self.fields.items() if name not in named and not field.widget.is_hidden]
        groups = [(title, [name for name in names if name in self.fields]) for title, names in GROUPS]
        groups[-1][1].extend(others)
        columns = languages_in_columns
        return Layout(*(FoldedGroup(title, *map(columns, names)) for title, names in groups))

    def _ask_in_every_language(self, name: str, help_text: Any, max_length: int) -> None:
        """An input for each language of the programme and of the documents, and for each that has a text."""
        told = getattr(self.instance, name)
        codes = [*self.instance.languages, *(code for code, _name in complete_languages()), *told]
        self.fields[name] = MultilingualFormField(
            label=self.fields[name].label,
            help_text=help_text,
            languages=list(dict.fromkeys(codes)),
            long=name == "disclaimer",
            max_length=max_length,
            required=False,
        )
        self.initial[name] = told
        if name == "disclaimer":
            self.fields[name].widget.attrs |= {"rows": 2, "data-grow": ""}

    def clean(self):
        """A picture is False when it shall go, as `services.programmes.change_programme` takes it."""
        data = super().clean() or {}
        for name in PICTURES:
            if data.pop(f"without_{name}", False) and name not in self.files:
                data[name] = False
        return data


class _Titled(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save"))


class _AboutStage(_Titled):
    title = MultilingualFormField(label=_("Title"), max_length=80)
    purpose = MultilingualFormField(
        label=_("What it is for"),
        long=True,
        max_length=1000,
        required=False,
        help_text=_("Shown where the stage comes next and where dates are agreed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].widget.attrs |= {"rows": 3, "data-grow": ""}


class StageForm(SeenForm, _AboutStage):
    """A stage worded anew."""


class NewStageForm(OnceForm, _AboutStage):
    """One stage more."""


class _AboutTheme(_Titled):
    title = MultilingualFormField(label=_("Theme"), max_length=200, help_text=_("One language is enough."))


class ThemeForm(SeenForm, _AboutTheme):
    """A theme worded anew."""


class NewThemeForm(OnceForm, _AboutTheme):
    """One theme more."""
