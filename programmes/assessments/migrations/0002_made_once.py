from django.db import migrations, models

from programmes.common.immutability import immutability_trigger


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharedversion",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        immutability_trigger(
            "assessments_sharedversion",
            (
                "schema",
                "data",
                "occasion",
                "language",
                "created_at",
                "created_by_id",
                "number",
                "name",
                "response_id",
                "shared_by_id",
            ),
        ),
    ]
