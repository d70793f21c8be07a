"""Good practices: what a city does that others may learn from (Annex 4, GP1–GP3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.assessments.models import Answer
from programmes.benchmarks.models import Benchmark
from programmes.common.addresses import address
from programmes.common.fields import CountryField, LanguageField, MomentField
from programmes.common.models import RevisionedValue, Snapshot, TimeStamped, both_or_neither, history_of
from programmes.common.once import MadeOnce
from programmes.participants.models import Organisation
from programmes.partnerships.models import Partnership, Programme, Team, Theme
from programmes.sharing.models import Grant, SharedSnapshot

from .enums import Audience, CitySize, Decision, PracticeKind
from .shapes import JUDGEMENT, PRACTICE

USER = settings.AUTH_USER_MODEL
OFFERED_BY: dict[str, list[str]] = {
    Audience.PARTNERSHIP: ["partnership"],
    Audience.PROGRAMME: ["programme"],
    Audience.SIGNED_IN: ["audience"],
    Audience.EVERYBODY: ["audience"],
}
"""What tells two offers of one audience apart."""


class Practice(MadeOnce, TimeStamped):
    """A good practice as the team that describes it writes it; others read an offered version, never this.

    `city` is of the directory; `place` names the city or area in words, for one outside the programmes too, with its
    `country` and `size`. `sources` says where what is told comes from, one source a line. `begun_from` is the answer
    about the team's strengths that it began with.
    Personal data: the contact, with the day on which that person agreed to be named (`contact_agreed_on`); without it
    nobody outside the team reads who it is. Kept until the team empties it."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="practices")
    city = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("city"),
    )
    place = models.CharField(_("city or area in words"), max_length=200, blank=True)
    country = CountryField(_("country"), blank=True)
    size = models.CharField(_("how large it is"), max_length=10, choices=CitySize.choices, blank=True)
    title = models.CharField(_("name of the practice"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=PracticeKind.choices, blank=True)
    language = LanguageField(_("language"), blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="practices", verbose_name=_("themes"))
    link = models.URLField(_("described at"), max_length=500, blank=True)
    summary = models.TextField(_("in three lines"), max_length=500, blank=True)
    sources = models.TextField(_("sources"), max_length=4000, blank=True)
    begun_from = models.ForeignKey(Answer, models.PROTECT, null=True, editable=False, related_name="practices")
    contact_name = models.CharField(_("person to ask"), max_length=200, blank=True)
    contact_post = models.CharField(_("post"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_agreed_on = models.DateField(_("agreed to be named on"), null=True, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=False) | ~Q(place=""),
                name="practices_practice_somewhere",
                violation_error_message=_("Choose the city, or name the city or area in words."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("practices:practice", self.pk)

    @property
    def address_for_reading(self) -> str:
        return address("practices:entry", self.pk)

    @property
    def where(self) -> str:
        return self.place or str(self.city or "")

    @property
    def is_of_another(self) -> bool:
        """Described on behalf of another city or area than the team's own."""
        return self.city_id != self.team.enrolment.organisation_id

    @property
    def contact_is_named(self) -> bool:
        """To others: somebody is there, and agreed."""
        return bool(self.contact_agreed_on and (self.contact_name or self.contact_post))


class PracticePicture(MadeOnce, TimeStamped):
    """A picture of a practice, with what it shows in words. Taken away, the file is gone, from all versions.

    May show people: whoever adds it says that they agreed. Kept until the team takes it away."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="pictures")
    file = models.ImageField(_("picture"), upload_to="practices/")
    caption = models.CharField(_("what it shows"), max_length=300)
    added_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.caption


class PracticeText(RevisionedValue):
    """One point of a practice, light markup; see `points`."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="texts")
    point_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            *RevisionedValue.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "point_key"], name="practices_text_once"),
        ]


class PracticeTextRevision(history_of("practices.PracticeText")):  # type: ignore[misc]
    """History of one point."""


class PracticeVersion(MadeOnce, Snapshot):
    """A practice as it was offered; `words`, `kind`, `country`, `size` and `themes` are what the library searches by.

    Contact and pictures are read from the practice, so that a consent withdrawn holds for all versions at once."""

    shape = PRACTICE
    frozen_fields = (*Snapshot.frozen_fields, "number", "practice", "words", "kind", "country", "size")

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    words = models.TextField(editable=False)
    kind = models.CharField(max_length=20, blank=True, editable=False)
    country = CountryField(blank=True, editable=False)
    size = models.CharField(max_length=10, blank=True, editable=False)
    themes = models.ManyToManyField(Theme, related_name="practice_versions", editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="practices_version_number_once")]
        indexes = [models.Index(fields=["-created_at", "-id"], name="practices_version_newest")]

    @property
    def content(self):
        """What was frozen, in the newest layout: `shapes.PracticeData`."""
        return self.shape.upgrade(self.data, self.schema)


