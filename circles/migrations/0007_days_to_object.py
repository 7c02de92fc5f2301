"""Calls promise how many days people who are not admitted have to object."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0006_nothing_bends_a_draw'),
        ('formats', '0002_guarded_states'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='objection_days',
            field=models.PositiveSmallIntegerField(default=7),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('objection_days__gte', 3), ('objection_days__lte', 60)), name='call_days_to_object'),
        ),
    ]
