"""Forms of sharing, needs, offers of help and questions; those of the boxes are in `programmes.common.kinds`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.partnerships.models import Participation
from programmes.sharing.readers import Group, Reader

from .conversations import Sides
from .enums import NEEDS_SECTION
from .models import HelpStatement, Need, Section
from .snapshots import place_of
from .wording import numbered, worded


class ShareForm(OnceForm):
    """Which sections, and who reads them."""

    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What do you share?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose at least one section.")},
    )
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Who may read it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Please choose at least one reader."),
            "invalid_choice": gettext_lazy("One of the readers does not take part any more. Please choose again."),
        },
    )
    left_out = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(
        label=gettext_lazy("A name for this version"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("If you like, for example “Before the first visit”."),
    )

    def __init__(
        self, *args: Any, sections: Sequence[Section], with_needs: bool, groups: Sequence[Group], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.groups = groups
        choices = [(section.key, str(section)) for section in sections]
        self.fields["sections"].choices = choices + ([(NEEDS_SECTION, _("The list of needs"))] if with_needs else [])
        self.questions = {
            section.key: [(place_of(section.key, question.key), question) for question in section.questions.all()]
            for section in sections
        }
        self.fields["left_out"].choices = [
            (place, str(question)) for asked in self.questions.values() for place, question in asked
        ]
        self.possible = {reader.key: reader for group in groups for reader in group.readers}
        self.fields["readers"].choices = [(key, reader.name) for key, reader in self.possible.items()]

    def sections_offered(self, variables: Mapping[str, Any]) -> list[tuple[Any, list[tuple[str, str, bool]]]]:
        """Each section's box, with its questions: place, words, and whether it is left out."""
        left_out = set(self["left_out"].value() or ())
        return [
            (
                option,
                [
                    (place, numbered(question.number, worded(question.title, variables)), place in left_out)
                    for place, question in self.questions.get(str(option.data["value"]), ())
                ],
            )
            for option in self["sections"]
        ]

    def offered(self) -> list[tuple[str, list[tuple[Reader, bool]]]]:
        """Readers by group, each with whether it is ticked."""
        ticked = {str(value) for value in self["readers"].value() or ()}
        return [(g.title, [(reader, reader.key in ticked) for reader in g.readers]) for g in self.groups]

    def chosen(self) -> dict[str, list[Any]]:
        """`teams` and `groups`, as `services.sharing.share` takes them."""
        readers = [self.possible[key] for key in self.cleaned_data["readers"]]
        teams, groups = [row.team for row in readers], [row.group for row in readers]
        return {"teams": [team for team in teams if team], "groups": [group for group in groups if group]}


class NeedForm(OnceForm, SeenForm, forms.ModelForm):
    """A new need, or one to be put in better words."""

    class Meta:
        model = Need
        fields = ["title", "kind", "scope", "sector", "policy", "reach", "part_key", "language"]
        widgets = dict.fromkeys(("title", "reach"), forms.Textarea(attrs={"rows": 2, "data-grow": ""}))

    folded = ("reach",)

    def __init__(
        self, *args: Any, parts: Iterable[tuple[str, str]], languages: Iterable[tuple[str, str]], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        not_said, parts = _("Not specified"), list(parts)
        drawn_from = self.instance.part_key
        if drawn_from and drawn_from not in dict(parts):
            parts.append((drawn_from, _("a question that was asked earlier")))
        for name in ("kind", "scope", "policy"):
            self.fields[name].choices = [("", not_said), *self.fields[name].choices[1:]]
        self.fields["part_key"] = forms.ChoiceField(
            label=_("From the answer"), required=False, choices=[("", not_said), *parts]
        )
        self.fields["language"] = forms.ChoiceField(label=_("Language"), required=False, choices=list(languages))

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class HelpForm(SeenForm, forms.ModelForm):
    class Meta:
        model = HelpStatement
        fields = ["able", "words"]
        widgets = {
            "able": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        }

    def __init__(self, *args: Any, number: int, **kwargs: Any):
        super().__init__(*args, **{"auto_id": f"help-{number}-%s"} | kwargs)
        self.fields["able"].choices = self.fields["able"].choices[1:]


class AskForm(OnceForm):
    """The first message between two cities; `cities` are the ids of both participations, as `key_of` writes them."""

    about = forms.CharField(widget=forms.HiddenInput)
    cities = forms.ChoiceField(label=gettext_lazy("Between your city and"))
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": ""}),
    )

    def __init__(self, *args: Any, partners: Sequence[tuple[Sides, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sides = {key_of(sides): sides for sides, _name in partners}
        self.fields["cities"].choices = [(key_of(sides), name) for sides, name in partners]
        if len(partners) == 1:
            self.fields["cities"].widget = forms.HiddenInput()
            self.fields["cities"].initial = next(iter(self.sides))

    def chosen_sides(self) -> Sides:
        return self.sides[self.cleaned_data["cities"]]


def key_of(sides: Iterable[Participation]) -> str:
    """The same for both cities of a pair."""
    return "-".join(str(pk) for pk in sorted(side.pk for side in sides))
