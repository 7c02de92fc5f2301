"""Each vision begins a thread with a number of its own; orders know on which day they were given."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

# Orders of before: the day on which the trail noted them, else the day of this migration.
FILL = """
UPDATE formats_vision v SET thread = n.n
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM formats_vision) n WHERE n.id = v.id;
UPDATE formats_workorder o SET given_on = COALESCE(
  (SELECT (min(e.at) AT TIME ZONE 'Europe/Berlin')::date FROM audit_entry e
    WHERE e.subject_type = 'formats.workorder' AND e.subject_id = o.id::text
      AND e.verb = 'work-order.derived'),
  CURRENT_DATE);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0023_event_invitations"),
        ("audit", "0001_first"),
        ("documents", "0002_bytes_for_ever"),
    ]
    operations = [
        migrations.AddField("vision", "thread", models.PositiveIntegerField(null=True)),
        migrations.AddField("workorder", "given_on", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("vision", "thread", models.PositiveIntegerField(unique=True)),
        migrations.AlterField("workorder", "given_on", models.DateField()),
        migrations.CreateModel(
            "ThreadSheet",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=Now())),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "vision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="formats.vision",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["vision", "language", "digest"], name="thread_sheet_once"
                    )
                ],
            },
        ),
    ]
