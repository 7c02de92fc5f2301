"""When a circle was founded, began and ended; for circles of before, as the trail noted."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now

FILL = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE circles_circle c SET
  founded_at = COALESCE((SELECT min(e.at) FROM audit_entry e WHERE e.subject_id = c.id::text
    AND e.subject_type = 'circles.circle' AND e.verb = 'circle.founded'), now()),
  began_at = CASE WHEN state <> 'founded' THEN COALESCE(
    (SELECT min(e.at) FROM audit_entry e WHERE e.subject_id = c.id::text
      AND e.subject_type = 'circles.circle' AND e.verb = 'state.working'), now()) END,
  ended_at = CASE WHEN state = 'finished' THEN COALESCE(
    (SELECT min(e.at) FROM audit_entry e WHERE e.subject_id = c.id::text
      AND e.subject_type = 'circles.circle' AND e.verb = 'state.finished'), now()) END;
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0023_circle_at_work"), ("audit", "0001_first")]
    operations = [
        migrations.AddField("circle", "founded_at", models.DateTimeField(db_default=Now())),
        migrations.AddField("circle", "began_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("circle", "ended_at", models.DateTimeField(null=True, blank=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "circle",
            models.CheckConstraint(
                condition=Q(state="founded", began_at=None, ended_at=None)
                | Q(state="working", began_at__isnull=False, ended_at=None)
                | Q(state="finished", began_at__isnull=False, ended_at__isnull=False),
                name="circle_state_has_times",
            ),
        ),
    ]
