from django.db import migrations, models


def fill(apps, schema_editor):
    """What the programme proposes, changed by what the cities switched on and off."""
    for row in apps.get_model("partnerships", "Partnership").objects.select_related("programme"):
        chosen = dict(row.tool_uses.values_list("tool", "in_use"))
        used = {tool for tool in row.programme.tools_proposed if chosen.get(tool, True)}
        used |= {tool for tool, on in chosen.items() if on}
        row.tools_used = f" {' '.join(sorted(used))} "
        row.save(update_fields=["tools_used"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_words")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="tools_used",
            field=models.CharField(default="", editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
