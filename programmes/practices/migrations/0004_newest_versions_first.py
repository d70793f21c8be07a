from django.conf import settings
from django.db import migrations, models

from programmes.practices.searching import stored_words


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_roles_are_words_of_the_code"),
        ("practices", "0003_booklets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="practiceversion",
            index=models.Index(fields=["-created_at", "-id"], name="practices_version_newest"),
        ),
        stored_words(),
    ]
