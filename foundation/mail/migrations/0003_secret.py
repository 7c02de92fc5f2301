"""Mails that only their addressee may read, and how often a mail was let go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_guarded_state")]
    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="secret",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="releases",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
