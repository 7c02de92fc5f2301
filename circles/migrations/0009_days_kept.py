"""Calls say how many days people who were not drawn are remembered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0008_seats_given_back'),
        ('formats', '0003_adoptions_have_happened'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='kept_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('kept_days__gte', 1), ('kept_days__lte', 365)), name='call_days_kept'),
        ),
    ]
