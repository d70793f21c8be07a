"""Funding line and disclaimer were one text each; they become a text per language, the old one in the working language."""

from django.db import migrations

import programmes.common.fields

NAMES = ("funding_line", "disclaimer")


def keep_texts(apps, schema_editor):
    programmes = apps.get_model("partnerships", "Programme").objects
    for row in programmes.values("pk", "working_language", *NAMES):
        texts = {f"{name}_texts": {row["working_language"]: row[name]} for name in NAMES if row[name]}
        if texts:
            programmes.filter(pk=row["pk"]).update(**texts)


def take_one_back(apps, schema_editor):
    programmes = apps.get_model("partnerships", "Programme").objects
    for row in programmes.values("pk", "working_language", *(f"{name}_texts" for name in NAMES)):
        told = {name: row[f"{name}_texts"] for name in NAMES}
        one = {
            name: texts.get(row["working_language"]) or next(iter(texts.values()), "") for name, texts in told.items()
        }
        programmes.filter(pk=row["pk"]).update(**one)


def field(label):
    return programmes.common.fields.MultilingualField(blank=True, default=dict, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_team_email")]

    operations = [
        migrations.AddField("programme", "funding_line_texts", field("funding line")),
        migrations.AddField("programme", "disclaimer_texts", field("disclaimer")),
        migrations.RunPython(keep_texts, take_one_back),
        migrations.RemoveField("programme", "funding_line"),
        migrations.RemoveField("programme", "disclaimer"),
        migrations.RenameField("programme", "funding_line_texts", "funding_line"),
        migrations.RenameField("programme", "disclaimer_texts", "disclaimer"),
    ]