class Offer(TimeStamped):
    """Who may read a version; withdrawn at will, and then nobody of them reads it. `updated_at`: when it was offered
    last; of a partnership, those read it who took part then."""

    version = models.ForeignKey(PracticeVersion, models.PROTECT, related_name="offers")
    audience = models.CharField(max_length=20, choices=Audience.choices)
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, related_name="offered_practices")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="offered_practices")
    withdrawn_at = MomentField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.PARTNERSHIP, partnership__isnull=False, programme=None)
                | Q(audience=Audience.PROGRAMME, partnership=None, programme__isnull=False)
                | Q(audience__in=[Audience.SIGNED_IN, Audience.EVERYBODY], partnership=None, programme=None),
                name="practices_offer_to_somebody",
            ),
            *(
                models.UniqueConstraint(
                    fields=["version", *fields],
                    condition=Q(withdrawn_at=None, audience=audience),
                    name=f"practices_offer_{audience}_once",
                )
                for audience, fields in OFFERED_BY.items()
            ),
            both_or_neither("withdrawn_at", "withdrawn_by", name="practices_offer_withdrawn_complete"),
        ]


class Judgement(MadeOnce, TimeStamped):
    """Whether a practice of another could work in the team's own city: five questions and a decision. The team's own
    until it is shared. `version` is what was judged; `title` and `place` stay when that is withdrawn. `beside` is the
    state that readers of the practice read beside it, where the team offers it."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="judgements")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="judgements")
    version = models.ForeignKey(PracticeVersion, models.PROTECT, related_name="judgements", editable=False)
    title = models.CharField(max_length=200, editable=False)
    place = models.CharField(max_length=200, blank=True, editable=False)
    language = LanguageField(_("language"), blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices, blank=True)
    beside = models.ForeignKey(
        "practices.JudgementVersion", models.PROTECT, null=True, editable=False, related_name="stands_beside"
    )
    created_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        verbose_name = _("judgement of a practice")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["team", "practice"], name="practices_judgement_once")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("practices:judgement", self.pk)


class JudgementText(RevisionedValue):
    """The answer to one of the five questions, light markup; see `points.questions`."""

    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="texts")
    question_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            *RevisionedValue.Meta.constraints,
            models.UniqueConstraint(fields=["judgement", "question_key"], name="practices_judgement_text_once"),
        ]


class JudgementTextRevision(history_of("practices.JudgementText")):  # type: ignore[misc]
    """History of one answer."""


class JudgementVersion(MadeOnce, SharedSnapshot):
    """A judgement as it was shared."""

    shape = JUDGEMENT
    frozen_fields = (*SharedSnapshot.frozen_fields, "judgement")

    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="versions")

    class Meta(SharedSnapshot.Meta):
        constraints = [
            models.UniqueConstraint(fields=["judgement", "number"], name="practices_judgement_version_number_once")
        ]


class JudgementGrant(Grant):
    """A shared judgement for one reader, always the whole."""

    version = models.ForeignKey(JudgementVersion, models.PROTECT, related_name="grants")


class Booklet(MadeOnce, TimeStamped):
    """Practices of the library that one person chose, to print together. That person's alone; it goes with the account,
    or when the person deletes it."""

    owner = models.ForeignKey(USER, models.CASCADE, editable=False, related_name="booklets")
    title = models.CharField(_("title"), max_length=200)
    practices = models.ManyToManyField(Practice, related_name="booklets")

    class Meta:
        verbose_name = _("booklet")
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("practices:booklet", self.pk)


class FactorServed(models.Model):
    """That a practice shows how a key factor can be fulfilled (GP2). The factor is named by its key, which is the same
    in every version of its benchmark."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="factors_served")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, related_name="practices")
    factor_key = models.SlugField(max_length=60)

    class Meta:
        ordering = ["benchmark", "factor_key"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "benchmark", "factor_key"], name="practices_factor_served_once")
        ]
