"""Calls with criteria and quotas."""

import datetime

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("circles", "0001_first"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Call",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="circles.circle")),
                    (
                        "draw_id",
                        models.CharField(max_length=64, unique=True, validators=[django.core.validators.RegexValidator("^[a-z0-9-]{1,64}\\Z")]),
                    ),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="formats.meeting")),
                    ("question", LocalizedTextField(default=LocalizedText)),
                    ("task", LocalizedTextField(default=LocalizedText)),
                    ("effort", LocalizedTextField(default=LocalizedText)),
                    ("not_needed", LocalizedTextField(default=LocalizedText)),
                    ("allowance", LocalizedTextField(default=LocalizedText)),
                    ("contact", models.CharField(max_length=300)),
                    ("seats", models.PositiveSmallIntegerField(default=5)),
                    ("reserve_kept", models.PositiveSmallIntegerField(default=20)),
                    ("answer_days", models.PositiveSmallIntegerField(default=14)),
                    ("objection_days", models.PositiveSmallIntegerField(default=7)),
                    ("kept_days", models.PositiveSmallIntegerField(default=30)),
                    ("opens_at", models.DateTimeField()),
                    ("closes_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "in preparation"),
                                ("open", "open"),
                                ("frozen", "draw pool closed"),
                                ("drawn", "drawn"),
                                ("all_admitted", "all admitted"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="draft",
                            max_length=12,
                        ),
                    ),
                    ("clock_ahead", models.DurationField(default=datetime.timedelta)),
                    ("is_trial", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["-opens_at"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="call_closes_after_opening"),
                        models.CheckConstraint(condition=models.Q(("seats__gte", 1), ("seats__lte", 5)), name="call_one_to_five_seats"),
                        models.CheckConstraint(condition=models.Q(("kept_days__gte", 1), ("kept_days__lte", 365)), name="call_days_kept"),
                        models.CheckConstraint(
                            condition=models.Q(("objection_days__gte", 3), ("objection_days__lte", 60)), name="call_days_to_object"
                        ),
                        models.CheckConstraint(condition=models.Q(("draw_id__regex", "^[a-z0-9-]{1,64}$")), name="call_draw_id_form"),
                        models.CheckConstraint(
                            condition=models.Q(("clock_ahead", datetime.timedelta(0)), ("draw_id__startswith", "demo-"), _connector="OR"),
                            name="call_clock_only_in_demo",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("draw_id__startswith", "probe-"), ("is_trial", True)),
                                models.Q(("is_trial", False), models.Q(("draw_id__startswith", "probe-"), _negated=True)),
                                _connector="OR",
                            ),
                            name="call_trial_by_name",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("is_trial", False), ("state__in", ["draft", "open"]), _connector="OR"),
                            name="call_trial_ends_before_the_pool",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Criterion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="circles.call")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("code", models.CharField(max_length=40, validators=[django.core.validators.RegexValidator("^[a-z0-9-]{1,40}\\Z")])),
                    ("question", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "position"), name="criterion_position_once"),
                        models.UniqueConstraint(fields=("call", "code"), name="criterion_code_once"),
                        models.CheckConstraint(condition=models.Q(("code__regex", "^[a-z0-9-]{1,40}$")), name="criterion_code_form"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuotaAttribute",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attributes", to="circles.call")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("question", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "position"), name="attribute_position_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuotaValue",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("attribute", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="values", to="circles.quotaattribute")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("label", LocalizedTextField(default=LocalizedText)),
                    ("least", models.PositiveSmallIntegerField(default=0)),
                    ("most", models.PositiveSmallIntegerField()),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("attribute", "position"), name="quota_value_position_once"),
                        models.CheckConstraint(condition=models.Q(("least__lte", models.F("most"))), name="quota_least_to_most"),
                        models.CheckConstraint(condition=models.Q(("position__gte", 1), ("position__lte", 8)), name="quota_value_position"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Extension",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="circles.call")),
                    ("closed_at", models.DateTimeField()),
                    ("closes_at", models.DateTimeField()),
                    ("met_in", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.meeting")),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.meeting")),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("decided_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("decided_at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("closed_at"))), name="extension_is_later"),
                        models.CheckConstraint(condition=models.Q(("reason", {}), _negated=True), name="extension_has_a_reason"),
                    ],
                },
            ),
        ),
    ]
