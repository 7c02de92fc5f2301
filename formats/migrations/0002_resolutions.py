"""What a session decides and what its minutes keep."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("formats", "0001_first"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Resolution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="formats.body")),
                    (
                        "meeting",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="formats.meeting"
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="formats.agendaitem"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField()),
                    ("ordinal", models.PositiveSmallIntegerField()),
                    ("n", models.PositiveSmallIntegerField()),
                    ("number", models.CharField(max_length=40, unique=True)),
                    ("wording", models.TextField()),
                    ("is_public", models.BooleanField(default=True)),
                    (
                        "procedure",
                        models.CharField(
                            choices=[
                                ("hands", "show of hands"),
                                ("secret", "secret ballot on paper"),
                                ("ballots", "ballot by own device"),
                                ("circular", "circular vote"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "vote under way"), ("adopted", "adopted"), ("rejected", "rejected"), ("stopped", "stopped")],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("closes_at", models.DateTimeField(blank=True, null=True)),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("stop_reason", models.CharField(blank=True, max_length=300)),
                    ("entitled", models.PositiveIntegerField()),
                    ("present", models.PositiveIntegerField(blank=True, null=True)),
                    ("quorum_percent", models.PositiveIntegerField()),
                    ("yes", models.PositiveIntegerField(blank=True, null=True)),
                    ("no", models.PositiveIntegerField(blank=True, null=True)),
                    ("abstain", models.PositiveIntegerField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["year", "ordinal", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "year", "ordinal", "n"), name="resolution_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closes_at__isnull", False), ("item", None), ("meeting", None), ("ordinal", 0), ("procedure", "circular")),
                                models.Q(
                                    ("closes_at", None),
                                    ("item__isnull", False),
                                    ("meeting__isnull", False),
                                    ("ordinal__gt", 0),
                                    ("procedure__in", ["hands", "secret", "ballots"]),
                                ),
                                _connector="OR",
                            ),
                            name="resolution_in_session_or_circular",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("no", None), ("present", None), ("state", "open"), ("yes", None)),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("no", None),
                                    ("state", "stopped"),
                                    ("yes", None),
                                    models.Q(("stop_reason", ""), _negated=True),
                                ),
                                models.Q(("decided_at__isnull", False), ("state", "adopted"), ("yes__gt", models.F("no"))),
                                models.Q(("decided_at__isnull", False), ("state", "rejected"), ("yes__lte", models.F("no"))),
                                _connector="OR",
                            ),
                            name="resolution_follows_its_figures",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("yes", None),
                                models.Q(
                                    django.db.models.lookups.LessThanOrEqual(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")),
                                            "+",
                                            models.F("abstain"),
                                        ),
                                        models.F("present"),
                                    ),
                                    ("present__lte", models.F("entitled")),
                                ),
                                _connector="OR",
                            ),
                            name="resolution_no_more_votes_than_seats",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("yes", None),
                                django.db.models.lookups.GreaterThan(
                                    django.db.models.expressions.CombinedExpression(models.F("present"), "*", models.Value(100)),
                                    django.db.models.expressions.CombinedExpression(models.F("entitled"), "*", models.F("quorum_percent")),
                                ),
                                _connector="OR",
                            ),
                            name="resolution_with_quorum",
                        ),
                        models.CheckConstraint(condition=models.Q(("wording", ""), _negated=True), name="resolution_has_words"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Voice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("resolution", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="formats.resolution")),
                    ("membership", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="formats.membership")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.membership")),
                    (
                        "choice",
                        models.CharField(
                            choices=[("yes", "yes"), ("no", "no"), ("abstain", "abstention"), ("objection", "objection to the circular procedure")],
                            max_length=10,
                        ),
                    ),
                    ("cast_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("resolution", "seat"), name="voice_once"),
                        models.CheckConstraint(condition=models.Q(("choice__in", ["yes", "no", "abstain", "objection"])), name="voice_choice_known"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MinorityOpinion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("resolution", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="minority", to="formats.resolution")),
                    ("on_behalf_of", models.CharField(max_length=200)),
                    ("text", models.TextField()),
                    ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Minutes",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="formats.meeting")),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "being written"), ("submitted", "laid before the members"), ("approved", "approved")],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("chair", models.CharField(blank=True, max_length=200)),
                    ("taker", models.CharField(blank=True, max_length=200)),
                    ("guests", models.TextField(blank=True)),
                    ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "approved_in",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="approves", to="formats.meeting"
                        ),
                    ),
                    ("approved_at", models.DateTimeField(blank=True, null=True)),
                    ("objections", models.TextField(blank=True)),
                ],
                options={
                    "verbose_name_plural": "minutes",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("approved_in__isnull", False), ("state", "approved")),
                                models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None), ("approved_in", None)),
                                _connector="OR",
                            ),
                            name="minutes_approved_in_a_session",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "draft"),
                                models.Q(models.Q(("chair", ""), _negated=True), models.Q(("taker", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="minutes_name_chair_and_taker",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MinuteEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="formats.agendaitem")),
                    (
                        "speaker",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.membership"
                        ),
                    ),
                    ("text", models.TextField()),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "ordering": ["said_at", "pk"],
                },
            ),
        ),
    ]
