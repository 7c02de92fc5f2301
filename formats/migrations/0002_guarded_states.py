"""States move through one door; an office project answers only an order addressed to the office."""

from django.db import migrations

from foundation.triggers import GuardState


class Migration(migrations.Migration):
    dependencies = [("formats", "0001_first")]
    operations = [
        GuardState("Meeting", initial="scheduled"),
        GuardState("Vision", initial="draft"),
        GuardState("WorkOrder", initial="open"),
        migrations.RunSQL(
            "ALTER TABLE formats_officeproject ADD CONSTRAINT office_project_right_order"
            " FOREIGN KEY (work_order_id, addressee)"
            " REFERENCES formats_workorder (id, addressee)",
            "ALTER TABLE formats_officeproject DROP CONSTRAINT office_project_right_order",
        ),
    ]
