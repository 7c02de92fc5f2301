"""Paragraphs with their revisions, comments and suggestions beside them."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Paragraph",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("subject_type", models.CharField(max_length=64)),
                    ("subject_id", models.CharField(max_length=64)),
                    ("number", models.PositiveSmallIntegerField()),
                    ("slug", models.SlugField(max_length=40)),
                    ("heading", LocalizedTextField(default=LocalizedText)),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("subject_type", "subject_id", "number"), name="paragraph_number_once"),
                        models.UniqueConstraint(fields=("subject_type", "subject_id", "slug"), name="paragraph_slug_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Revision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("paragraph", models.ForeignKey(on_delete=models.PROTECT, related_name="revisions", to="texts.paragraph")),
                    ("n", models.PositiveIntegerField()),
                    ("body", LocalizedTextField(default=LocalizedText)),
                    ("written_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("written_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("paragraph", "n"), name="revision_number_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Comment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("paragraph", models.ForeignKey(on_delete=models.PROTECT, related_name="comments", to="texts.paragraph")),
                    ("side", models.CharField(max_length=64)),
                    ("is_internal", models.BooleanField(default=False)),
                    ("text", models.TextField(max_length=2000)),
                    ("written_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("written_at", models.DateTimeField(db_default=Now())),
                    ("told_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="comment_says_something"),
                        models.CheckConstraint(condition=models.Q(("side", ""), _negated=True), name="comment_has_a_side"),
                        models.CheckConstraint(condition=models.Q(("is_internal", False), ("told_at", None), _connector="OR"), name="comment_internal_untold"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Suggestion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("paragraph", models.ForeignKey(on_delete=models.PROTECT, related_name="suggestions", to="texts.paragraph")),
                    ("side", models.CharField(max_length=64)),
                    ("based_on", models.PositiveIntegerField()),
                    ("words", models.JSONField()),
                    ("reason", models.TextField(blank=True, max_length=1000)),
                    ("suggested_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("suggested_at", models.DateTimeField(db_default=Now())),
                    ("told_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("words", {}), _negated=True), name="suggestion_has_words"),
                        models.CheckConstraint(condition=models.Q(("side", ""), _negated=True), name="suggestion_has_a_side"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SuggestionAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("suggestion", models.OneToOneField(on_delete=models.PROTECT, related_name="answer", to="texts.suggestion")),
                    ("outcome", models.CharField(choices=[("accepted", "accepted"), ("declined", "declined"), ("withdrawn", "withdrawn")], max_length=10)),
                    ("reason", models.TextField(blank=True, max_length=1000)),
                    ("revision", models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="suggestion_answer", to="texts.revision")),
                    ("answered_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("answered_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", "accepted"), ("revision__isnull", False)),
                                models.Q(models.Q(("outcome", "accepted"), _negated=True), ("revision", None)),
                                _connector="OR",
                            ),
                            name="accepted_suggestion_has_revision",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("outcome", "declined"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="declined_suggestion_has_reason",
                        ),
                    ],
                },
            ),
        ),
    ]
