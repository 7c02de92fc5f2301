"""A release says how long its seal can be checked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_bytes_for_ever")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="level",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
    ]
