"""Who comes to events, and what comes of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import formats.models.registration
from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0006_programmes"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Registration",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="registrations", to="formats.event")),
                    ("handle", models.CharField(default=formats.models.registration.new_handle, max_length=32, unique=True)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("organisation", models.CharField(blank=True, max_length=200)),
                    ("support", models.CharField(blank=True, max_length=1000)),
                    ("language", models.CharField(default="de", max_length=2)),
                    (
                        "presence",
                        models.CharField(
                            blank=True, choices=[("on_site", "on site"), ("digital", "digital"), ("hybrid", "on site and digital")], max_length=8
                        ),
                    ),
                    ("listed_since", models.DateTimeField(blank=True, null=True)),
                    ("photos_since", models.DateTimeField(blank=True, null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unconfirmed", "waits for the code"),
                                ("confirmed", "registered"),
                                ("waiting", "on the waiting list"),
                                ("offered", "place offered"),
                                ("cancelled", "cancelled"),
                                ("lapsed", "lapsed"),
                            ],
                            default="unconfirmed",
                            max_length=12,
                        ),
                    ),
                    ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    ("answer_by", models.DateTimeField(blank=True, null=True)),
                    ("code_digest", models.CharField(blank=True, max_length=64)),
                    ("code_tries", models.PositiveSmallIntegerField(default=0)),
                    ("reminded_at", models.DateTimeField(blank=True, null=True)),
                    ("attended", models.BooleanField(blank=True, null=True)),
                    ("feedback_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "certificate",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                        ),
                    ),
                    ("erased_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["confirmed_at", "pk"],
                    "indexes": [
                        models.Index(fields=["event", "state", "confirmed_at"], name="registration_line"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("erased_at", None), ("state__in", ["confirmed", "offered", "waiting"])),
                            fields=("event", "email"),
                            name="registration_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("email", django.db.models.functions.text.Lower("email"))), name="registration_email_low"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "offered"), _negated=True), ("answer_by__isnull", False), _connector="OR"),
                            name="registration_offer_has_end",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["confirmed", "offered", "waiting"]), _negated=True),
                                ("confirmed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="registration_live_is_confirmed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("erased_at", None),
                                models.Q(
                                    ("certificate", None), ("code_digest", ""), ("email", ""), ("name", ""), ("organisation", ""), ("support", "")
                                ),
                                _connector="OR",
                            ),
                            name="registration_erased_is_empty",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("erased_at__isnull", False), models.Q(("email", ""), _negated=True), _connector="OR"),
                            name="registration_reachable",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Feedback",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="formats.event")),
                    ("rating", models.PositiveSmallIntegerField()),
                    ("took_along", models.CharField(blank=True, max_length=2000)),
                    ("wished", models.CharField(blank=True, max_length=2000)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="feedback_from_one_to_five"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Outcome",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    (
                        "topic",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="partnerships.topic"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("joint_project", "joint project"),
                                ("city_lab", "City Lab"),
                                ("project_idea", "project idea"),
                                ("next_meeting", "next meeting"),
                                ("recommendation", "recommendation"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("raised", "raised"), ("made", "made into something"), ("dropped", "not pursued")],
                            default="raised",
                            max_length=8,
                        ),
                    ),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    (
                        "project",
                        models.OneToOneField(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="partnerships.project"
                        ),
                    ),
                    (
                        "lab",
                        models.OneToOneField(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="partnerships.citylab"
                        ),
                    ),
                    (
                        "next_event",
                        models.OneToOneField(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="comes_from", to="formats.event"
                        ),
                    ),
                    (
                        "forum",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="formats.forum"
                        ),
                    ),
                    ("handed_to", models.CharField(blank=True, max_length=200)),
                    ("events", models.ManyToManyField(related_name="outcomes", to="formats.event")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "made"), _negated=True), models.Q(("kind", ""), _negated=True), _connector="OR"),
                            name="outcome_made_has_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "dropped"), _negated=True), models.Q(("reason", {}), _negated=True), _connector="OR"
                            ),
                            name="outcome_dropped_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("project", None), ("kind__in", ["joint_project", "project_idea"]), _connector="OR"),
                                models.Q(("lab", None), ("kind", "city_lab"), _connector="OR"),
                                models.Q(("next_event", None), ("kind", "next_meeting"), _connector="OR"),
                            ),
                            name="outcome_points_at_its_kind",
                        ),
                        models.CheckConstraint(condition=models.Q(("title", {}), _negated=True), name="outcome_has_title"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Participant",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="formats.event")),
                    ("delegation", models.CharField(blank=True, max_length=200)),
                    (
                        "actor",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="event_places", to="partnerships.actor"
                        ),
                    ),
                    ("function", LocalizedTextField(default=LocalizedText)),
                    (
                        "sector",
                        models.CharField(
                            choices=[
                                ("administration", "Administration"),
                                ("science", "Science"),
                                ("business", "Business"),
                                ("politics", "Politics"),
                                ("civil_society", "Civil society"),
                                ("other", "Other sector"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(default=1)),
                    ("is_key_actor", models.BooleanField(default=False)),
                    (
                        "presence",
                        models.CharField(
                            choices=[("invited", "invited"), ("on_site", "on site"), ("remote", "joined online"), ("excused", "excused")],
                            default="invited",
                            max_length=8,
                        ),
                    ),
                ],
                options={
                    "ordering": ["delegation", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("actor__isnull", False), models.Q(("function", {}), _negated=True), _connector="OR"),
                            name="participant_is_somebody",
                        ),
                        models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="participant_at_least_one"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Contact",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="formats.event")),
                    (
                        "actor",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="met_at", to="partnerships.actor"
                        ),
                    ),
                    ("name", models.CharField(blank=True, max_length=200)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("municipality", "Municipality"),
                                ("university", "University"),
                                ("science", "Research institution"),
                                ("company", "Company"),
                                ("sme", "Small or medium-sized company"),
                                ("spin_off", "Spin-off"),
                                ("chamber", "Chamber"),
                                ("training_centre", "Training centre"),
                                ("foundation", "Foundation"),
                                ("association", "Association"),
                                ("programme", "Programme"),
                                ("expert", "Expert"),
                                ("other", "Other organisation"),
                            ],
                            default="other",
                            max_length=20,
                        ),
                    ),
                    (
                        "city",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="met_at", to="partnerships.municipality"
                        ),
                    ),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    ("follow_up", models.CharField(blank=True, max_length=500)),
                    ("owner", models.CharField(blank=True, max_length=200)),
                    ("due_on", models.DateField(blank=True, null=True)),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("actor__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"),
                            name="contact_is_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("follow_up", ""), models.Q(models.Q(("owner", ""), _negated=True), ("due_on__isnull", False)), _connector="OR"
                            ),
                            name="contact_step_has_owner",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CalendarLink",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "user",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="calendar_links", to=settings.AUTH_USER_MODEL),
                    ),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("revoked_at", None)), fields=("user",), name="calendar_link_one"),
                    ],
                },
            ),
        ),
    ]
