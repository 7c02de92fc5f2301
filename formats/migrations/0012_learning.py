"""Learning networks: cohorts, members, knowledge givers, sessions."""

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
        ("partnerships", "0008_news"),
        ("formats", "0011_rules_of_events"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="LearningNetwork",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    ("claim", LocalizedTextField(default=LocalizedText)),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("goals", LocalizedTextField(default=LocalizedText)),
                    ("rules", LocalizedTextField(default=LocalizedText)),
                    (
                        "host",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="learning_networks", to="partnerships.actor"),
                    ),
                    (
                        "forum",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="networks", to="formats.forum"
                        ),
                    ),
                    ("is_demo", models.BooleanField(default=False)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["slug"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("name", {}), _negated=True), name="learning_network_has_name"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Cohort",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("network", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cohorts", to="formats.learningnetwork")),
                    ("year", models.PositiveSmallIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("planned", "in preparation"), ("running", "running"), ("archived", "archived")], default="planned", max_length=8
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("summary", LocalizedTextField(default=LocalizedText)),
                    ("source", LocalizedTextField(default=LocalizedText)),
                    ("participants_told", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("is_demo", models.BooleanField(default=False)),
                    ("started_at", models.DateTimeField(blank=True, null=True)),
                    ("archived_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["network_id", "-year"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "year"), name="cohort_once_a_year"),
                        models.CheckConstraint(condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="cohort_year_is_one"),
                        models.CheckConstraint(
                            condition=models.Q(("state", "planned"), ("started_at__isnull", False), _connector="OR"), name="cohort_begun_has_time"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("archived_at__gte", models.F("started_at")), ("state", "archived")),
                                models.Q(models.Q(("state", "archived"), _negated=True), ("archived_at", None)),
                                _connector="OR",
                            ),
                            name="cohort_archived_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PeerGroup",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="formats.cohort")),
                    ("number", models.PositiveSmallIntegerField()),
                ],
                options={
                    "ordering": ["cohort_id", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cohort", "number"), name="peer_group_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CohortMember",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="members", to="formats.cohort")),
                    (
                        "user",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cohort_places", to=settings.AUTH_USER_MODEL),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("invited", "invited"), ("joined", "takes part"), ("left", "left")], default="invited", max_length=8
                        ),
                    ),
                    ("organisation", models.CharField(max_length=200)),
                    (
                        "industry",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cohort_members", to="partnerships.topic"
                        ),
                    ),
                    ("function", models.CharField(blank=True, max_length=200)),
                    ("is_guest", models.BooleanField(default=False)),
                    ("listed_since", models.DateTimeField(blank=True, null=True)),
                    ("rules_accepted_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "group",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="members", to="formats.peergroup"
                        ),
                    ),
                    ("needs", models.ManyToManyField(blank=True, related_name="needed_in_cohorts", to="partnerships.topic")),
                    ("brings", models.ManyToManyField(blank=True, related_name="brought_to_cohorts", to="partnerships.topic")),
                ],
                options={
                    "ordering": ["organisation", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "left"), _negated=True), fields=("cohort", "user"), name="cohort_member_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "joined"), _negated=True), ("rules_accepted_at__isnull", False), _connector="OR"),
                            name="cohort_member_accepted_rules",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("listed_since", None), ("state", "joined"), _connector="OR"), name="cohort_member_shown_inside"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnowledgeGiver",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="givers", to="formats.cohort")),
                    (
                        "actor",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="knowledge_given", to="partnerships.actor"),
                    ),
                    ("kind", models.CharField(choices=[("researcher", "Innovation researcher"), ("practitioner", "Practitioner")], max_length=12)),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("named_since", models.DateField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("name", ""), ("named_since", None)),
                                models.Q(models.Q(("name", ""), _negated=True), ("named_since__isnull", False)),
                                _connector="OR",
                            ),
                            name="knowledge_giver_named_with_consent",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LearningSession",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="formats.cohort")),
                    ("position", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("kick_off", "Kick-off"),
                                ("exchange", "Exchange"),
                                ("webinar", "Webinar"),
                                ("peer_consultation", "Peer consultation"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("description", LocalizedTextField(default=LocalizedText)),
                    ("when", LocalizedTextField(default=LocalizedText)),
                    (
                        "topic",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="learning_sessions",
                            to="partnerships.topic",
                        ),
                    ),
                    (
                        "mode",
                        models.CharField(
                            blank=True, choices=[("on_site", "on site"), ("digital", "digital"), ("hybrid", "on site and digital")], max_length=8
                        ),
                    ),
                    ("starts_at", models.DateTimeField(blank=True, null=True)),
                    ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ("attendance", models.PositiveSmallIntegerField(blank=True, null=True)),
                    (
                        "event",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="learning_sessions", to="formats.event"
                        ),
                    ),
                    ("recording", models.URLField(blank=True, max_length=500)),
                ],
                options={
                    "ordering": ["cohort_id", "position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cohort", "position"), name="learning_session_once"),
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="learning_session_has_title"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ends_at", None), ("starts_at", None)), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                            ),
                            name="learning_session_ends_later",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CohortSheet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="formats.cohort")),
                    ("language", models.CharField(max_length=2)),
                    ("digest", models.CharField(max_length=64)),
                    ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["-made_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cohort", "language", "digest"), name="cohort_sheet_once"),
                    ],
                },
            ),
        ),
    ]
