from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="reader",
            name="seen_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
