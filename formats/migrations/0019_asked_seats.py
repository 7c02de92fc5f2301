"""Circular votes know whom they asked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("formats", "0018_places_of_announced_events")]
    operations = [
        migrations.CreateModel(
            name="AskedSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("membership", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.membership")),
                ("resolution", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asked_seats", to="formats.resolution")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("resolution", "membership"), name="asked_seat_once")],
            },
        ),
    ]
