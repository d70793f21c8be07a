from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("action_plans", "0003_folded_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="plangrant",
            name="kept_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
