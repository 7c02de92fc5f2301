"""What is learnt: peer consultation, knowledge of rooms, recommendations."""

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
        ("formats", "0012_learning"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Consultation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consultations", to="formats.cohort")),
                    (
                        "session",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="consultations",
                            to="formats.learningsession",
                        ),
                    ),
                    ("case_giver", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="formats.cohortmember")),
                    (
                        "topic",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="consultations", to="partnerships.topic"
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("situation", models.TextField(max_length=6000)),
                    ("tried", models.TextField(blank=True, max_length=3000)),
                    ("key_question", models.CharField(blank=True, max_length=500)),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("brainstorming", "Brainstorming"),
                                ("good_advice", "Good advice"),
                                ("resonance", "Resonance"),
                                ("headstand", "Headstand: what would make it worse?"),
                                ("first_step", "A first small step"),
                            ],
                            max_length=14,
                        ),
                    ),
                    ("takeaway", models.TextField(blank=True, max_length=3000)),
                    (
                        "phase",
                        models.CharField(
                            choices=[
                                ("planned", "not begun"),
                                ("casting", "Casting"),
                                ("story", "Spontaneous story"),
                                ("key_question", "Key question"),
                                ("method", "Choice of method"),
                                ("advice", "Advice"),
                                ("closing", "Closing"),
                                ("done", "finished"),
                            ],
                            default="planned",
                            max_length=12,
                        ),
                    ),
                    ("phase_began_at", models.DateTimeField(blank=True, null=True)),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "openness",
                        models.CharField(
                            choices=[
                                ("owner", "only I"),
                                ("cohort", "our cohort"),
                                ("network", "all cohorts of the network"),
                                ("public", "everybody"),
                            ],
                            default="owner",
                            max_length=8,
                        ),
                    ),
                    ("asked_back_at", models.DateTimeField(blank=True, null=True)),
                    ("check_back", models.TextField(blank=True, max_length=3000)),
                    ("checked_back_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("phase", "planned"), ("phase_began_at__isnull", False), _connector="OR"),
                            name="consultation_phase_has_begun",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at__isnull", False), ("phase", "done")),
                                models.Q(models.Q(("phase", "done"), _negated=True), ("done_at", None)),
                                _connector="OR",
                            ),
                            name="consultation_done_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("phase__in", ["planned", "casting", "story", "key_question"]),
                                models.Q(("key_question", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="consultation_asks_something",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("openness", "owner"), ("phase", "done"), _connector="OR"), name="consultation_released_when_done"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("checked_back_at", None), ("phase", "done"), _connector="OR"),
                            name="consultation_looked_back_when_done",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConsultationSeat",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("consultation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="formats.consultation")),
                    (
                        "member",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consultation_seats", to="formats.cohortmember"),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[("moderator", "Moderator"), ("note_taker", "Note taker"), ("adviser", "Advisers")],
                            default="adviser",
                            max_length=10,
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("consultation", "member"), name="consultation_seat_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("role", "moderator")), fields=("consultation",), name="consultation_one_moderator"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("role", "note_taker")), fields=("consultation",), name="consultation_one_note_taker"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Advice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "consultation",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="advice", to="formats.consultation"),
                    ),
                    ("text", models.CharField(max_length=1000)),
                    ("helps", models.BooleanField(default=False)),
                    ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="KnowledgeItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="formats.cohort")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("question", "Question from my organisation"),
                                ("idea", "Idea"),
                                ("report", "Experience report"),
                                ("input", "Expert input"),
                                ("approach", "Approach of my organisation"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "member",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="formats.cohortmember"
                        ),
                    ),
                    (
                        "giver",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="inputs", to="formats.knowledgegiver"
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("text", models.TextField(blank=True, max_length=6000)),
                    (
                        "topic",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="knowledge_items",
                            to="partnerships.topic",
                        ),
                    ),
                    (
                        "session",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="items", to="formats.learningsession"
                        ),
                    ),
                    ("link", models.URLField(blank=True, max_length=500)),
                    (
                        "openness",
                        models.CharField(
                            choices=[
                                ("owner", "only I"),
                                ("cohort", "our cohort"),
                                ("network", "all cohorts of the network"),
                                ("public", "everybody"),
                            ],
                            default="owner",
                            max_length=8,
                        ),
                    ),
                    (
                        "trial",
                        models.CharField(
                            blank=True, choices=[("proposed", "proposed"), ("tried", "being tried"), ("result", "tried, with a result")], max_length=8
                        ),
                    ),
                    (
                        "derived_from",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="derived", to="formats.knowledgeitem"
                        ),
                    ),
                    ("terms", models.CharField(blank=True, max_length=300)),
                    ("is_restricted", models.BooleanField(default=False)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["-written_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("giver", None), ("member__isnull", False)),
                                models.Q(("giver__isnull", False), ("member", None)),
                                _connector="OR",
                            ),
                            name="knowledge_item_of_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("openness", "public"), _negated=True), ("is_restricted", False), _connector="OR"),
                            name="knowledge_restricted_stays_inside",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("kind", "idea"), ("trial", ""), _connector="OR"), name="knowledge_only_ideas_are_tried"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("giver", None), ("kind", "input"), _connector="OR"), name="knowledge_givers_give_input"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("withdrawn_at", None), models.Q(("link", ""), ("text", "")), _connector="OR"),
                            name="knowledge_withdrawn_is_empty",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnowledgeReply",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("item", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="formats.knowledgeitem")),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="formats.cohortmember")),
                    ("text", models.CharField(max_length=3000)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["written_at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Recommendation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="formats.cohort")),
                    ("number", models.PositiveSmallIntegerField()),
                    (
                        "network",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="formats.learningnetwork"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "draft"), ("published", "published"), ("answered", "answered")], default="draft", max_length=10
                        ),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("first", LocalizedTextField(default=LocalizedText)),
                    ("second", LocalizedTextField(default=LocalizedText)),
                    ("third", LocalizedTextField(default=LocalizedText)),
                    ("addressee", LocalizedTextField(default=LocalizedText)),
                    ("condition", LocalizedTextField(default=LocalizedText)),
                    ("demand", LocalizedTextField(default=LocalizedText)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("answer", LocalizedTextField(default=LocalizedText)),
                    ("answered_on", models.DateField(blank=True, null=True)),
                    ("sessions", models.ManyToManyField(related_name="recommendations", to="formats.learningsession")),
                ],
                options={
                    "ordering": ["network_id", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "number"), name="recommendation_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("title", {}), _negated=True),
                                models.Q(("first", {}), _negated=True),
                                models.Q(("second", {}), _negated=True),
                                models.Q(("third", {}), _negated=True),
                                models.Q(("addressee", {}), _negated=True),
                                models.Q(("demand", {}), _negated=True),
                            ),
                            name="recommendation_says_everything",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("published_at", None), ("state", "draft")),
                                models.Q(models.Q(("state", "draft"), _negated=True), ("published_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="recommendation_published_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_on__isnull", False), ("state", "answered"), models.Q(("answer", {}), _negated=True)),
                                models.Q(models.Q(("state", "answered"), _negated=True), ("answer", {}), ("answered_on", None)),
                                _connector="OR",
                            ),
                            name="recommendation_answered_has_answer",
                        ),
                    ],
                },
            ),
        ),
    ]
