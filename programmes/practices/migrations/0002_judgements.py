import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import programmes.common.fields
from programmes.common.immutability import immutability_trigger


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0003_letters_and_quiet_partnerships"),
        ("practices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("title", models.CharField(editable=False, max_length=200)),
                ("place", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "language",
                    programmes.common.fields.LanguageField(blank=True, max_length=10, verbose_name="language"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("transfer", "Yes, we transfer it"), ("part", "Part of it"), ("not_here", "Not here")],
                        max_length=20,
                        verbose_name="decision",
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
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="practices.practice"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="partnerships.team"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="practices.practiceversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement of a practice",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="JudgementText",
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
                ("question_key", models.CharField(max_length=60)),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="practices.judgement"
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
            name="JudgementTextRevision",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="practices.judgementtext",
                    ),
                ),
            ],
            options={
                "ordering": ["revision"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JudgementVersion",
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
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
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
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="practices.judgement"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JudgementGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                ("section_key", models.CharField(blank=True, default="", max_length=60)),
                ("recalled_at", models.DateTimeField(editable=False, null=True)),
                ("kept_at", models.DateTimeField(editable=False, null=True)),
                (
                    "recalled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "support_group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_grants",
                        to="partnerships.supportgroup",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_grants",
                        to="partnerships.team",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="practices.judgementversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="judgement",
            name="beside",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stands_beside",
                to="practices.judgementversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("translation_by__isnull", True), ("translation_of__isnull", True)),
                    models.Q(("translation_by__isnull", False), ("translation_of__isnull", False)),
                    _connector="OR",
                ),
                name="practices_judgementtext_translation_complete",
                violation_error_message="These two belong together: give both or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementtext",
            constraint=models.UniqueConstraint(
                fields=("judgement", "question_key"), name="practices_judgement_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementtextrevision",
            constraint=models.UniqueConstraint(
                fields=("owner", "revision"), name="practices_judgementtextrevision_revision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementversion",
            constraint=models.UniqueConstraint(
                fields=("judgement", "number"), name="practices_judgement_version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("support_group", None), ("team__isnull", False)),
                    models.Q(("support_group__isnull", False), ("team", None)),
                    _connector="OR",
                ),
                name="practices_grant_one_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementgrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("team__isnull", False)),
                fields=("version", "section_key", "team"),
                name="practices_grant_team_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementgrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("support_group__isnull", False)),
                fields=("version", "section_key", "support_group"),
                name="practices_grant_group_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recalled_at__isnull", True), ("recalled_by__isnull", True)),
                    models.Q(("recalled_at__isnull", False), ("recalled_by__isnull", False)),
                    _connector="OR",
                ),
                name="practices_grant_recall_complete",
                violation_error_message="These two belong together: give both or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("team", "practice"), name="practices_judgement_once"),
        ),
        immutability_trigger(
            "practices_judgementversion",
            (
                "schema",
                "data",
                "occasion",
                "language",
                "created_at",
                "created_by_id",
                "number",
                "name",
                "judgement_id",
            ),
        ),
    ]
