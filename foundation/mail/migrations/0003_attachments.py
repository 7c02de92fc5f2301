"""Files may leave with a mail: dates for calendars, papers of a session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_first"),
        ("mail", "0002_rules_of_mails"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                ("mail", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="mail.outgoingmail")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("mail", "file"), name="mail_attachment_once")],
            },
        ),
    ]
