"""Bodies that meet: members, sessions, agenda, attendance."""

import django.db.models.constraints
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
        ("documents", "0001_first"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Body",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(unique=True)),
                    ("name", models.CharField(max_length=200)),
                    ("short_name", models.CharField(max_length=20)),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("advises", models.CharField(blank=True, max_length=200)),
                    ("is_public", models.BooleanField(default=True)),
                    ("sessions_min", models.PositiveSmallIntegerField(default=2)),
                    ("sessions_max", models.PositiveSmallIntegerField(blank=True, default=4, null=True)),
                    ("notice_days", models.PositiveSmallIntegerField(default=14)),
                    ("quorum_percent", models.PositiveSmallIntegerField(default=50)),
                    ("time_zone", models.CharField(default="Europe/Berlin", max_length=64)),
                    ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    "verbose_name_plural": "bodies",
                    "constraints": [
                        models.UniqueConstraint(fields=("short_name",), name="body_short_name_once"),
                        models.CheckConstraint(condition=models.Q(("sessions_min__lte", models.F("sessions_max"))), name="body_sessions_in_order"),
                        models.CheckConstraint(condition=models.Q(("quorum_percent__lt", 100)), name="body_quorum_can_be_reached"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="formats.body")),
                    (
                        "user",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            blank=True,
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
                    ("is_deputy_chair", models.BooleanField(default=False)),
                    ("has_vote", models.BooleanField(default=True)),
                    (
                        "deputises",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to="formats.membership"
                        ),
                    ),
                    ("starts_on", models.DateField()),
                    ("term_ends_on", models.DateField(blank=True, null=True)),
                    ("ends_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                            name="membership_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("term_ends_on", None), ("term_ends_on__gte", models.F("starts_on")), _connector="OR"),
                            name="membership_term_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("group__in", ["", "department", "advisory_board", "other"])), name="membership_group_known"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("is_chair", False), models.Q(("deputises", None), ("is_deputy_chair", False)), _connector="OR"),
                            name="membership_chair_is_one_thing",
                        ),
                        models.UniqueConstraint(condition=models.Q(("ends_on", None)), fields=("body", "user"), name="membership_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("ends_on", None), ("is_chair", True)), fields=("body",), name="membership_one_chair"
                        ),
                        models.UniqueConstraint(fields=("id", "body"), name="membership_body_key"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Meeting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="formats.body")),
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
                    ("short_notice_consent", models.CharField(blank=True, max_length=300)),
                    ("over_maximum_reason", models.CharField(blank=True, max_length=300)),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("cancel_reason", models.CharField(blank=True, max_length=300)),
                    ("sequence", models.PositiveIntegerField(default=0)),
                    ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "pack",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                        ),
                    ),
                    ("pack_digest", models.CharField(blank=True, max_length=64)),
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
                        models.CheckConstraint(
                            condition=models.Q(("opened_at", None), ("state__in", ["invited", "held"]), _connector="OR"),
                            name="meeting_opened_was_invited",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("closed_at", None), models.Q(("closed_at__gte", models.F("opened_at")), ("state", "held")), _connector="OR"
                            ),
                            name="meeting_closed_was_opened",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgendaItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agenda_items", to="formats.meeting")),
                    ("position", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("opening", "opening, summons, quorum"),
                                ("agenda", "agenda"),
                                ("minutes", "minutes of the last session"),
                                ("orders", "state of the work orders"),
                                ("visions", "topics and visions"),
                                ("priorities", "prioritisation"),
                                ("draw", "draw by lot"),
                                ("result", "results of a circle"),
                                ("resolutions", "resolutions and work orders"),
                                ("other", "other business"),
                                ("matter", "matter"),
                            ],
                            default="matter",
                            max_length=12,
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("explanation", LocalizedTextField(default=LocalizedText)),
                    ("result", LocalizedTextField(default=LocalizedText)),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    ("is_public", models.BooleanField(default=True)),
                    ("is_late", models.BooleanField(default=False)),
                    ("admitted_at", models.DateTimeField(blank=True, null=True)),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    ("leads_to", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                            fields=("meeting", "position"),
                            name="agenda_position_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("subject_type", ""), _negated=True),
                            fields=("meeting", "subject_type", "subject_id"),
                            name="agenda_subject_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("leads_to", ""), ("leads_to__regex", "^/[^/\\\\]"), _connector="OR"), name="agenda_leads_nowhere_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("admitted_at", None), ("is_late", True), _connector="OR"), name="agenda_admitted_was_late"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Paper",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="formats.agendaitem")),
                    ("name", models.CharField(max_length=200)),
                    ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                    ("is_public", models.BooleanField(default=True)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("item", "file"), name="paper_file_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attendance",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="formats.meeting")),
                    ("membership", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="formats.membership")),
                    ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.membership")),
                    ("votes", models.BooleanField()),
                    ("arrived_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("left_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["arrived_at", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("left_at", None), ("left_at__gte", models.F("arrived_at")), _connector="OR"),
                            name="attendance_leaves_later",
                        ),
                        models.UniqueConstraint(condition=models.Q(("left_at", None)), fields=("meeting", "seat"), name="attendance_one_per_seat"),
                    ],
                },
            ),
        ),
    ]
