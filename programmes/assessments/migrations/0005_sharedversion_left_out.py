from django.db import migrations, models

from programmes.common.immutability import immutability_trigger


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_grant_kept")]

    operations = [
        migrations.AddField(
            model_name="sharedversion",
            name="left_out",
            field=models.JSONField(default=list, editable=False),
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
                "left_out",
            ),
        ),
    ]
