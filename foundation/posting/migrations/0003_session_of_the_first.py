"""A second click without a cookie gets the session that the first one began."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posting", "0002_cache_table")]
    operations = [
        migrations.AddField(
            "postedonce", "session_key", models.CharField(blank=True, default="", max_length=40)
        )
    ]
