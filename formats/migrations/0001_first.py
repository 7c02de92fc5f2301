"""Bodies that meet, their sessions, visions, priorities and work orders."""

from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Body",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=200)),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("advises", models.CharField(blank=True, max_length=200)),
                    ("sessions_min", models.PositiveSmallIntegerField(default=2)),
                    ("sessions_max", models.PositiveSmallIntegerField(default=4)),
                    ("notice_days", models.PositiveSmallIntegerField(default=14)),
                    ("time_zone", models.CharField(default="Europe/Berlin", max_length=64)),
                ],
                options={
                    "verbose_name_plural": "bodies",
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("sessions_min__lte", models.F("sessions_max"))), name="body_sessions_in_order"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("body", models.ForeignKey(on_delete=models.PROTECT, related_name="memberships", to="formats.body")),
                    ("user", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL)),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("department", "Specialist departments"),
                                ("advisory_board", "Advisory boards"),
                                ("other", "Further actors of the urban society"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("on_behalf_of", models.CharField(max_length=200)),
                    ("is_chair", models.BooleanField(default=False)),
                    ("has_vote", models.BooleanField(default=True)),
                    ("starts_on", models.DateField()),
                    ("ends_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"), name="membership_ends_after_start"
                        ),
                        models.UniqueConstraint(condition=models.Q(("ends_on", None)), fields=("body", "user"), name="membership_once"),
                        models.UniqueConstraint(condition=models.Q(("ends_on", None), ("is_chair", True)), fields=("body",), name="membership_one_chair"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Meeting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("body", models.ForeignKey(on_delete=models.PROTECT, related_name="meetings", to="formats.body")),
                    ("year", models.PositiveSmallIntegerField()),
                    ("ordinal", models.PositiveSmallIntegerField()),
                    ("starts_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    ("place", models.CharField(max_length=200)),
                    ("is_public", models.BooleanField(default=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("scheduled", "scheduled"), ("invited", "invited"), ("held", "held"), ("cancelled", "cancelled")],
                            default="scheduled",
                            max_length=12,
                        ),
                    ),
                    ("invited_at", models.DateTimeField(blank=True, null=True)),
                    ("over_maximum_reason", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "ordering": ["starts_at"],
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "year", "ordinal"), name="meeting_number_once"),
                        models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_ends_later"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "invited"), _negated=True), ("invited_at__isnull", False), _connector="OR"),
                            name="meeting_invited_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgendaItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.ForeignKey(on_delete=models.PROTECT, related_name="agenda_items", to="formats.meeting")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("result", LocalizedTextField(default=LocalizedText)),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("meeting", "position"), name="agenda_position_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("subject_type", ""), _negated=True),
                            fields=("meeting", "subject_type", "subject_id"),
                            name="agenda_subject_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionField",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(unique=True)),
                    ("name", LocalizedTextField(default=LocalizedText)),
                ],
            ),
            migrations.CreateModel(
                name="Vision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("action_field", models.ForeignKey(on_delete=models.PROTECT, related_name="visions", to="formats.actionfield")),
                    ("slug", models.SlugField(unique=True)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    ("everyday_need", LocalizedTextField(default=LocalizedText)),
                    ("global_trend", LocalizedTextField(default=LocalizedText)),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "in preparation"), ("adopted", "adopted"), ("set_aside", "set aside")], default="draft", max_length=12
                        ),
                    ),
                    ("adopted_in", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="visions", to="formats.meeting")),
                    ("set_aside_reason", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "set_aside"), _negated=True), models.Q(("set_aside_reason", {}), _negated=True), _connector="OR"
                            ),
                            name="vision_set_aside_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "adopted"), _negated=True), ("adopted_in__isnull", False), _connector="OR"),
                            name="vision_adopted_in_meeting",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorkOrder",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=20, unique=True)),
                    ("vision", models.ForeignKey(on_delete=models.PROTECT, related_name="work_orders", to="formats.vision")),
                    ("question", LocalizedTextField(default=LocalizedText)),
                    ("expected_result", LocalizedTextField(default=LocalizedText)),
                    ("limits", LocalizedTextField(default=LocalizedText)),
                    ("addressee", models.CharField(choices=[("circle", "innovation circle"), ("office", "project of the office")], max_length=8)),
                    ("contact", models.CharField(max_length=200)),
                    ("due_on", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("assigned", "assigned"),
                                ("in_progress", "in progress"),
                                ("finalised", "finalised"),
                                ("presented", "presented"),
                                ("published", "published"),
                                ("closed", "closed"),
                            ],
                            default="open",
                            max_length=12,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("id", "addressee"), name="work_order_addressee_key"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OfficeProject",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("work_order", models.OneToOneField(on_delete=models.PROTECT, related_name="office_project", to="formats.workorder")),
                    ("addressee", models.CharField(default="office", editable=False, max_length=8)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("addressee", "office")), name="office_project_addressee"),
                    ],
                },
            ),
        ),
    ]
