"""The outbox."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=128, unique=True)),
                ("kind", models.CharField(max_length=64)),
                ("to", models.CharField(blank=True, max_length=254)),
                ("to_name", models.CharField(blank=True, max_length=200)),
                ("postal_address", models.TextField(blank=True)),
                ("language", models.CharField(max_length=2)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "Held"), ("queued", "Queued"), ("sent", "Sent"), ("cancelled", "Cancelled")], default="held", max_length=12
                    ),
                ),
                ("subject_type", models.CharField(max_length=64)),
                ("subject_id", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("sent_at", models.DateTimeField(null=True)),
                ("printed_at", models.DateTimeField(null=True)),
                ("phoned_at", models.DateTimeField(null=True)),
                ("phone_note", models.CharField(blank=True, max_length=300)),
                ("releases", models.PositiveSmallIntegerField(default=0)),
                ("secret", models.BooleanField(default=False)),
                ("hides_address", models.BooleanField(default=False)),
                ("unsubscribe_url", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="mail_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="mail_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to__regex", "[\\r\\n]"), _negated=True),
                            models.Q(("to_name__regex", "[\\r\\n]"), _negated=True),
                            models.Q(("subject__regex", "[\\r\\n]"), _negated=True),
                            models.Q(("unsubscribe_url__regex", "[\\s<>]"), _negated=True),
                        ),
                        name="mail_head_is_one_line",
                    ),
                ],
            },
        ),
    ]
