"""A programme and the method it received as records: stages, themes, tools (architecture, idea 1)."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common.addresses import address
from programmes.common.designs import FromDesign
from programmes.common.fields import LanguageField, MultilingualField, in_language
from programmes.common.models import TimeStamped, from_before_to
from programmes.common.once import MadeOnce
from programmes.participants.models import Organisation

from ..design import default_design
from ..words import Texts, role_word, variables_of


def roles_of_design() -> dict[str, dict[str, int]]:
    """As what cities take part in a partnership of the default design."""
    return {role: dict(rule) for role, rule in default_design()["cities"].items()}


class Programme(MadeOnce, TimeStamped):
    """What a network sets up: purpose, policy field, languages, funder, its own stages.

    `policy_field` and `words` fill the variables of the questionnaires, see `words.py`; `tools_proposed` lists keys of
    tools; `roles` says as what cities take part and how many of each: `{role: {"least": 1, "most": 1}}`, without a
    "most" any number."""

    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True, max_length=5000)
    policy_field = MultilingualField(
        _("policy field"),
        help_text=_("As it reads inside a sentence, for example “the integration of migrants”."),
    )
    words = models.JSONField(_("words"), default=dict, blank=True, editable=False)
    network = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="programmes_run",
        verbose_name=_("coordinating organisation"),
    )
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    working_language = LanguageField(_("working language"), default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Brussels")
    funding_line = MultilingualField(_("funding line"), blank=True)
    disclaimer = MultilingualField(_("disclaimer"), blank=True)
    emblem = models.ImageField(_("funder’s emblem"), upload_to="programmes/", blank=True)
    logo = models.ImageField(_("logo"), upload_to="programmes/", blank=True)
    tools_proposed = models.JSONField(_("tools proposed"), default=list, blank=True)
    roles = models.JSONField(_("cities of a partnership"), default=roles_of_design, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    demo_loaded_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [from_before_to("partnerships_programme_dates")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("overview:board", self.pk)

    @property
    def variables(self) -> dict[str, Texts]:
        """What fills the variables of its questions, by their names."""
        return variables_of(self.words, self.policy_field)

    def role_word(self, role: Any) -> str:
        """What it calls a role of `enums`, in the reader's language."""
        return role_word(self.words, role, role.label)

    def role_choices(self, roles: Iterable[Any]) -> list[tuple[str, str]]:
        """Roles to choose from, in its words."""
        return [(role.value, self.role_word(role)) for role in roles]


class Stage(MadeOnce, FromDesign):
    """One stop of the programme's way. The order is shown, never forced (L).

    A stage may belong to one `partnership` alone: it stands there behind the stage `after`, at the beginning without
    one, and nowhere else."""

    design_fields = ("title", "purpose")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="stages")
    partnership = models.ForeignKey(
        "partnerships.Partnership", models.CASCADE, null=True, editable=False, related_name="own_stages"
    )
    after = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    key = models.SlugField(_("key"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"))
    title = MultilingualField(_("title"))
    purpose = MultilingualField(_("purpose"), blank=True)
    retired = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="partnerships_stage_key_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) | Q(after=None),
                name="partnerships_stage_place_of_own",
            ),
        ]

    def __str__(self):
        return in_language(self.title)


class Theme(MadeOnce):
    """What a partnership works on."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    title = MultilingualField(_("theme"))
    retired = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("theme")

    def __str__(self):
        return in_language(self.title)
