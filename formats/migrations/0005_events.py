"""Forums and events."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0008_news"),
        ("formats", "0004_votes"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Forum",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("programme", models.CharField(max_length=200)),
                    ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("claim", LocalizedTextField(default=LocalizedText)),
                    ("alternative_title", LocalizedTextField(default=LocalizedText)),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("partners_told", models.PositiveIntegerField(blank=True, null=True)),
                    ("source", LocalizedTextField(default=LocalizedText)),
                    (
                        "part_of",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="formats.forum"
                        ),
                    ),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("regions", models.ManyToManyField(blank=True, related_name="forums", to="partnerships.municipality")),
                    ("partners", models.ManyToManyField(blank=True, related_name="forums", to="partnerships.actor")),
                ],
                options={
                    "ordering": ["programme", "number", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("programme", "number"), name="forum_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(("part_of", None), models.Q(("part_of", models.F("id")), _negated=True), _connector="OR"),
                            name="forum_lies_elsewhere",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ForumTopic",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("forum", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="topic_rows", to="formats.forum")),
                    ("topic", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="forum_rows", to="partnerships.topic")),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("longlist", "Long list"),
                                ("exploring", "Exploring"),
                                ("shortlisted", "Shortlisted"),
                                ("adopted", "Adopted"),
                                ("dropped", "Dropped"),
                            ],
                            default="exploring",
                            max_length=12,
                        ),
                    ),
                ],
                options={
                    "ordering": ["topic__sort_de", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("forum", "topic"), name="forum_topic_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ForumContribution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("forum", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="formats.forum")),
                    (
                        "event",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="formats.event"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("showcase", "Innovation project"),
                                ("example", "Concrete example"),
                                ("assessment", "Assessment"),
                                ("limits", "Limits"),
                                ("strategy", "Way to put it into practice"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    (
                        "actor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="forum_contributions",
                            to="partnerships.actor",
                        ),
                    ),
                    ("topics", models.ManyToManyField(blank=True, related_name="forum_contributions", to="partnerships.topic")),
                ],
                options={
                    "ordering": ["forum_id", "kind", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="contribution_has_title"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=80, unique=True)),
                    (
                        "kind",
                        models.CharField(
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
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "in planning"),
                                ("published", "announced"),
                                ("held", "held"),
                                ("cancelled", "cancelled"),
                                ("replaced", "replaced by a digital form"),
                            ],
                            default="planned",
                            max_length=10,
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("summary", LocalizedTextField(default=LocalizedText)),
                    ("description", LocalizedTextField(default=LocalizedText)),
                    ("starts_on", models.DateField(blank=True, null=True)),
                    ("ends_on", models.DateField(blank=True, null=True)),
                    ("until", models.DateField(blank=True, db_index=True, null=True)),
                    (
                        "precision",
                        models.CharField(
                            choices=[("day", "Day"), ("month", "Month"), ("season", "Season"), ("unknown", "Unknown")], default="day", max_length=8
                        ),
                    ),
                    ("is_tentative", models.BooleanField(default=False)),
                    ("starts_at", models.DateTimeField(blank=True, null=True)),
                    ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ("time_zone", models.CharField(default="Europe/Berlin", max_length=64)),
                    (
                        "mode",
                        models.CharField(
                            blank=True, choices=[("on_site", "on site"), ("digital", "digital"), ("hybrid", "on site and digital")], max_length=8
                        ),
                    ),
                    ("access", models.CharField(choices=[("open", "open to everybody"), ("invited", "by invitation")], default="open", max_length=8)),
                    ("invited", models.PositiveIntegerField(blank=True, null=True)),
                    ("attendance", models.PositiveIntegerField(blank=True, null=True)),
                    ("attendance_is_about", models.BooleanField(default=False)),
                    ("learns", LocalizedTextField(default=LocalizedText)),
                    ("shows", LocalizedTextField(default=LocalizedText)),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    (
                        "partnership",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="partnerships.partnership"
                        ),
                    ),
                    (
                        "exchange_format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="partnerships.exchangeformat",
                        ),
                    ),
                    (
                        "forum",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="formats.forum"
                        ),
                    ),
                    ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                    (
                        "predecessor",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="followed_by", to="formats.event"
                        ),
                    ),
                    (
                        "replaced_by",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaces", to="formats.event"
                        ),
                    ),
                    ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                    ("registration_until", models.DateTimeField(blank=True, null=True)),
                    ("joining", models.CharField(blank=True, max_length=500)),
                    ("sequence", models.PositiveIntegerField(default=0)),
                    ("changed_at", models.DateTimeField(auto_now_add=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("is_demo", models.BooleanField(default=False)),
                    ("folded", models.CharField(db_collation="C", default="", max_length=1200)),
                    ("topics", models.ManyToManyField(blank=True, related_name="events", to="partnerships.topic")),
                ],
                options={
                    "ordering": ["starts_on", "pk"],
                    "indexes": [
                        django.contrib.postgres.indexes.GinIndex(fields=["folded"], name="event_folded_trigrams", opclasses=["gin_trgm_ops"]),
                        models.Index(fields=["starts_on", "id"], name="event_by_start"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("starts_on", None), ("until", None), ("precision", "unknown")),
                                models.Q(("starts_on__isnull", False), ("until__isnull", False), models.Q(("precision", "unknown"), _negated=True)),
                                _connector="OR",
                            ),
                            name="event_date_or_unknown",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                            name="event_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ends_at", None), ("starts_at", None)),
                                models.Q(("ends_at__gt", models.F("starts_at")), ("precision", "day")),
                                _connector="OR",
                            ),
                            name="event_times_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["cancelled", "replaced"]), _negated=True),
                                models.Q(("reason", {}), _negated=True),
                                _connector="OR",
                            ),
                            name="event_missed_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["published", "held", "replaced"]), _negated=True),
                                ("published_at__isnull", False),
                                _connector="OR",
                            ),
                            name="event_published_has_time",
                        ),
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="event_has_title"),
                        models.CheckConstraint(
                            condition=models.Q(("ordinal", None), ("forum__isnull", False), _connector="OR"), name="event_number_has_forum"
                        ),
                        models.UniqueConstraint(fields=("forum", "ordinal"), name="event_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("predecessor", None), models.Q(("predecessor", models.F("id")), _negated=True), _connector="OR"),
                                models.Q(("replaced_by", None), models.Q(("replaced_by", models.F("id")), _negated=True), _connector="OR"),
                            ),
                            name="event_follows_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("registration_until", None),
                                models.Q(("starts_at__isnull", False), ("registration_until__lte", models.F("ends_at"))),
                                _connector="OR",
                            ),
                            name="event_registration_before_end",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EventPlace",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="places", to="formats.event")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("name", models.CharField(max_length=200)),
                    (
                        "municipality",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="event_places",
                            to="partnerships.municipality",
                        ),
                    ),
                    ("address", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("event", "position"), name="event_place_once"),
                    ],
                },
            ),
        ),
    ]
