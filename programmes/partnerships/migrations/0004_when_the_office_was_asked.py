from django.db import migrations

import programmes.common.fields


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_letters_and_quiet_partnerships")]

    operations = [
        migrations.AddField(
            model_name="teamoffice",
            name="asked_at",
            field=programmes.common.fields.MomentField(editable=False, null=True),
        ),
    ]
