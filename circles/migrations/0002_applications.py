"""Applications and what is found out about them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("circles", "0001_first"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Application",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="applications", to="circles.call")),
                    ("reference", models.CharField(max_length=20)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unconfirmed", "waiting for your code"),
                                ("submitted", "received"),
                                ("qualified", "admitted"),
                                ("rejected", "not admitted"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="unconfirmed",
                            max_length=12,
                        ),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("email", models.CharField(blank=True, max_length=254)),
                    ("phone", models.CharField(blank=True, max_length=40)),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("motivation", models.TextField(blank=True, max_length=2000)),
                    ("support_needs", models.TextField(blank=True, max_length=1000)),
                    ("nonce", models.CharField(max_length=32)),
                    ("identity", models.CharField(max_length=254)),
                    ("ticket", models.CharField(max_length=40)),
                    ("user", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="applications", to=settings.AUTH_USER_MODEL)),
                    ("submitted_at", models.DateTimeField()),
                    ("code_digest", models.CharField(blank=True, max_length=64)),
                    ("code_tries", models.PositiveSmallIntegerField(default=0)),
                    ("code_expires_at", models.DateTimeField(null=True)),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("pending_email", models.CharField(blank=True, max_length=254)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("erased_at", models.DateTimeField(null=True)),
                    ("receipt", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["call", "state"], name="application_by_state"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "reference"), name="application_reference_once"),
                        models.UniqueConstraint(
                            condition=models.Q(models.Q(("state__in", ["withdrawn", "unconfirmed"]), _negated=True), ("erased_at", None)),
                            fields=("call", "identity"),
                            name="application_one_per_person",
                        ),
                        models.UniqueConstraint(fields=("call", "ticket"), name="application_ticket_once"),
                        models.CheckConstraint(condition=models.Q(("ticket__regex", "^[0-9a-f]{40}$")), name="application_ticket_form"),
                        models.CheckConstraint(
                            condition=models.Q(("state", "unconfirmed"), ("state", "withdrawn"), ("confirmed_at__isnull", False), _connector="OR"),
                            name="application_confirmed_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CriterionAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.CASCADE, related_name="answers", to="circles.application")),
                    ("criterion", models.ForeignKey(on_delete=models.PROTECT, to="circles.criterion")),
                    ("met", models.BooleanField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "criterion"), name="answer_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuotaAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.CASCADE, related_name="quota_answers", to="circles.application")),
                    ("attribute", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="circles.quotaattribute")),
                    ("value", models.ForeignKey(on_delete=models.PROTECT, related_name="answers", to="circles.quotavalue")),
                    ("consent_version", models.CharField(max_length=20)),
                    ("consented_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "attribute"), name="quota_answer_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Inquiry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.PROTECT, related_name="inquiries", to="circles.application")),
                    ("question", models.TextField(blank=True, max_length=1000)),
                    ("asked_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("asked_at", models.DateTimeField(db_default=Now())),
                    ("due_at", models.DateTimeField()),
                    ("answer", models.TextField(blank=True, max_length=2000)),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("answered_at", None), ("closed_at", None)), fields=("application",), name="inquiry_one_open"
                        ),
                        models.CheckConstraint(condition=models.Q(("due_at__gt", models.F("asked_at"))), name="inquiry_due_later"),
                        models.CheckConstraint(
                            condition=models.Q(("answer", ""), ("answered_at__isnull", False), _connector="OR"), name="inquiry_answer_has_time"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Recusal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.PROTECT, related_name="recusals", to="circles.application")),
                    ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "person"), name="recusal_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Review",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.PROTECT, related_name="reviews", to="circles.application")),
                    ("reviewer", models.ForeignKey(on_delete=models.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL)),
                    ("qualified", models.BooleanField()),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "reviewer"), name="review_once_per_person"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewReason",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.ForeignKey(on_delete=models.PROTECT, related_name="reasons", to="circles.review")),
                    ("criterion", models.ForeignKey(on_delete=models.PROTECT, to="circles.criterion")),
                    ("reason", models.CharField(max_length=500)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("review", "criterion"), name="review_reason_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Objection",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=models.PROTECT, related_name="objections", to="circles.application")),
                    ("text", models.TextField(blank=True, max_length=2000)),
                    ("recorded_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("recorded_at", models.DateTimeField(db_default=Now())),
                    ("decided_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("upheld", models.BooleanField(null=True)),
                    ("reason", models.CharField(blank=True, max_length=500)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("decided_at", None)), fields=("application",), name="objection_one_open"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None), ("upheld", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("upheld__isnull", False)),
                                _connector="OR",
                            ),
                            name="objection_decided_by_somebody",
                        ),
                    ],
                },
            ),
        ),
    ]
