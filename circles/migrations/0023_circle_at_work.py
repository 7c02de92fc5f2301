"""What a circle works on, what it decides, and the result that the office publishes."""

import django.db.models.deletion
import django.db.models.functions.datetime
import foundation.languages
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables
from foundation.triggers import AppendOnly, GuardState


class Migration(migrations.Migration):
    dependencies = [("circles", "0022_noted_offers"), ("formats", "0023_event_invitations"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Proposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("begun_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("circle", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="proposal", to="circles.circle")),
                ],
            ),
            migrations.CreateModel(
                name="ProposalVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("content", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("note", models.CharField(blank=True, max_length=300)),
                    ("kept_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    ("kept_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="circles.proposal")),
                ],
                options={
                    "ordering": ["n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("proposal", "n"), name="proposal_version_once"),
                        models.CheckConstraint(condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="proposal_version_digest"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("number", models.CharField(max_length=30, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("rules", "rules of procedure"), ("proposal", "proposed solution"), ("other", "another matter")], max_length=10
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("wording", models.TextField(max_length=10000)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("consent", "in consent rounds"),
                                ("voting", "vote under way"),
                                ("adopted", "adopted"),
                                ("rejected", "rejected"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="consent",
                            max_length=10,
                        ),
                    ),
                    ("begun_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("begun_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="circles.circle")),
                    (
                        "version",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="circles.proposalversion"
                        ),
                    ),
                ],
                options={
                    "ordering": ["circle", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("circle", "n"), name="decision_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "proposal"), ("version__isnull", False)),
                                models.Q(models.Q(("kind", "proposal"), _negated=True), ("version", None)),
                                _connector="OR",
                            ),
                            name="decision_on_a_version",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("state__in", ["consent", "voting"])),
                                models.Q(models.Q(("state__in", ["consent", "voting"]), _negated=True), ("decided_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="decision_decided_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("wording", ""), _negated=True), models.Q(("title", ""), _negated=True)), name="decision_has_words"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Result",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("summary", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("text", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    (
                        "state",
                        models.CharField(
                            choices=[("prepared", "being prepared"), ("published", "published"), ("withheld", "not published")],
                            default="prepared",
                            max_length=10,
                        ),
                    ),
                    ("prepared_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    ("withheld_reason", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("answer_due_on", models.DateField(blank=True, null=True)),
                    ("is_demo", models.BooleanField(default=False)),
                    (
                        "decision",
                        models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="circles.decision"),
                    ),
                    ("prepared_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    (
                        "settled_by",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("work_order", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="formats.workorder")),
                ],
                options={
                    "ordering": ["-settled_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settled_at", None), ("settled_by", None), ("state", "prepared")),
                                models.Q(
                                    models.Q(("state", "prepared"), _negated=True),
                                    ("settled_at__isnull", False),
                                    ("settled_by__isnull", False),
                                    models.Q(("settled_by", models.F("prepared_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="result_by_two_people",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "published"), _negated=True), ("answer_due_on__isnull", False), _connector="OR"),
                            name="result_published_owes_an_answer",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "withheld"), _negated=True), models.Q(("withheld_reason", {}), _negated=True), _connector="OR"
                            ),
                            name="result_withheld_with_reason",
                        ),
                    ],
                },
            ),
            migrations.AddField(
                model_name="circle",
                name="body",
                field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="circle", to="formats.body"),
            ),
        ),
        GuardState("decision", initial="consent"),
        GuardState("result", initial="prepared"),
        AppendOnly("proposalversion", except_columns=("released_at",)),
    ]
