"""A questionnaire is data: sections, questions with parts, in several languages (N1, S1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import MultilingualField, in_language

from ..enums import PartKind, Party, QuestionnaireKey


class Questionnaire(models.Model):
    """One version of a form. Once published its structure stays; wording and translations may be corrected."""

    key = models.SlugField(_("key"), max_length=40, choices=QuestionnaireKey.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = MultilingualField(_("title"))
    purpose = MultilingualField(_("purpose"), blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="assessments_questionnaire_version_once"),
        ]

    def __str__(self):
        return in_language(self.title)


class Section(models.Model):
    """`answered_by` writes it; `kept_by` says whose response holds the answers. The association's context is kept
    once, with the association, and offered in the forms of each of its cities (Annex 2, 18–22)."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=60)
    order = models.PositiveSmallIntegerField()
    title = MultilingualField(_("title"))
    purpose = MultilingualField(_("purpose"), blank=True)
    answered_by = models.CharField(max_length=20, choices=Party.choices, default=Party.CITY)
    kept_by = models.CharField(max_length=20, choices=Party.choices, default=Party.CITY)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="assessments_section_key_once"),
        ]

    def __str__(self):
        return in_language(self.title)


class Question(models.Model):
    """`number` is the prompt's number in the annex; `opens_first` marks the few a newcomer is shown at once."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
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
    """One box. Its key is stable across versions and forms: an answer is unique per response and part key.

    `options` of a choice: `[{"key": …, "label": {language: text}}]`; of money: see `programmes.assessments.kinds`."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=10, choices=PartKind.choices, default=PartKind.TEXT)
    label = MultilingualField(_("label"), blank=True)
    help = MultilingualField(_("help"), blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    options = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="assessments_part_key_once")]
