"""Partnerships: who takes part, how they move and what they want to reach."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partnerships", "0002_directory"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Partnership",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=120, unique=True)),
                    ("name", models.CharField(max_length=200)),
                    (
                        "phase",
                        models.CharField(
                            choices=[
                                ("analysis", "Analysis"),
                                ("contact", "Contact"),
                                ("topics", "Finding topics"),
                                ("target_picture", "Target picture"),
                                ("agreement", "Agreement"),
                                ("action_plan", "Action plan"),
                                ("implementation", "Implementation"),
                                ("monitoring", "Monitoring"),
                                ("evaluation", "Evaluation"),
                            ],
                            default="analysis",
                            max_length=20,
                        ),
                    ),
                    (
                        "relation",
                        models.CharField(
                            choices=[
                                ("innovation", "Innovation partnership"),
                                ("project", "Project partnership"),
                                ("twinning", "Town twinning"),
                                ("contact", "Contact"),
                            ],
                            default="innovation",
                            max_length=12,
                        ),
                    ),
                    (
                        "formality",
                        models.CharField(
                            choices=[
                                ("none", "No formal basis"),
                                ("noted", "Noted in minutes or letters"),
                                ("letter_of_intent", "Letter of intent"),
                                ("contract", "Contract"),
                            ],
                            default="none",
                            max_length=20,
                        ),
                    ),
                    ("is_pilot", models.BooleanField(default=False)),
                    ("is_fictional", models.BooleanField(default=False)),
                    ("starts_on", models.DateField(blank=True, null=True)),
                    ("ends_on", models.DateField(blank=True, null=True)),
                    ("lead", LocalizedTextField(default=LocalizedText)),
                    ("choice_reason", LocalizedTextField(default=LocalizedText)),
                    ("single_reason", LocalizedTextField(default=LocalizedText)),
                    ("target_picture", LocalizedTextField(default=LocalizedText)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("suspended_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("created_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["name", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("starts_on", None), ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                            name="partnership_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("suspended_at", None), ("ended_at", None), _connector="OR"), name="partnership_suspended_or_ended"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Party",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="parties", to="partnerships.partnership")),
                    ("municipality", models.ForeignKey(on_delete=models.PROTECT, related_name="parties", to="partnerships.municipality")),
                    ("position", models.PositiveSmallIntegerField()),
                ],
                options={
                    "ordering": ["partnership_id", "position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "municipality"), name="party_once"),
                        models.UniqueConstraint(fields=("partnership", "position"), name="party_position_once"),
                        models.CheckConstraint(condition=models.Q(("position__gte", 1)), name="party_position_counts_from_one"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ContactRole",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="contact_roles", to="partnerships.partnership")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="contact_roles", to="partnerships.party")),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    ("office", models.CharField(blank=True, max_length=200)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("person_name", models.CharField(blank=True, max_length=200)),
                    ("name_is_public", models.BooleanField(default=False)),
                    ("is_public", models.BooleanField(default=True)),
                    ("phone", models.CharField(blank=True, max_length=40)),
                    ("shows_email", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["party__position", "position", "pk"],
                },
            ),
            migrations.CreateModel(
                name="ParticipatingActor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="participations", to="partnerships.partnership")),
                    ("actor", models.ForeignKey(on_delete=models.PROTECT, related_name="participations", to="partnerships.actor")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="participations", to="partnerships.party")),
                    ("role", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["party__position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "actor"), name="participating_actor_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FormalityStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="formality_steps", to="partnerships.partnership")),
                    (
                        "formality",
                        models.CharField(
                            choices=[
                                ("none", "No formal basis"),
                                ("noted", "Noted in minutes or letters"),
                                ("letter_of_intent", "Letter of intent"),
                                ("contract", "Contract"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("basis", LocalizedTextField(default=LocalizedText)),
                    ("since", models.DateField()),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["since", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("basis", {}), _negated=True), name="formality_has_basis"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TurningPoint",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="turning_points", to="partnerships.partnership")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("suspended", "suspended"),
                                ("resumed", "resumed"),
                                ("renewed", "renewed with the same goals"),
                                ("renegotiated", "renewed by a new agreement"),
                                ("ended", "ended"),
                                ("reopened", "opened again"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "in_phase",
                        models.CharField(
                            choices=[
                                ("analysis", "Analysis"),
                                ("contact", "Contact"),
                                ("topics", "Finding topics"),
                                ("target_picture", "Target picture"),
                                ("agreement", "Agreement"),
                                ("action_plan", "Action plan"),
                                ("implementation", "Implementation"),
                                ("monitoring", "Monitoring"),
                                ("evaluation", "Evaluation"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("running", LocalizedTextField(default=LocalizedText)),
                    ("until", models.DateField(blank=True, null=True)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["at", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("kind", "reopened"), models.Q(("reason", {}), _negated=True), _connector="OR"), name="turning_point_has_reason"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "ended"), _negated=True),
                                models.Q(models.Q(("running", {}), _negated=True), models.Q(("until", None), _negated=True)),
                                _connector="OR",
                            ),
                            name="turning_point_end_is_told",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PictureVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="picture_versions", to="partnerships.partnership")),
                    ("n", models.PositiveIntegerField()),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    ("note", models.CharField(blank=True, max_length=300)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "n"), name="picture_version_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PictureContribution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("version", models.ForeignKey(on_delete=models.PROTECT, related_name="contributions", to="partnerships.pictureversion")),
                    ("actor", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="contributions", to="partnerships.actor")),
                    ("contributor", models.CharField(max_length=200)),
                    ("text", models.TextField(max_length=4000)),
                    (
                        "answer",
                        models.CharField(
                            choices=[("open", "open"), ("taken_up", "taken up"), ("partly", "partly taken up"), ("not", "not taken up")],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, max_length=2000)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                    ("answered_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["at", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "open"), ("answered_at", None)),
                                models.Q(models.Q(("answer", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="picture_contribution_answered_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer__in", ["partly", "not"]), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                            ),
                            name="picture_contribution_refused_with_reason",
                        ),
                    ],
                },
            ),
        ),
    ]
