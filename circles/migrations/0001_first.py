"""Circles, their seats, and who names people for them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0003_visions"),
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
                    ("work_order", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="circle", to="formats.workorder")),
                    ("addressee", models.CharField(default="circle", editable=False, max_length=8)),
                    (
                        "state",
                        models.CharField(
                            choices=[("founded", "being filled"), ("working", "at work"), ("finished", "finished")], default="founded", max_length=10
                        ),
                    ),
                    ("incomplete_reason", LocalizedTextField(default=LocalizedText)),
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
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="circles.circle")),
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
                    (
                        "holder",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL
                        ),
                    ),
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
                        models.UniqueConstraint(
                            condition=models.Q(("holder__isnull", False)), fields=("circle", "holder"), name="seat_one_person_one_seat"
                        ),
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
                name="SeatTerm",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="circles.seat")),
                    (
                        "person",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seat_terms", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("named_by_body", models.CharField(blank=True, max_length=200)),
                    ("began_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["seat", "pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("seat",), name="seat_term_one_open"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("person__isnull", False)), ("ended_at__gte", models.F("began_at")), _connector="OR"
                            ),
                            name="seat_term_ends_after_it_began",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NamingRequest",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="naming_requests", to="circles.seat")),
                    ("body", models.CharField(max_length=200)),
                    ("contact_name", models.CharField(blank=True, max_length=200)),
                    ("email", models.CharField(max_length=254)),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("note", models.TextField(blank=True, max_length=1000)),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("reminder_digest", models.CharField(max_length=64, null=True, unique=True)),
                    (
                        "requested_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("requested_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("name_by", models.DateTimeField()),
                    (
                        "previous",
                        models.OneToOneField(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="following", to="circles.namingrequest"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "waiting for a name"),
                                ("named", "somebody was named"),
                                ("declined", "the body names nobody"),
                                ("expired", "nobody was named in time"),
                                ("withdrawn", "withdrawn by the office"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("answer", models.CharField(blank=True, max_length=500)),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("seat",), name="naming_one_open_per_seat"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="naming_answer_has_time",
                        ),
                        models.CheckConstraint(condition=models.Q(("name_by__gt", models.F("requested_at"))), name="naming_by_later"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Nomination",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="circles.seat")),
                    (
                        "person",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to=settings.AUTH_USER_MODEL),
                    ),
                    ("body", models.CharField(max_length=200)),
                    ("reason", models.CharField(max_length=500)),
                    ("match", models.CharField(blank=True, max_length=500)),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("reminder_digest", models.CharField(max_length=64, null=True, unique=True)),
                    (
                        "request",
                        models.OneToOneField(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="nomination", to="circles.namingrequest"
                        ),
                    ),
                    (
                        "nominated_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("nominated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("answer_by", models.DateTimeField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "waiting for an answer"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("expired", "not answered in time"),
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
                                models.Q(("nominated_by__isnull", False), ("request", None)),
                                models.Q(("nominated_by", None), ("request__isnull", False)),
                                _connector="OR",
                            ),
                            name="nomination_by_office_or_body",
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
        ),
    ]
