from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_prompts_and_reach"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharegrant",
            name="kept_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
