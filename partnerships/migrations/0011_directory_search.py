"""The directory is searched by trigrams, sorted bytewise, and keeps what was merged."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from foundation.languages import search_key, sort_key

LANGUAGES = ("de", "en", "fi")


def write_keys(apps, schema_editor):
    actors = apps.get_model("partnerships", "Actor")
    rows = list(actors.objects.only("name"))
    for row in rows:
        row.folded = (search_key(row.name) or row.name)[:600]
        for language in LANGUAGES:
            setattr(row, f"sort_{language}", sort_key(row.name, language)[:300])
    columns = ["folded", *(f"sort_{language}" for language in LANGUAGES)]
    actors.objects.bulk_update(rows, columns, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0010_nothing_begins_at_rest")]

    operations = [
        # A trusted extension since PostgreSQL 13: the owner of the database may create it.
        TrigramExtension(),
        *(
            migrations.AlterField(
                "actor", f"sort_{language}", models.CharField(max_length=300, db_collation="C")
            )
            for language in LANGUAGES
        ),
        migrations.AddField(
            "actor",
            "folded",
            models.CharField(max_length=600, db_collation="C", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "actor", "confirmed_on", models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            "actor",
            "merged_into",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="partnerships.actor",
            ),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
        # Changed rows wait for checks of their foreign keys, which tables under change cannot have.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint("actor", "actor_once_per_city"),
        migrations.AddConstraint(
            "actor",
            models.UniqueConstraint(
                fields=["name", "municipality"],
                name="actor_once_per_city",
                nulls_distinct=False,
                condition=models.Q(merged_into=None),
            ),
        ),
        migrations.AddConstraint(
            "actor",
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(is_published=False),
                name="actor_merged_is_hidden",
            ),
        ),
        migrations.AddConstraint(
            "actor",
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="actor_not_merged_into_itself"
            ),
        ),
        migrations.AddConstraint(
            "actor",
            models.CheckConstraint(
                condition=~models.Q(folded="") & ~models.Q(name=""), name="actor_has_name"
            ),
        ),
        migrations.AddIndex(
            "actor",
            GinIndex(fields=["folded"], name="actor_folded_trigrams", opclasses=["gin_trgm_ops"]),
        ),
        *(
            migrations.AddIndex(
                "actor",
                models.Index(
                    fields=[f"sort_{language}", "name", "id"],
                    name=f"actor_public_{language}",
                    condition=models.Q(is_published=True),
                ),
            )
            for language in LANGUAGES
        ),
    ]
