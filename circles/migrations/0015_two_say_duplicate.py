"""That two applications come from one person takes two of the staff to say."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What one person decided before stays as their proposal; the later application is withdrawn.
SAID_BY_ONE = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE circles_likeness SET proposed_by_id = decided_by_id, proposed_at = decided_at,
  is_same = NULL, decided_by_id = NULL, decided_at = NULL WHERE is_same;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0014_names_for_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="likeness",
            name="proposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="likeness",
            name="proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(SAID_BY_ONE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("proposed_at", None), ("proposed_by", None)),
                        models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("is_same", None),
                        ("is_same", False),
                        models.Q(
                            ("proposed_by__isnull", False),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="likeness_one_person_say_two",
            ),
        ),
    ]
