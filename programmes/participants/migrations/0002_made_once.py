from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="form_key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
