"""Applications, drafts of them, and what is found out about them."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0008_news"),
        ("circles", "0002_calls"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Application",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="circles.call")),
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
                    ("postal_address", models.CharField(blank=True, max_length=300)),
                    ("language", models.CharField(default="de", max_length=2)),
                    (
                        "way",
                        models.CharField(
                            choices=[("online", "online"), ("letter", "by letter"), ("phone", "by telephone"), ("desk", "in person")],
                            default="online",
                            max_length=6,
                        ),
                    ),
                    ("file_reference", models.CharField(blank=True, max_length=40)),
                    ("motivation", models.TextField(blank=True, max_length=2000)),
                    ("support_needs", models.TextField(blank=True, max_length=1000)),
                    ("nonce", models.CharField(max_length=32)),
                    ("identity", models.CharField(max_length=254)),
                    ("ticket", models.CharField(max_length=40)),
                    (
                        "user",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="applications", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "reached_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications_by_mailbox",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("name_key", models.CharField(blank=True, max_length=200)),
                    ("phone_key", models.CharField(blank=True, max_length=40)),
                    ("looked_for", models.CharField(blank=True, max_length=700)),
                    ("submitted_at", models.DateTimeField()),
                    ("code_digest", models.CharField(blank=True, max_length=64)),
                    ("code_tries", models.PositiveSmallIntegerField(default=0)),
                    ("code_expires_at", models.DateTimeField(null=True)),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("pending_email", models.CharField(blank=True, max_length=254)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("erased_at", models.DateTimeField(null=True)),
                    (
                        "receipt",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["call", "state"], name="application_by_state"),
                        models.Index(fields=["call", "submitted_at", "id"], name="application_in_order"),
                        models.Index(fields=["call", "name_key"], name="application_by_name"),
                        models.Index(condition=models.Q(("phone_key", ""), _negated=True), fields=["call", "phone_key"], name="application_by_phone"),
                        django.contrib.postgres.indexes.GinIndex(fields=["looked_for"], name="application_trigrams", opclasses=["gin_trgm_ops"]),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "reference"), name="application_reference_once"),
                        models.UniqueConstraint(
                            condition=models.Q(models.Q(("state__in", ["withdrawn", "unconfirmed"]), _negated=True), ("erased_at", None)),
                            fields=("call", "identity"),
                            name="application_one_per_person",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["withdrawn", "unconfirmed"]), _negated=True),
                                ("erased_at", None),
                                ("reached_by__isnull", False),
                            ),
                            fields=("call", "reached_by"),
                            name="application_two_per_mailbox",
                        ),
                        models.UniqueConstraint(fields=("call", "ticket"), name="application_ticket_once"),
                        models.CheckConstraint(condition=models.Q(("ticket__regex", "^[0-9a-f]{40}$")), name="application_ticket_form"),
                        models.CheckConstraint(
                            condition=models.Q(("state", "unconfirmed"), ("state", "withdrawn"), ("confirmed_at__isnull", False), _connector="OR"),
                            name="application_confirmed_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("way", "online"), ("identity__startswith", "ref:"), ("identity", ""), _connector="OR"),
                            name="application_paper_by_reference",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CriterionAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("application", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="circles.application")),
                    ("criterion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="circles.criterion")),
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
                    (
                        "application",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="quota_answers", to="circles.application"),
                    ),
                    ("attribute", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.quotaattribute")),
                    ("value", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="circles.quotavalue")),
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
                name="Draft",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="circles.call")),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("typed", models.JSONField(default=dict)),
                    ("saved_at", models.DateTimeField()),
                    ("mailed_to", models.CharField(blank=True, max_length=254)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["saved_at"], name="draft_by_age"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Likeness",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("first", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="likenesses", to="circles.application")),
                    ("second", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="like_before", to="circles.application")),
                    ("same_name", models.BooleanField()),
                    ("same_phone", models.BooleanField()),
                    ("same_mailbox", models.BooleanField()),
                    ("is_same", models.BooleanField(null=True)),
                    (
                        "decided_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("decided_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name_plural": "likenesses",
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
                        models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="likeness_in_order"),
                        models.CheckConstraint(
                            condition=models.Q(("same_name", True), ("same_phone", True), ("same_mailbox", True), _connector="OR"),
                            name="likeness_has_a_sign",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None), ("is_same", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("is_same__isnull", False)),
                                _connector="OR",
                            ),
                            name="likeness_decided_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Inquiry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "application",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="circles.application"),
                    ),
                    ("question", models.TextField(blank=True, max_length=1000)),
                    ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    (
                        "application",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="circles.application"),
                    ),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="circles.application")),
                    ("reviewer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL)),
                    ("qualified", models.BooleanField()),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    ("review", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reasons", to="circles.review")),
                    ("criterion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="circles.criterion")),
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
                    (
                        "application",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="circles.application"),
                    ),
                    ("text", models.TextField(blank=True, max_length=2000)),
                    ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "decided_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
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
