"""What a draw leads to: places, offers, departures; rehearsals and samples of auditors."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("circles", "0004_draws"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="DrawResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="result", to="circles.draw")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="result", to="circles.declaration"),
                    ),
                    ("seed_txt", models.BinaryField()),
                    ("seed_sha256", models.CharField(max_length=64)),
                    ("result_txt", models.BinaryField()),
                    ("result_sha256", models.CharField(max_length=64)),
                    ("drawn_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("software", models.CharField(max_length=100)),
                ],
            ),
            migrations.CreateModel(
                name="Place",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="places", to="circles.draw")),
                    ("number", models.PositiveIntegerField()),
                    ("ticket", models.CharField(max_length=40)),
                    (
                        "application",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="places", to="circles.application"),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "number"), name="place_number_once"),
                        models.UniqueConstraint(fields=("draw", "ticket"), name="place_ticket_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="circles.draw")),
                    ("n", models.PositiveIntegerField()),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("withdraw", "Withdraw"),
                                ("decline", "Decline"),
                                ("expired", "Expired"),
                                ("ineligible", "Ineligible"),
                                ("erased", "Erased"),
                                ("reinstated", "Reinstated"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("ticket", models.CharField(max_length=40)),
                    ("reason", models.CharField(blank=True, max_length=40)),
                ],
                options={
                    "ordering": ["n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "n"), name="draw_event_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Offer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="circles.draw")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="circles.seat")),
                    ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="circles.application")),
                    ("place", models.PositiveIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "waiting for an answer"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("expired", "not answered in time"),
                                ("returned", "accepted, later given back"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("reminder_digest", models.CharField(max_length=64, null=True, unique=True)),
                    ("offered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("answer_by", models.DateTimeField()),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("seat",), name="offer_one_open_per_seat"),
                        models.UniqueConstraint(fields=("draw", "application"), name="offer_once_per_person"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="offer_answer_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Departure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("offer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="departures", to="circles.offer")),
                    ("kind", models.CharField(choices=[("decline", "declined"), ("expired", "not answered in time")], max_length=8)),
                    ("began_at", models.DateTimeField()),
                    ("object_until", models.DateTimeField()),
                    (
                        "entered_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "channel",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("phone", "by telephone"),
                                ("letter", "by letter"),
                                ("in_person", "in person"),
                                ("mail", "by a further e-mail, no other way is known"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "told_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("told_at", models.DateTimeField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "may still object"),
                                ("confirmed", "the seat passed on"),
                                ("objected", "the person objected, the offer stands again"),
                                ("overtaken", "withdrawn altogether meanwhile"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    (
                        "closed_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("closed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("offer",), name="departure_one_open"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("channel", ""), ("told_at", None), ("told_by", None)),
                                models.Q(("told_at__isnull", False), ("told_by__isnull", False), models.Q(("channel", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="departure_told_by_a_channel",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "confirmed"), _negated=True),
                                models.Q(
                                    ("closed_by__isnull", False),
                                    ("told_by__isnull", False),
                                    models.Q(("closed_by", models.F("told_by")), _negated=True),
                                    models.Q(("entered_by", None), models.Q(("closed_by", models.F("entered_by")), _negated=True), _connector="OR"),
                                    ("closed_at__gte", models.F("object_until")),
                                ),
                                _connector="OR",
                            ),
                            name="departure_by_two_people_in_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="departure_closed_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TrialDraw",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="trials", to="circles.call")),
                    ("number", models.PositiveSmallIntegerField()),
                    ("people", models.PositiveIntegerField()),
                    ("seats", models.PositiveSmallIntegerField()),
                    ("digits", models.CharField(max_length=200)),
                    ("pool_txt", models.BinaryField()),
                    ("declaration_txt", models.BinaryField()),
                    ("seed_txt", models.BinaryField()),
                    ("result_txt", models.BinaryField()),
                    ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("call", "number"), name="trial_number_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AuditSample",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="samples", to="circles.draw")),
                    ("number", models.PositiveSmallIntegerField()),
                    ("size", models.PositiveSmallIntegerField()),
                    ("drawn_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("drawn_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "number"), name="sample_number_once"),
                        models.CheckConstraint(condition=models.Q(("number__gte", 1), ("size__gte", 1)), name="sample_counts"),
                    ],
                },
            ),
        ),
    ]
