"""What is done together: encounters, goals, actions, projects and labs."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partnerships", "0006_signatures"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="ExchangeFormat",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="exchange_formats", to="partnerships.partnership")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    (
                        "mode",
                        models.CharField(
                            choices=[("learn", "Learning together"), ("develop", "Developing together"), ("act", "Acting together")],
                            default="learn",
                            max_length=8,
                        ),
                    ),
                    ("per_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "position"), name="exchange_format_position_once"),
                        models.CheckConstraint(
                            condition=models.Q(("per_year", None), ("per_year__range", (1, 52)), _connector="OR"), name="exchange_format_rhythm_sane"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Encounter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="encounters", to="partnerships.partnership")),
                    (
                        "exchange_format",
                        models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="encounters", to="partnerships.exchangeformat"),
                    ),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("on", models.DateField(blank=True, null=True)),
                    (
                        "precision",
                        models.CharField(
                            choices=[("day", "Day"), ("month", "Month"), ("season", "Season"), ("unknown", "Unknown")], default="day", max_length=8
                        ),
                    ),
                    ("both_sides", models.BooleanField(default=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled"), ("replaced", "replaced by another form")],
                            default="planned",
                            max_length=10,
                        ),
                    ),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    (
                        "setting",
                        models.CharField(blank=True, choices=[("on_site", "on site"), ("digital", "digital"), ("hybrid", "on site and digital")], max_length=8),
                    ),
                    ("host", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="hosted", to="partnerships.party")),
                    (
                        "mode",
                        models.CharField(
                            blank=True, choices=[("learn", "Learning together"), ("develop", "Developing together"), ("act", "Acting together")], max_length=8
                        ),
                    ),
                    ("replaced_by", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="replaces", to="partnerships.encounter")),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    ("page", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": [models.OrderBy(models.F("on"), nulls_last=True), "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("on", None), ("precision", "unknown")),
                                models.Q(("on__isnull", False), models.Q(("precision", "unknown"), _negated=True)),
                                _connector="OR",
                            ),
                            name="encounter_date_or_unknown",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["cancelled", "replaced"]), _negated=True), models.Q(("reason", {}), _negated=True), _connector="OR"
                            ),
                            name="encounter_missed_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("replaced_by", None),
                                models.Q(("state", "replaced"), models.Q(("replaced_by", models.F("id")), _negated=True)),
                                _connector="OR",
                            ),
                            name="encounter_replaced_by_another",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("subject_type", ""), _negated=True), fields=("subject_type", "subject_id"), name="encounter_subject_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Goal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="goals", to="partnerships.partnership")),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("strategy", LocalizedTextField(default=LocalizedText)),
                    ("indicator", LocalizedTextField(default=LocalizedText)),
                    ("unit", LocalizedTextField(default=LocalizedText)),
                    ("baseline", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ("baseline_on", models.DateField(blank=True, null=True)),
                    ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ("due_on", models.DateField(blank=True, null=True)),
                    ("latest", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ("latest_on", models.DateField(blank=True, null=True)),
                    ("lead", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="led_goals", to="partnerships.party")),
                    ("side", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="own_goals", to="partnerships.party")),
                    ("review_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "position"), name="goal_position_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("baseline", None), ("latest", None), ("target", None)), models.Q(("unit", {}), _negated=True), _connector="OR"
                            ),
                            name="goal_number_has_unit",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("latest", None), ("latest_on", None)),
                                models.Q(("latest__isnull", False), ("latest_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="goal_latest_has_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("baseline_on", None), ("due_on", None), ("due_on__gt", models.F("baseline_on")), _connector="OR"),
                            name="goal_due_after_baseline",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("review_months", None), ("review_months__range", (1, 60)), _connector="OR"), name="goal_review_sane"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Measurement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("goal", models.ForeignKey(on_delete=models.PROTECT, related_name="measurements", to="partnerships.goal")),
                    ("value", models.DecimalField(decimal_places=2, max_digits=12)),
                    ("on", models.DateField()),
                    ("note", LocalizedTextField(default=LocalizedText)),
                    (
                        "corrects",
                        models.OneToOneField(blank=True, null=True, on_delete=models.PROTECT, related_name="correction", to="partnerships.measurement"),
                    ),
                    ("entered_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("entered_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("corrects", None), models.Q(("corrects", models.F("id")), _negated=True), _connector="OR"),
                            name="measurement_corrects_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Action",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="actions", to="partnerships.partnership")),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    (
                        "state",
                        models.CharField(
                            choices=[("not_started", "not started"), ("ongoing", "ongoing"), ("completed", "completed"), ("cancelled", "cancelled")],
                            default="not_started",
                            max_length=12,
                        ),
                    ),
                    ("side", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="actions", to="partnerships.party")),
                    ("owner", LocalizedTextField(default=LocalizedText)),
                    ("person_name", models.CharField(blank=True, max_length=200)),
                    ("indicator", LocalizedTextField(default=LocalizedText)),
                    ("due_on", models.DateField(blank=True, null=True)),
                    ("goal", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="actions", to="partnerships.goal")),
                    ("topic", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="actions", to="partnerships.topic")),
                    ("encounter", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="follow_ups", to="partnerships.encounter")),
                    ("is_public", models.BooleanField(default=False)),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("completed_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("owner", {}), _negated=True), name="action_has_owner"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("completed_on__isnull", False), ("state", "completed")),
                                models.Q(models.Q(("state", "completed"), _negated=True), ("completed_on", None)),
                                _connector="OR",
                            ),
                            name="action_completed_has_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "cancelled"), _negated=True), models.Q(("reason", {}), _negated=True), _connector="OR"),
                            name="action_cancelled_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Project",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="projects", to="partnerships.partnership")),
                    ("slug", models.SlugField(max_length=120, unique=True)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("idea", "idea"),
                                ("planned", "planned"),
                                ("pilot", "pilot"),
                                ("running", "running"),
                                ("done", "done"),
                                ("stopped", "stopped"),
                            ],
                            default="idea",
                            max_length=8,
                        ),
                    ),
                    (
                        "mode",
                        models.CharField(
                            choices=[("learn", "Learning together"), ("develop", "Developing together"), ("act", "Acting together")],
                            default="develop",
                            max_length=8,
                        ),
                    ),
                    ("summary", LocalizedTextField(default=LocalizedText)),
                    ("citizen_benefit", LocalizedTextField(default=LocalizedText)),
                    ("result", LocalizedTextField(default=LocalizedText)),
                    ("topic", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="projects", to="partnerships.topic")),
                    ("challenge", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="projects", to="partnerships.challenge")),
                    ("encounter", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="projects", to="partnerships.encounter")),
                    ("proposed_by", models.CharField(blank=True, max_length=200)),
                    ("funding", LocalizedTextField(default=LocalizedText)),
                    ("starts_on", models.DateField(blank=True, null=True)),
                    ("ends_on", models.DateField(blank=True, null=True)),
                    ("reason", LocalizedTextField(default=LocalizedText)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["partnership_id", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                            name="project_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "stopped"), _negated=True), models.Q(("reason", {}), _negated=True), _connector="OR"),
                            name="project_stopped_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "done"), _negated=True), models.Q(("result", {}), _negated=True), _connector="OR"),
                            name="project_done_has_result",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["pilot", "running", "done"]), _negated=True),
                                models.Q(("citizen_benefit", {}), _negated=True),
                                _connector="OR",
                            ),
                            name="project_says_benefit",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProjectActor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("project", models.ForeignKey(on_delete=models.PROTECT, related_name="places", to="partnerships.project")),
                    ("actor", models.ForeignKey(on_delete=models.PROTECT, related_name="project_places", to="partnerships.actor")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="project_places", to="partnerships.party")),
                    ("leads", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["party__position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("project", "actor"), name="project_actor_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CityLab",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="labs", to="partnerships.partnership")),
                    ("slug", models.SlugField(max_length=120, unique=True)),
                    ("name", LocalizedTextField(default=LocalizedText)),
                    (
                        "state",
                        models.CharField(
                            choices=[("idea", "idea"), ("planned", "planned"), ("active", "active"), ("closed", "closed")], default="idea", max_length=8
                        ),
                    ),
                    ("purpose", LocalizedTextField(default=LocalizedText)),
                    ("results", LocalizedTextField(default=LocalizedText)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("topics", models.ManyToManyField(blank=True, related_name="labs", to="partnerships.topic")),
                ],
                options={
                    "ordering": ["partnership_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="LabSite",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("lab", models.ForeignKey(on_delete=models.PROTECT, related_name="sites", to="partnerships.citylab")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="lab_sites", to="partnerships.party")),
                    ("place", models.CharField(max_length=200)),
                ],
                options={
                    "ordering": ["party__position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("lab", "party", "place"), name="lab_site_once"),
                        models.CheckConstraint(condition=models.Q(("place", ""), _negated=True), name="lab_site_has_place"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Milestone",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="milestones", to="partnerships.partnership")),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("on", models.DateField()),
                    ("is_reached", models.BooleanField(default=False)),
                    ("after", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="next", to="partnerships.milestone")),
                    ("encounter", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="milestones", to="partnerships.encounter")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="milestones", to="partnerships.project")),
                ],
                options={
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("after", None), models.Q(("after", models.F("id")), _negated=True), _connector="OR"),
                            name="milestone_after_another",
                        ),
                    ],
                },
            ),
        ),
    ]
