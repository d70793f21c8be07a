"""A questionnaire is data: versions with sections, questions and parts, in several languages (N1, S1)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import FixedChoicesField, MomentField, MultilingualField, in_language
from programmes.common.kinds import KindField
from programmes.partnerships.models import Programme

from ..enums import Party, Purpose


class Questionnaire(models.Model):
    """A form, whatever it asks today: for every programme, or of the one that owns it. Code asks for the `purpose`
    (`structure.newest_for`), never for the
    key, which names the form in its file."""

    owner = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="questionnaires", verbose_name=_("programme")
    )
    key = models.SlugField(_("key"), max_length=40)
    purpose = FixedChoicesField(_("purpose"), max_length=40, choices=Purpose.choices)
    title = MultilingualField(_("title"))

    class Meta:
        ordering = ["key", "pk"]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(owner=None), name=f"assessments_questionnaire_{name}_once"
                )
                for name in ("key", "purpose")
            ),
            *(
                models.UniqueConstraint(
                    fields=["owner", name],
                    condition=Q(owner__isnull=False),
                    name=f"assessments_questionnaire_owned_{name}_once",
                )
                for name in ("key", "purpose")
            ),
        ]

    def __str__(self):
        return in_language(self.title)


class QuestionnaireVersion(models.Model):
    """What a form asks. Once published its structure stays; wording and translations may be corrected, and then
    `stamp` is another: what was kept of the version in memory is read anew."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    intro = MultilingualField(_("what it is for"), blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    published_at = MomentField(_("published"), null=True, blank=True)
    stamp = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="assessments_questionnaire_version_once"),
        ]

    def __str__(self):
        return f"{self.questionnaire} {self.number}"


class Section(models.Model):
    """`answered_by` writes it; `kept_by` says whose response holds the answers. The association's context is kept
    once, with the association, and offered in the forms of each of its cities (Annex 2, 18–22)."""

    version = models.ForeignKey(QuestionnaireVersion, models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=60)
    order = models.PositiveSmallIntegerField()
    title = MultilingualField(_("title"))
    purpose = MultilingualField(_("purpose"), blank=True)
    answered_by = models.CharField(max_length=20, choices=Party.choices, default=Party.CITY)
    kept_by = models.CharField(max_length=20, choices=Party.choices, default=Party.CITY)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="assessments_section_key_once")]

    def __str__(self):
        return in_language(self.title)


class Question(models.Model):
    """`number` is the prompt's number in the annex, None beside them; `opens_first` marks the few a
    newcomer is shown at once."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField()
    title = MultilingualField(_("title"))
    help = MultilingualField(_("help"), blank=True)
    opens_first = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="assessments_question_key_once")]

    def __str__(self):
        return in_language(self.title)


class Part(models.Model):
    """One box. Its key is stable across versions and forms: an answer is unique per response and part key, so that a
    key never changes its kind (see `checks`).

    `options` of a choice: `[{"key": …, "label": {language: text}}]`; `prompts` list what one may think of, a text per
    language each."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=3, blank=True)
    kind = KindField()
    label = MultilingualField(_("label"), blank=True)
    help = MultilingualField(_("help"), blank=True)
    prompts = models.JSONField(default=list, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    options = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="assessments_part_key_once")]
