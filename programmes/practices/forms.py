"""Forms of a practice beside its boxes (those are in `programmes.common.kinds`)."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common import clock
from programmes.common.access import Access
from programmes.common.choosing import FoundChoice
from programmes.common.countries import country_choices
from programmes.common.fields import RowsField
from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.once import OnceForm
from programmes.common.pictures import PhotographField
from programmes.common.seen import SeenForm
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.participants.selectors import search
from programmes.partnerships.models import Partnership, Team, Theme
from programmes.sharing.readers import Reader

from .enums import Audience, Decision
from .factors import Choice, Served, of_choice
from .models import Judgement, Practice
from .selectors import alike

MOST_IN_A_BOOKLET = 30


class FactorsForm(SeenForm):
    """Key factors of the benchmarks that are offered."""

    factors = forms.MultipleChoiceField(
        label=gettext_lazy("Key factors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[str, list[Choice]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = {of_choice(choice) for _title, group in choices for choice, _words in group}
        self.fields["factors"].choices = choices

    @property
    def chosen(self) -> set[Served]:
        return {of_choice(choice) for choice in self.cleaned_data["factors"]}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class Fields:
    """The page gives the form its tags and its button."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class HeadForm(Fields, SeenForm, forms.ModelForm):
    """What stands at the head of a practice: what it is called, where it is, what it is about."""

    city = FoundChoice(
        label=gettext_lazy("City"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.CITY),
        search=search,
        required=False,
        help_text=gettext_lazy(
            "Of the directory. Leave it open for a city that is not in it, and name that one below."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=CONTENT_LANGUAGES)
    themes = RowsField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    link = forms.URLField(
        label=gettext_lazy("Described at"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where it is described already: then this address and three lines are enough."),
    )

    class Meta:
        model = Practice
        fields = [
            "title",
            "kind",
            "city",
            "place",
            "country",
            "size",
            "language",
            "themes",
            "summary",
            "link",
            "sources",
        ]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "sources": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": gettext_lazy("As you would say it to a colleague from another country."),
            "country": gettext_lazy("Of the city or area named in words."),
            "size": gettext_lazy("Of the city or area named in words."),
            "sources": gettext_lazy(
                "Where it is told, one source a line. Needed above all where you describe what another city does."
            ),
        }

    def __init__(self, *args: Any, team: Team, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.team = team
        self.fields["country"].choices = [("", "—"), *country_choices()]
        rows = Theme.objects.filter(programme=team.enrolment.programme_id)
        kept = self.instance.themes.values("pk") if self.instance.pk else Theme.objects.none().values("pk")
        self.fields["themes"].queryset = (rows.filter(retired=False) | rows.filter(pk__in=kept)).distinct()
        if not self.fields["themes"].queryset.exists():
            del self.fields["themes"]

    @property
    def head(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "themes"}


class NewPracticeForm(OnceForm, HeadForm):
    """Whoever types the name and place of a practice that is there already is asked whether it is another one."""

    another = forms.BooleanField(label=gettext_lazy("It is another practice"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, access: Access, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.access = access

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        where = data.get("place") or str(data.get("city") or "")
        known = alike(self.access, data["title"], where) if data.get("title") and where else []
        if known:
            self.fields["another"].widget = forms.CheckboxInput(attrs={"id": "id_another"})
        if known and not data.get("another"):
            self.add_error("another", ValidationError(_named_already(known), code="alike"))
        return data

    @property
    def head(self) -> dict[str, Any]:
        return {name: value for name, value in super().head.items() if name != "another"}


def _named_already(known: list[Practice]) -> SafeString:
    links = format_html_join(
        ", ", '<a href="{}">{}, {}</a>', ((row.address_for_reading, row, row.team) for row in known)
    )
    words = _(
        "A practice of this name and place is described already. If yours is another one, say so and send it again:"
    )
    return format_html("{} {}", words, links)


class ContactForm(Fields, SeenForm, forms.ModelForm):
    """Whom to ask, with that person's consent. Emptied, nobody is named any more, in no version."""

    agreed = forms.BooleanField(
        label=gettext_lazy("This person agreed to be named to those who read the practice"), required=False
    )

    class Meta:
        model = Practice
        fields = ["contact_name", "contact_post", "contact_email"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["agreed"] = self.instance.contact_agreed_on is not None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("agreed") and not data.get("contact_name") and not data.get("contact_post"):
            self.add_error("contact_name", _("Who agreed? Write a name or a post."))
        return data

    @property
    def head(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        agreed = self.cleaned_data["agreed"]
        return told | {"contact_agreed_on": (self.instance.contact_agreed_on or clock.today()) if agreed else None}


class PictureForm(Fields, OnceForm):
    file = PhotographField(label=gettext_lazy("Picture"))
    caption = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=300,
        help_text=gettext_lazy("Read under the picture, and aloud to who does not see it."),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Whoever can be recognised in it agreed to be shown, or nobody can"),
        error_messages={"required": gettext_lazy("Pictures of people are shown only if these people agreed.")},
    )


class OfferForm(Fields, OnceForm):
    """Who shall read the practice as it stands now."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who shall read it?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    partnership = forms.ModelChoiceField(
        label=gettext_lazy("Partnership"), queryset=Partnership.objects.none(), required=False
    )

    few_checked = forms.BooleanField(
        label=gettext_lazy("Nobody can be recognised by these figures"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, partnerships: QuerySet[Partnership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        if not partnerships.exists():
            del self.fields["partnership"]
            self.fields["audience"].choices = [row for row in Audience.choices if row[0] != Audience.PARTNERSHIP]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("audience") != Audience.PARTNERSHIP:
            data["partnership"] = None
        elif not data.get("partnership"):
            self.add_error("partnership", _("In which partnership?"))
        return data

    def ask_about_few(self, sentence: str) -> None:
        """Figures of few people stand in it: said at a box to tick."""
        self.fields["few_checked"].widget = forms.CheckboxInput(attrs={"id": "id_few_checked"})
        self.add_error("few_checked", sentence)


class BookletForm(Fields, OnceForm):
    """Practices of the library to print together, by their ids."""

    title = forms.CharField(label=gettext_lazy("Title of the booklet"), max_length=200)
    practices = RowsField(
        label=gettext_lazy("Practices"), queryset=Practice.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: QuerySet[Practice], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["practices"].queryset = offered

    def clean_practices(self) -> QuerySet[Practice]:
        chosen: QuerySet[Practice] = self.cleaned_data["practices"]
        if len(chosen) > MOST_IN_A_BOOKLET:
            raise ValidationError(_("At most %(most)s in one booklet.") % {"most": MOST_IN_A_BOOKLET})
        return chosen


class DecideForm(Fields, SeenForm, forms.ModelForm):
    """Nothing is decided as long as nothing is chosen."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What do we decide?"), choices=Decision.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Judgement
        fields = ["decision"]


class ShareJudgementForm(Fields, OnceForm):
    """Readers by their keys, see `sharing.readers.Reader`. Cleans to a list of them."""

    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Who may read it"),
        error_messages={"required": gettext_lazy("Choose at least one reader.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, readers: Iterable[Reader], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = {reader.key: reader for reader in readers}
        self.fields["readers"].choices = [(key, _reader_words(reader)) for key, reader in self.known.items()]

    def clean_readers(self) -> list[Reader]:
        return [self.known[key] for key in self.cleaned_data["readers"]]


def _reader_words(reader: Reader) -> str:
    people = ", ".join(reader.people) or _("nobody is there at the moment; whoever joins will read it")
    return f"{reader.name} · {reader.sort} · {people}"
