from django.db import migrations, models

from programmes.common.immutability import immutability_trigger


class Migration(migrations.Migration):
    dependencies = [
        ("action_plans", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="planversion",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        immutability_trigger(
            "action_plans_planversion",
            ("schema", "data", "occasion", "language", "created_at", "created_by_id", "number", "name", "plan_id"),
        ),
    ]
