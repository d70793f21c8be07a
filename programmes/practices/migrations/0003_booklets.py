import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0002_judgements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Booklet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed on")),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="booklets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("practices", models.ManyToManyField(related_name="booklets", to="practices.practice")),
            ],
            options={
                "verbose_name": "booklet",
                "ordering": ["-pk"],
            },
        ),
    ]
