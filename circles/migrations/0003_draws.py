"""Draws: declaration, people in the room, typed values, beacon, result, and the offers of seats."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("circles", "0002_applications"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Draw",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.OneToOneField(on_delete=models.PROTECT, related_name="draw", to="circles.call")),
                    ("frozen_at", models.DateTimeField()),
                    ("frozen_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("seats", models.PositiveSmallIntegerField()),
                    ("received", models.PositiveIntegerField()),
                    ("withdrawn", models.PositiveIntegerField()),
                    ("qualified", models.PositiveIntegerField()),
                    ("rejected", models.PositiveIntegerField()),
                    ("pool_txt", models.BinaryField()),
                    ("pool_sha256", models.CharField(max_length=64)),
                    ("lottery_txt", models.BinaryField(null=True)),
                    ("lottery_sha256", models.CharField(blank=True, max_length=64)),
                    ("rejected_txt", models.BinaryField(null=True)),
                    ("rejected_sha256", models.CharField(blank=True, max_length=64)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "received",
                                    CombinedExpression(CombinedExpression(models.F("withdrawn"), "+", models.F("qualified")), "+", models.F("rejected")),
                                )
                            ),
                            name="draw_counts_add_up",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Declaration",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=models.PROTECT, related_name="declarations", to="circles.draw")),
                    ("version", models.PositiveSmallIntegerField()),
                    ("declaration_txt", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("drand_round", models.PositiveBigIntegerField(null=True)),
                    ("dice_count", models.PositiveSmallIntegerField()),
                    ("proposed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposed_at", models.DateTimeField(db_default=Now())),
                    ("confirmed_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("cut_off_at", models.DateTimeField(null=True)),
                    ("lapsed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "version"), name="declaration_version_once"),
                        models.UniqueConstraint(condition=models.Q(("lapsed_at", None)), fields=("draw",), name="declaration_one_in_force"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(
                                    ("confirmed_at__isnull", False),
                                    ("confirmed_by__isnull", False),
                                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="declaration_two_people",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("cut_off_at", None), ("drand_round", None)),
                                models.Q(("cut_off_at__isnull", False), ("drand_round__isnull", False)),
                                _connector="OR",
                            ),
                            name="declaration_round_has_cut_off",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawRecord",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("declaration", models.OneToOneField(on_delete=models.PROTECT, related_name="record", to="circles.declaration")),
                    ("chair", models.CharField(max_length=200)),
                    ("minute_taker", models.CharField(max_length=200)),
                    ("throwers", models.JSONField()),
                    ("witnesses", models.JSONField()),
                    ("began_at", models.DateTimeField()),
                    ("conflicts", models.CharField(blank=True, max_length=500)),
                    ("incidents", models.CharField(blank=True, max_length=1000)),
                    ("written_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("written_at", models.DateTimeField(db_default=Now())),
                ],
            ),
            migrations.CreateModel(
                name="ValueEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("declaration", models.ForeignKey(on_delete=models.PROTECT, related_name="entries", to="circles.declaration")),
                    ("entered_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("digits", models.CharField(max_length=200)),
                    ("entered_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("digits__regex", "^[1-6]+$")), name="entry_is_dice"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgreedValue",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("declaration", models.OneToOneField(on_delete=models.PROTECT, related_name="agreed_value", to="circles.declaration")),
                    ("digits", models.CharField(max_length=200)),
                    ("first_entry", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="circles.valueentry")),
                    ("second_entry", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="circles.valueentry")),
                    ("agreed_at", models.DateTimeField(db_default=Now())),
                ],
            ),
            migrations.CreateModel(
                name="Beacon",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("declaration", models.OneToOneField(on_delete=models.PROTECT, related_name="beacon", to="circles.declaration")),
                    ("round", models.PositiveBigIntegerField()),
                    ("signature", models.CharField(max_length=96)),
                    ("seen_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("signature__regex", "^[0-9a-f]{96}$")), name="beacon_signature_form"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.OneToOneField(on_delete=models.PROTECT, related_name="result", to="circles.draw")),
                    ("declaration", models.OneToOneField(on_delete=models.PROTECT, related_name="result", to="circles.declaration")),
                    ("seed_txt", models.BinaryField()),
                    ("seed_sha256", models.CharField(max_length=64)),
                    ("result_txt", models.BinaryField()),
                    ("result_sha256", models.CharField(max_length=64)),
                    ("drawn_at", models.DateTimeField(db_default=Now())),
                    ("software", models.CharField(max_length=100)),
                ],
            ),
            migrations.CreateModel(
                name="Place",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=models.PROTECT, related_name="places", to="circles.draw")),
                    ("number", models.PositiveIntegerField()),
                    ("ticket", models.CharField(max_length=40)),
                    ("application", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="places", to="circles.application")),
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
                    ("draw", models.ForeignKey(on_delete=models.PROTECT, related_name="events", to="circles.draw")),
                    ("n", models.PositiveIntegerField()),
                    ("at", models.DateTimeField(db_default=Now())),
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
                    ("draw", models.ForeignKey(on_delete=models.PROTECT, related_name="offers", to="circles.draw")),
                    ("seat", models.ForeignKey(on_delete=models.PROTECT, related_name="offers", to="circles.seat")),
                    ("application", models.ForeignKey(on_delete=models.PROTECT, related_name="offers", to="circles.application")),
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
                    ("offered_at", models.DateTimeField(db_default=Now())),
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
        ),
    ]
