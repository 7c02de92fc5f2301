"""Who noted the yes of somebody that applied on paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0021_rules_of_recusals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        Tables(
            migrations.AddField(
                "offer",
                "entered_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddConstraint(
                "offer",
                models.CheckConstraint(
                    condition=models.Q(entered_by=None) | models.Q(state__in=["accepted", "returned"]),
                    name="offer_entered_was_accepted",
                ),
            ),
        ),
    ]
