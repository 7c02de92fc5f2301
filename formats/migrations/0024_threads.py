"""Each vision begins a thread with a number of its own; orders know on which day they were given."""

from django.db import migrations, models

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
    dependencies = [("formats", "0023_event_invitations"), ("audit", "0001_first")]
    operations = [
        migrations.AddField("vision", "thread", models.PositiveIntegerField(null=True)),
        migrations.AddField("workorder", "given_on", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("vision", "thread", models.PositiveIntegerField(unique=True)),
        migrations.AlterField("workorder", "given_on", models.DateField()),
    ]
