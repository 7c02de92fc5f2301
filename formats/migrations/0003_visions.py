"""Visions, ideas, walls, and the work orders that follow."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import formats.models.idea
from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("formats", "0002_resolutions"),
    ]
    operations = [
        Tables(
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
                    (
                        "action_field",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="visions", to="formats.actionfield"),
                    ),
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
                    (
                        "adopted_in",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="visions", to="formats.meeting"
                        ),
                    ),
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
                name="Idea",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=20, unique=True)),
                    ("handle", models.CharField(default=formats.models.idea.new_handle, max_length=32, unique=True)),
                    ("title", models.CharField(max_length=120)),
                    ("text", models.TextField(blank=True)),
                    (
                        "action_field",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="formats.actionfield"
                        ),
                    ),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("email_digest", models.CharField(blank=True, max_length=64)),
                    ("email_confirmed_at", models.DateTimeField(blank=True, null=True)),
                    ("received_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("received", "received"),
                                ("answered", "answered"),
                                ("merged", "joined with another idea"),
                                ("discarded", "thrown away"),
                            ],
                            default="received",
                            max_length=10,
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="duplicates", to="formats.idea"
                        ),
                    ),
                    ("answer", LocalizedTextField(default=LocalizedText)),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    ("public_text", LocalizedTextField(default=LocalizedText)),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "vision",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="formats.vision"
                        ),
                    ),
                    ("erased_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "answered"), _negated=True), models.Q(("answer", {}), _negated=True), _connector="OR"
                            ),
                            name="idea_answered_with_words",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settled_at", None), ("state", "received")),
                                models.Q(models.Q(("state", "received"), _negated=True), ("settled_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="idea_settled_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("merged_into__isnull", False), ("state", "merged")),
                                models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                                _connector="OR",
                            ),
                            name="idea_merged_into_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("merged_into", None), models.Q(("merged_into", models.F("pk")), _negated=True), _connector="OR"),
                            name="idea_not_merged_into_itself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("released_at", None), models.Q(("state", "answered"), models.Q(("public_text", {}), _negated=True)), _connector="OR"
                            ),
                            name="idea_released_with_answer",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("email_confirmed_at", None), ("email_digest", ""), _connector="OR"),
                            name="idea_confirmed_link_is_spent",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Drafting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="draftings", to="formats.meeting")),
                    ("question", LocalizedTextField(default=LocalizedText)),
                    ("code", models.CharField(max_length=12, unique=True)),
                    ("state", models.CharField(choices=[("open", "open"), ("closed", "closed")], default="open", max_length=8)),
                    ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["-pk"],
                },
            ),
            migrations.CreateModel(
                name="SnippetGroup",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("drafting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="formats.drafting")),
                    ("title", models.CharField(max_length=80)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("drafting", "title"), name="snippet_group_title_once"),
                        models.UniqueConstraint(fields=("id", "drafting"), name="snippet_group_drafting_key"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Snippet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("drafting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="snippets", to="formats.drafting")),
                    ("text", models.CharField(max_length=200)),
                    ("device", models.CharField(max_length=64)),
                    (
                        "group",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="snippets", to="formats.snippetgroup"
                        ),
                    ),
                    ("is_hidden", models.BooleanField(default=False)),
                    ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="snippet_says_something"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorkOrder",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=20, unique=True)),
                    ("vision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="work_orders", to="formats.vision")),
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
                    (
                        "successor_of",
                        models.OneToOneField(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successor", to="formats.workorder"
                        ),
                    ),
                    (
                        "presented_in",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="presented_orders", to="formats.meeting"
                        ),
                    ),
                    ("result", LocalizedTextField(default=LocalizedText)),
                    ("closing_note", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("successor_of", None), models.Q(("successor_of", models.F("pk")), _negated=True), _connector="OR"),
                            name="work_order_follows_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "closed"), _negated=True), models.Q(("closing_note", {}), _negated=True), _connector="OR"
                            ),
                            name="work_order_closed_with_note",
                        ),
                        models.UniqueConstraint(fields=("id", "addressee"), name="work_order_addressee_key"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OfficeProject",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "work_order",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="office_project", to="formats.workorder"),
                    ),
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
