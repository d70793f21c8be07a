import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import programmes.common.fields
from programmes.common.immutability import immutability_trigger
from programmes.practices.searching import words_index


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assessments", "0001_initial"),
        ("participants", "0001_initial"),
        ("partnerships", "0003_letters_and_quiet_partnerships"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="city or area in words")),
                ("country", programmes.common.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_10k", "Under 10,000 inhabitants"),
                            ("under_50k", "10,000 to 50,000"),
                            ("under_150k", "50,000 to 150,000"),
                            ("under_500k", "150,000 to 500,000"),
                            ("over_500k", "500,000 and more"),
                        ],
                        max_length=10,
                        verbose_name="how large it is",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="name of the practice")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("policy", "Policy"),
                            ("project", "Project"),
                            ("service", "Service"),
                            ("activity", "Activity"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    programmes.common.fields.LanguageField(blank=True, max_length=10, verbose_name="language"),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="described at")),
                ("summary", models.TextField(blank=True, max_length=500, verbose_name="in three lines")),
                ("sources", models.TextField(blank=True, max_length=4000, verbose_name="sources")),
                ("contact_name", models.CharField(blank=True, max_length=200, verbose_name="person to ask")),
                ("contact_post", models.CharField(blank=True, max_length=200, verbose_name="post")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("contact_agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed to be named on")),
                (
                    "begun_from",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="assessments.answer",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="participants.organisation",
                        verbose_name="city",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="partnerships.team"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="practices", to="partnerships.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "good practice",
                "verbose_name_plural": "good practices",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PracticePicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("file", models.ImageField(upload_to="practices/", verbose_name="picture")),
                ("caption", models.CharField(max_length=300, verbose_name="what it shows")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="practices.practice"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PracticeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(blank=True, default=str, verbose_name="text")),
                (
                    "language",
                    programmes.common.fields.LanguageField(
                        blank=True, max_length=10, verbose_name="language of the text"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(editable=False, null=True, verbose_name="changed on")),
                (
                    "on_behalf",
                    models.BooleanField(default=False, verbose_name="typed by the facilitator on behalf of the city"),
                ),
                ("translation", models.TextField(blank=True, verbose_name="translation")),
                ("translation_of", models.PositiveIntegerField(editable=False, null=True)),
                ("point_key", models.CharField(max_length=60)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="practices.practice"
                    ),
                ),
                (
                    "translation_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PracticeTextRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("value", models.JSONField(blank=True, default=str)),
                ("language", programmes.common.fields.LanguageField(blank=True, max_length=10)),
                ("on_behalf", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("wording", models.JSONField(blank=True, default=dict)),
                ("restored_from", models.PositiveIntegerField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="practices.practicetext"
                    ),
                ),
            ],
            options={
                "ordering": ["revision"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("data", models.JSONField(editable=False)),
                ("occasion", models.CharField(blank=True, max_length=200, verbose_name="occasion")),
                (
                    "language",
                    programmes.common.fields.LanguageField(blank=True, max_length=10, verbose_name="language"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("words", models.TextField(editable=False)),
                ("kind", models.CharField(blank=True, editable=False, max_length=20)),
                ("country", programmes.common.fields.CountryField(blank=True, editable=False, max_length=2)),
                ("size", models.CharField(blank=True, editable=False, max_length=10)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="practices.practice"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(editable=False, related_name="practice_versions", to="partnerships.theme"),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("partnership", "Everybody in one partnership"),
                            ("programme", "Everybody in the programme"),
                            ("signed_in", "Everybody signed in"),
                            ("everybody", "Everybody, by a public page"),
                        ],
                        max_length=20,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_practices",
                        to="partnerships.partnership",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_practices",
                        to="partnerships.programme",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="practices.practiceversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("city__isnull", False), models.Q(("place", ""), _negated=True), _connector="OR"),
                name="practices_practice_somewhere",
                violation_error_message="Choose the city, or name the city or area in words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicetext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("translation_by__isnull", True), ("translation_of__isnull", True)),
                    models.Q(("translation_by__isnull", False), ("translation_of__isnull", False)),
                    _connector="OR",
                ),
                name="practices_practicetext_translation_complete",
                violation_error_message="These two belong together: give both or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicetext",
            constraint=models.UniqueConstraint(fields=("practice", "point_key"), name="practices_text_once"),
        ),
        migrations.AddConstraint(
            model_name="practicetextrevision",
            constraint=models.UniqueConstraint(
                fields=("owner", "revision"), name="practices_practicetextrevision_revision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceversion",
            constraint=models.UniqueConstraint(fields=("practice", "number"), name="practices_version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("audience", "partnership"), ("partnership__isnull", False), ("programme", None)),
                    models.Q(("audience", "programme"), ("partnership", None), ("programme__isnull", False)),
                    models.Q(("audience__in", ["signed_in", "everybody"]), ("partnership", None), ("programme", None)),
                    _connector="OR",
                ),
                name="practices_offer_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("audience", "partnership"), ("withdrawn_at", None)),
                fields=("version", "partnership"),
                name="practices_offer_partnership_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("audience", "programme"), ("withdrawn_at", None)),
                fields=("version", "programme"),
                name="practices_offer_programme_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("audience", "signed_in"), ("withdrawn_at", None)),
                fields=("version", "audience"),
                name="practices_offer_signed_in_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("audience", "everybody"), ("withdrawn_at", None)),
                fields=("version", "audience"),
                name="practices_offer_everybody_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="practices_offer_withdrawn_complete",
                violation_error_message="These two belong together: give both or neither.",
            ),
        ),
        immutability_trigger(
            "practices_practiceversion",
            (
                "schema",
                "data",
                "occasion",
                "language",
                "created_at",
                "created_by_id",
                "number",
                "practice_id",
                "words",
                "kind",
                "country",
                "size",
            ),
        ),
        words_index(),
    ]
