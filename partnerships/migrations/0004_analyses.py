"""How partners and focuses are found: openings, analyses of candidates, what cities have in common."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partnerships", "0003_partnerships"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Opening",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("home", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.municipality")),
                    ("other", models.ForeignKey(on_delete=models.PROTECT, related_name="openings", to="partnerships.municipality")),
                    ("origin", models.CharField(max_length=300)),
                    ("note", models.TextField(blank=True, max_length=4000)),
                    ("happened_on", models.DateField(blank=True, null=True)),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "open"), ("taken_up", "became a partnership"), ("dropped", "not pursued")], default="open", max_length=8
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    (
                        "partnership",
                        models.OneToOneField(blank=True, null=True, on_delete=models.PROTECT, related_name="opening", to="partnerships.partnership"),
                    ),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-at", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("home", models.F("other")), _negated=True), name="opening_two_cities"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("partnership__isnull", False), ("state", "taken_up")),
                                models.Q(models.Q(("state", "taken_up"), _negated=True), ("partnership", None)),
                                _connector="OR",
                            ),
                            name="opening_taken_up_has_partnership",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "dropped"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="opening_dropped_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Analysis",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=80, unique=True)),
                    ("home", models.ForeignKey(on_delete=models.PROTECT, related_name="analyses", to="partnerships.municipality")),
                    ("title", models.CharField(max_length=200)),
                    ("question", models.TextField(blank=True, max_length=2000)),
                    ("uses_weights", models.BooleanField(default=False)),
                    ("state", models.CharField(choices=[("open", "open"), ("decided", "decided")], default="open", max_length=8)),
                    ("chosen", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="partnerships.candidate")),
                    ("decision_reason", LocalizedTextField(default=LocalizedText)),
                    ("single_reason", LocalizedTextField(default=LocalizedText)),
                    ("decided_on", models.DateField(blank=True, null=True)),
                    (
                        "partnership",
                        models.OneToOneField(blank=True, null=True, on_delete=models.PROTECT, related_name="analysis", to="partnerships.partnership"),
                    ),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "verbose_name_plural": "analyses",
                    "ordering": ["-at", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("chosen", None), ("decided_on", None), ("partnership", None), ("state", "open")),
                                models.Q(
                                    ("chosen__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("state", "decided"),
                                    models.Q(("decision_reason", {}), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="analysis_decided_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AnalysisCriterion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("analysis", models.ForeignKey(on_delete=models.PROTECT, related_name="criteria", to="partnerships.analysis")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    ("anchors", models.JSONField(default=dict)),
                    ("weight", models.PositiveSmallIntegerField(default=1)),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("analysis", "position"), name="analysis_criterion_position_once"),
                        models.CheckConstraint(condition=models.Q(("weight__gte", 1), ("weight__lte", 5)), name="analysis_weight_1_to_5"),
                        models.CheckConstraint(condition=models.Q(("name", {}), _negated=True), name="analysis_criterion_has_name"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Candidate",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("analysis", models.ForeignKey(on_delete=models.PROTECT, related_name="candidates", to="partnerships.analysis")),
                    ("municipality", models.ForeignKey(on_delete=models.PROTECT, related_name="candidacies", to="partnerships.municipality")),
                ],
                options={
                    "ordering": ["municipality__sort_de", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("analysis", "municipality"), name="candidate_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Score",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("candidate", models.ForeignKey(on_delete=models.PROTECT, related_name="scores", to="partnerships.candidate")),
                    ("criterion", models.ForeignKey(on_delete=models.PROTECT, related_name="scores", to="partnerships.analysiscriterion")),
                    ("points", models.PositiveSmallIntegerField()),
                    ("reason", models.TextField(max_length=2000)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("candidate", "criterion"), name="score_once"),
                        models.CheckConstraint(condition=models.Q(("points__lte", 5)), name="score_0_to_5"),
                        models.CheckConstraint(condition=models.Q(("reason__regex", "^\\s*$"), _negated=True), name="score_has_reason"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ranking",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("analysis", models.ForeignKey(on_delete=models.PROTECT, related_name="rankings", to="partnerships.analysis")),
                    ("rows", models.JSONField()),
                    ("uses_weights", models.BooleanField()),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-at", "-pk"],
                },
            ),
            migrations.CreateModel(
                name="ConnectionPoint",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "candidate",
                        models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="points_of_contact", to="partnerships.candidate"),
                    ),
                    (
                        "partnership",
                        models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="connection_points", to="partnerships.partnership"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("industry", "Industry"),
                                ("topic", "Topic"),
                                ("research", "Research"),
                                ("similarity", "Similarity"),
                                ("complement", "Complementary strength"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("text", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["kind", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("candidate", None), ("partnership", None), _connector="XOR"), name="connection_point_one_owner"
                        ),
                        models.CheckConstraint(condition=models.Q(("text", {}), _negated=True), name="connection_point_has_text"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TopicMatch",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("candidate", models.ForeignKey(on_delete=models.PROTECT, related_name="matches", to="partnerships.candidate")),
                    ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="matches", to="partnerships.topic")),
                    ("home_offers", models.BooleanField(default=False)),
                    ("home_seeks", models.BooleanField(default=False)),
                    ("other_offers", models.BooleanField(default=False)),
                    ("other_seeks", models.BooleanField(default=False)),
                ],
                options={
                    "verbose_name_plural": "topic matches",
                    "ordering": ["topic__sort_de", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("candidate", "topic"), name="topic_match_once"),
                        models.CheckConstraint(
                            condition=models.Q(("home_offers", True), ("home_seeks", True), ("other_offers", True), ("other_seeks", True), _connector="OR"),
                            name="topic_match_says_something",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Focus",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="foci", to="partnerships.partnership")),
                    ("topic", models.ForeignKey(on_delete=models.PROTECT, related_name="foci", to="partnerships.topic")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("longlist", "Long list"),
                                ("exploring", "Exploring"),
                                ("shortlisted", "Shortlisted"),
                                ("adopted", "Adopted"),
                                ("dropped", "Dropped"),
                            ],
                            default="longlist",
                            max_length=12,
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                    ("lead", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="leads", to="partnerships.party")),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    ("offered_by", models.ManyToManyField(blank=True, related_name="offers", to="partnerships.party")),
                    ("sought_by", models.ManyToManyField(blank=True, related_name="seeks", to="partnerships.party")),
                ],
                options={
                    "verbose_name_plural": "foci",
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "topic"), name="focus_once"),
                    ],
                },
            ),
        ),
    ]
