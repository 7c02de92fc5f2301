"""Draws: declaration, people in the room, typed values, beacon, fallback, corrections of the pool."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("circles", "0003_applications"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Draw",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("call", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="draw", to="circles.call")),
                    ("frozen_at", models.DateTimeField()),
                    ("frozen_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
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
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(models.F("withdrawn"), "+", models.F("qualified")),
                                        "+",
                                        models.F("rejected"),
                                    ),
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
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="declarations", to="circles.draw")),
                    ("version", models.PositiveSmallIntegerField()),
                    ("declaration_txt", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("drand_round", models.PositiveBigIntegerField(null=True)),
                    ("dice_count", models.PositiveSmallIntegerField()),
                    ("proposed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "confirmed_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("cut_off_at", models.DateTimeField(null=True)),
                    ("fallback_on", models.DateField(null=True)),
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
                        models.CheckConstraint(
                            condition=models.Q(("fallback_on", None), ("drand_round__isnull", False), _connector="OR"),
                            name="declaration_fallback_needs_round",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolCorrection",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="circles.draw")),
                    ("number", models.PositiveSmallIntegerField()),
                    ("reason", models.CharField(max_length=500)),
                    ("admitted", models.JSONField(default=list)),
                    ("removed", models.JSONField(default=list)),
                    ("proposed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "confirmed_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("former_pool_sha256", models.CharField(blank=True, max_length=64)),
                    ("former_pool_txt", models.BinaryField(null=True)),
                    ("former_lottery_txt", models.BinaryField(null=True)),
                    ("former_rejected_txt", models.BinaryField(null=True)),
                    ("former_frozen_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "number"), name="correction_number_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("confirmed_at", None), ("withdrawn_at", None)), fields=("draw",), name="correction_one_open"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(
                                    ("confirmed_at__isnull", False),
                                    ("confirmed_by__isnull", False),
                                    ("withdrawn_at", None),
                                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="correction_two_people",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawRecord",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="record", to="circles.declaration"),
                    ),
                    ("chair", models.CharField(max_length=200)),
                    ("minute_taker", models.CharField(max_length=200)),
                    ("throwers", models.JSONField()),
                    ("witnesses", models.JSONField()),
                    ("began_at", models.DateTimeField()),
                    ("conflicts", models.CharField(blank=True, max_length=500)),
                    ("incidents", models.CharField(blank=True, max_length=1000)),
                    ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
            ),
            migrations.CreateModel(
                name="ValueEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("declaration", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="circles.declaration")),
                    ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("digits", models.CharField(max_length=200)),
                    ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="agreed_value", to="circles.declaration"),
                    ),
                    ("digits", models.CharField(max_length=200)),
                    ("first_entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.valueentry")),
                    ("second_entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.valueentry")),
                    ("agreed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
            ),
            migrations.CreateModel(
                name="Beacon",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="beacon", to="circles.declaration"),
                    ),
                    ("round", models.PositiveBigIntegerField()),
                    ("signature", models.CharField(max_length=96)),
                    ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("signature__regex", "^[0-9a-f]{96}$")), name="beacon_signature_form"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BeaconSight",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("round", models.PositiveBigIntegerField(unique=True)),
                    ("signature", models.CharField(max_length=96)),
                    ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("signature__regex", "^[0-9a-f]{96}$")), name="sight_signature_form"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FingerprintStamp",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="stamp", to="circles.declaration"),
                    ),
                    ("token", models.BinaryField()),
                    ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
            ),
            migrations.CreateModel(
                name="FallbackActivation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="activation", to="circles.declaration"),
                    ),
                    ("proposed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "confirmed_by",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("confirmed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
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
                            name="activation_two_people",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FallbackEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="fallback_entries", to="circles.declaration"),
                    ),
                    ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("value", models.CharField(max_length=19)),
                    ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("value__regex", "^([0-4][0-9]-){6}[0-9]$")), name="fallback_entry_form"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FallbackValue",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "declaration",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="fallback_value", to="circles.declaration"),
                    ),
                    ("value", models.CharField(max_length=19)),
                    ("first_entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.fallbackentry")),
                    ("second_entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.fallbackentry")),
                    ("agreed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("value__regex", "^([0-4][0-9]-){6}[0-9]$")), name="fallback_value_form"),
                    ],
                },
            ),
        ),
    ]
