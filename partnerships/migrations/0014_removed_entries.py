"""What a contact had taken out of the directory stays out until somebody consents anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0013_text_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="actor",
            name="removed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed_on", None), ("is_published", False), _connector="OR"),
                name="actor_removed_is_hidden",
            ),
        ),
    ]
