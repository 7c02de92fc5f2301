"""Strengths become a list that knows kinds, target pictures get their first version."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from foundation.triggers import AppendOnly

ARRAY = (
    "ALTER TABLE partnerships_municipality ADD CONSTRAINT municipality_strengths_listed"
    " CHECK (jsonb_typeof(strengths) = 'array')"
)
NO_ARRAY = "ALTER TABLE partnerships_municipality DROP CONSTRAINT municipality_strengths_listed"


def sort_strengths(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    municipality: Any = apps.get_model("partnerships", "Municipality")
    for city in municipality.objects.all():
        if isinstance(city.strengths, dict):
            longest = max((len(words) for words in city.strengths.values()), default=0)
            city.strengths = [
                {
                    "kind": "other",
                    "unique": False,
                    "text": {key: words[n] for key, words in city.strengths.items() if n < len(words)},
                }
                for n in range(longest)
            ]
            city.save(update_fields=["strengths"])


def unsort_strengths(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    municipality: Any = apps.get_model("partnerships", "Municipality")
    for city in municipality.objects.all():
        words: dict[str, list[str]] = {}
        for each in city.strengths:
            for language, text in each["text"].items():
                words.setdefault(language, []).append(text)
        city.strengths = words
        city.save(update_fields=["strengths"])


def keep_first_pictures(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    version: Any = apps.get_model("partnerships", "PictureVersion")
    partnership: Any = apps.get_model("partnerships", "Partnership")
    for found in partnership.objects.exclude(target_picture={}):
        version.objects.create(partnership=found, n=1, text=found.target_picture)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0018_profiles_of_cities")]

    operations = [
        migrations.RunPython(sort_strengths, unsort_strengths),
        migrations.RunPython(keep_first_pictures, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(ARRAY, NO_ARRAY),
        AppendOnly("PictureVersion"),
    ]
