"""Programmes of events: parts, people, files."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("formats", "0005_events"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="EventSession",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="formats.event")),
                    ("position", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("conference", "Conference"),
                                ("roundtable", "Roundtable"),
                                ("workshop", "Workshop"),
                                ("visit", "Visit"),
                                ("delegation_trip", "Delegation trip"),
                                ("webinar", "Webinar"),
                                ("kick_off", "Kick-off"),
                                ("summit", "Summit"),
                                ("lab_meeting", "Lab meeting"),
                                ("meeting", "Meeting"),
                                ("series", "Series of events"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("description", LocalizedTextField(default=LocalizedText)),
                    ("questions", LocalizedTextField(default=LocalizedText)),
                    ("starts_at", models.DateTimeField(blank=True, null=True)),
                    ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ("when", LocalizedTextField(default=LocalizedText)),
                    ("place", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["event_id", "position"],
                    "constraints": [
                        models.UniqueConstraint(
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"], fields=("event", "position"), name="event_session_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                            name="event_session_ends_later",
                        ),
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="event_session_has_title"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Contributor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "event",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="contributors", to="formats.event"
                        ),
                    ),
                    (
                        "forum",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="contributors", to="formats.forum"
                        ),
                    ),
                    (
                        "session",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="contributors", to="formats.eventsession"
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("host", "Host"),
                                ("co_host", "Co-host"),
                                ("organiser", "Organiser"),
                                ("initiator", "Initiator"),
                                ("moderator", "Moderator"),
                                ("co_moderator", "Co-moderator"),
                                ("speaker", "Speaker"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "actor",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="contributed", to="partnerships.actor"
                        ),
                    ),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("named_since", models.DateField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("event__isnull", False), ("forum", None)),
                                models.Q(("event", None), ("forum__isnull", False)),
                                _connector="OR",
                            ),
                            name="contributor_of_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("session", None), ("event__isnull", False), _connector="OR"), name="contributor_session_event"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("actor__isnull", False), models.Q(("function", {}), _negated=True), _connector="OR"),
                            name="contributor_is_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("name", ""), ("named_since", None)),
                                models.Q(models.Q(("name", ""), _negated=True), ("named_since__isnull", False)),
                                _connector="OR",
                            ),
                            name="contributor_named_with_consent",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EventMaterial",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="materials", to="formats.event")),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="event_material_has_title"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProgrammeSheet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="formats.event")),
                    ("language", models.CharField(max_length=2)),
                    ("digest", models.CharField(max_length=64)),
                    ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["-made_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("event", "language", "digest"), name="programme_sheet_once"),
                    ],
                },
            ),
        ),
    ]
