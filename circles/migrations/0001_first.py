"""Circles and their seats, calls with criteria and quotas."""

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0001_first"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Circle",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(unique=True)),
                    ("number", models.CharField(max_length=20, unique=True)),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("work_order", models.OneToOneField(on_delete=models.PROTECT, related_name="circle", to="formats.workorder")),
                    ("addressee", models.CharField(default="circle", editable=False, max_length=8)),
                    (
                        "state",
                        models.CharField(
                            choices=[("founded", "being filled"), ("working", "at work"), ("finished", "finished")], default="founded", max_length=10
                        ),
                    ),
                    ("is_demo", models.BooleanField(default=False)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("addressee", "circle")), name="circle_addressee"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Seat",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("circle", models.ForeignKey(on_delete=models.PROTECT, related_name="seats", to="circles.circle")),
                    ("number", models.PositiveSmallIntegerField()),
                    ("kind", models.CharField(choices=[("sector", "sector"), ("expert", "expert"), ("lot", "drawn by lot")], max_length=8)),
                    (
                        "sector",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("administration", "administration"),
                                ("science", "science"),
                                ("business", "business"),
                                ("politics", "politics"),
                                ("civil_society", "civil society"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("expertise", LocalizedTextField(default=LocalizedText)),
                    ("state", models.CharField(choices=[("free", "free"), ("offered", "offered"), ("taken", "taken")], default="free", max_length=8)),
                    ("holder", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL)),
                    ("ticket", models.CharField(blank=True, max_length=40)),
                    ("nominated_by_body", models.CharField(blank=True, max_length=200)),
                    ("nominated_on", models.DateField(blank=True, null=True)),
                    ("nomination_reason", models.CharField(blank=True, max_length=500)),
                    ("name_is_public", models.BooleanField(default=False)),
                    ("taken_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("circle", "number"), name="seat_number_once"),
                        models.UniqueConstraint(condition=models.Q(("kind", "sector")), fields=("circle", "sector"), name="seat_sector_once"),
                        models.UniqueConstraint(condition=models.Q(("holder__isnull", False)), fields=("circle", "holder"), name="seat_one_person_one_seat"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "sector"), ("number__gte", 1), ("number__lte", 5)),
                                models.Q(("kind", "expert"), ("number__gte", 6), ("number__lte", 10)),
                                models.Q(("kind", "lot"), ("number__gte", 11), ("number__lte", 15)),
                                _connector="OR",
                            ),
                            name="seat_kind_by_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("number", 1), ("sector", "administration")),
                                models.Q(("number", 2), ("sector", "science")),
                                models.Q(("number", 3), ("sector", "business")),
                                models.Q(("number", 4), ("sector", "politics")),
                                models.Q(("number", 5), ("sector", "civil_society")),
                                models.Q(("number__gte", 6), ("sector", "")),
                                _connector="OR",
                            ),
                            name="seat_sector_by_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("holder", None), ("state", "free"), ("taken_at", None)),
                                models.Q(("holder__isnull", False), ("state", "offered"), ("taken_at", None)),
                                models.Q(("holder__isnull", False), ("state", "taken"), ("taken_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="seat_state_has_holder",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "lot"), ("state", "free"), ("ticket", "")),
                                models.Q(("kind", "lot"), models.Q(("state", "free"), _negated=True), models.Q(("ticket", ""), _negated=True)),
                                models.Q(models.Q(("kind", "lot"), _negated=True), ("ticket", "")),
                                _connector="OR",
                            ),
                            name="seat_by_lot_has_ticket",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind", "lot"),
                                ("state", "free"),
                                models.Q(("nominated_on__isnull", False), models.Q(("nominated_by_body", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="seat_nomination_has_body",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Nomination",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seat", models.ForeignKey(on_delete=models.PROTECT, related_name="nominations", to="circles.seat")),
                    ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="nominations", to=settings.AUTH_USER_MODEL)),
                    ("body", models.CharField(max_length=200)),
                    ("reason", models.CharField(max_length=500)),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("nominated_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("nominated_at", models.DateTimeField(db_default=Now())),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "waiting for an answer"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("withdrawn", "withdrawn"),
                                ("returned", "accepted, later given back"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("has_conflict", models.BooleanField(default=False)),
                    ("conflict", models.CharField(blank=True, max_length=500)),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("seat",), name="nomination_one_open_per_seat"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="nomination_answer_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("conflict", ""), ("has_conflict", False)),
                                models.Q(("has_conflict", True), models.Q(("conflict", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="nomination_conflict_is_told",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Call",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("circle", models.ForeignKey(on_delete=models.PROTECT, related_name="calls", to="circles.circle")),
                    ("draw_id", models.CharField(max_length=64, unique=True, validators=[RegexValidator("^[a-z0-9-]{1,64}\\Z")])),
                    ("meeting", models.ForeignKey(on_delete=models.PROTECT, related_name="calls", to="formats.meeting")),
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
                ],
                options={
                    "ordering": ["-opens_at"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="call_closes_after_opening"),
                        models.CheckConstraint(condition=models.Q(("seats__gte", 1), ("seats__lte", 5)), name="call_one_to_five_seats"),
                        models.CheckConstraint(condition=models.Q(("kept_days__gte", 1), ("kept_days__lte", 365)), name="call_days_kept"),
                        models.CheckConstraint(condition=models.Q(("objection_days__gte", 3), ("objection_days__lte", 60)), name="call_days_to_object"),
                        models.CheckConstraint(condition=models.Q(("draw_id__regex", "^[a-z0-9-]{1,64}$")), name="call_draw_id_form"),
                        models.CheckConstraint(
                            condition=models.Q(("clock_ahead", datetime.timedelta(0)), ("draw_id__startswith", "demo-"), _connector="OR"),
                            name="call_clock_only_in_demo",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Criterion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="criteria", to="circles.call")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("code", models.CharField(max_length=40, validators=[RegexValidator("^[a-z0-9-]{1,40}\\Z")])),
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
                    ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="attributes", to="circles.call")),
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
                    ("attribute", models.ForeignKey(on_delete=models.CASCADE, related_name="values", to="circles.quotaattribute")),
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
                    ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="extensions", to="circles.call")),
                    ("closed_at", models.DateTimeField()),
                    ("closes_at", models.DateTimeField()),
                    ("met_in", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="formats.meeting")),
                    ("meeting", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="formats.meeting")),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("decided_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
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
