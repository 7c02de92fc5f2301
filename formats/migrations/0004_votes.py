"""Votes with one ballot each, and the priorities of a body."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0003_visions"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Poll",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    (
                        "method",
                        models.CharField(
                            choices=[("dots", "points to give away"), ("score", "a score for every topic"), ("choice", "one choice")], max_length=8
                        ),
                    ),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("ballot", "ballots, on a device of one's own or by printed card"),
                                ("hands", "show of hands, counted by two people"),
                            ],
                            default="ballot",
                            max_length=8,
                        ),
                    ),
                    ("budget", models.PositiveSmallIntegerField(default=1)),
                    ("most", models.PositiveSmallIntegerField(default=1)),
                    ("is_secret", models.BooleanField(default=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("prepared", "being prepared"), ("open", "open"), ("closed", "closed"), ("withdrawn", "withdrawn")],
                            default="prepared",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("closes_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("counted", models.PositiveIntegerField(blank=True, null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["subject_type", "subject_id"], name="poll_subject"),
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("budget__gte", models.F("most")), ("most__gte", 1)), name="poll_points_in_order"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "prepared"),
                                models.Q(models.Q(("subject_type", ""), _negated=True), models.Q(("subject_id", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="poll_is_about_something",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("method", "choice"), _negated=True), models.Q(("budget", 1), ("most", 1)), _connector="OR"),
                            name="poll_choice_is_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("state__in", ["prepared", "withdrawn"]), ("opened_at__isnull", False), _connector="OR"),
                            name="poll_opened_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at__isnull", False), ("counted__isnull", False), ("state", "closed")),
                                models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("counted", None)),
                                _connector="OR",
                            ),
                            name="poll_closed_is_counted",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("closes_at", None), ("opened_at", None), ("closes_at__gt", models.F("opened_at")), _connector="OR"),
                            name="poll_closes_after_opening",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PollOption",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("poll", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="options", to="formats.poll")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("poll", "position"), name="poll_option_position_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Voter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("poll", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voters", to="formats.poll")),
                    (
                        "user",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("number", models.PositiveSmallIntegerField(null=True)),
                    ("label", models.CharField(blank=True, max_length=200)),
                    ("has_voted", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["number", "label", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("poll", "user"), name="voter_person_once"),
                        models.UniqueConstraint(fields=("poll", "number"), name="voter_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("number__isnull", False), ("user", None)),
                                models.Q(("number", None), ("user__isnull", False)),
                                _connector="OR",
                            ),
                            name="voter_person_or_card",
                        ),
                        models.UniqueConstraint(fields=("id", "poll"), name="voter_poll_key"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VotingPass",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("voter", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="passes", to="formats.voter")),
                    ("kind", models.CharField(choices=[("card", "printed card"), ("link", "personal link")], max_length=8)),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("sheet", models.PositiveSmallIntegerField(default=1)),
                    ("revoked_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("token_digest__regex", "^[0-9a-f]{64}$")), name="voting_pass_digest"),
                        models.UniqueConstraint(condition=models.Q(("revoked_at", None)), fields=("voter", "kind"), name="voting_pass_one_in_force"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ballot",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("poll", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="formats.poll")),
                    ("voter", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.voter")),
                    ("marks", models.JSONField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("voter",), name="ballot_one_each"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HandCount",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("poll", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hand_counts", to="formats.poll")),
                    ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("present", models.PositiveSmallIntegerField()),
                    ("hands", models.JSONField()),
                    ("entered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="AgreedCount",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("poll", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="agreed_count", to="formats.poll")),
                    ("first", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.handcount")),
                    ("second", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="formats.handcount")),
                ],
            ),
            migrations.CreateModel(
                name="PriorityRound",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="priority_rounds", to="formats.meeting")),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("question", LocalizedTextField(default=LocalizedText)),
                    (
                        "electorate",
                        models.CharField(
                            choices=[("members", "members of the D.I.V. with a vote"), ("room", "everybody in the room, by card")],
                            default="members",
                            max_length=8,
                        ),
                    ),
                    ("poll", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="priority_round", to="formats.poll")),
                ],
                options={
                    "ordering": ["-pk"],
                },
            ),
            migrations.CreateModel(
                name="PriorityTopic",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("round", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="formats.priorityround")),
                    ("option", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="topic", to="formats.polloption")),
                    (
                        "vision",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="priority_topics", to="formats.vision"
                        ),
                    ),
                    (
                        "idea",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="priority_topics", to="formats.idea"
                        ),
                    ),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    (
                        "answer",
                        models.CharField(
                            blank=True, choices=[("adopted", "taken up"), ("later", "later"), ("declined", "not taken up")], max_length=8
                        ),
                    ),
                    ("answer_reason", LocalizedTextField(default=LocalizedText)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["option__position"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", ""), ("answered_at", None)),
                                models.Q(
                                    models.Q(("answer", ""), _negated=True),
                                    models.Q(("answer_reason", {}), _negated=True),
                                    ("answered_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="priority_topic_answered_with_reason",
                        ),
                        models.UniqueConstraint(fields=("round", "idea"), name="priority_topic_idea_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Dissent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("topic", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="dissents", to="formats.prioritytopic")),
                    ("for_whom", models.CharField(max_length=200)),
                    ("words", models.TextField()),
                    ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
        ),
    ]
