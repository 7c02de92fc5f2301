"""Who was in the room is written once, before the dice."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0003_rules_of_the_draw"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="DrawRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chair", models.CharField(max_length=200)),
                ("minute_taker", models.CharField(max_length=200)),
                ("throwers", models.JSONField()),
                ("witnesses", models.JSONField()),
                ("began_at", models.DateTimeField()),
                ("conflicts", models.CharField(blank=True, max_length=500)),
                ("incidents", models.CharField(blank=True, max_length=1000)),
                (
                    "written_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="circles.draw",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        AppendOnly("DrawRecord"),
    ]
