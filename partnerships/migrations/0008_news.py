"""What is told about it: news, photos, flyers, lessons and voices."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0007_deeds"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="NewsItem",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="news", to="partnerships.partnership")),
                    ("slug", models.SlugField(max_length=120, unique=True)),
                    ("title", LocalizedTextField(default=LocalizedText)),
                    ("body", LocalizedTextField(default=LocalizedText)),
                    ("place", models.CharField(max_length=120)),
                    ("on", models.DateField()),
                    ("source", models.CharField(max_length=300)),
                    ("source_url", models.URLField(blank=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["-on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("place", ""), _negated=True), models.Q(("source", ""), _negated=True)),
                            name="news_item_has_place_with_source",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Photo",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="photos", to="partnerships.partnership")),
                    ("news", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="photos", to="partnerships.newsitem")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="photos", to="partnerships.project")),
                    ("lab", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="photos", to="partnerships.citylab")),
                    ("file", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("width", models.PositiveSmallIntegerField()),
                    ("height", models.PositiveSmallIntegerField()),
                    ("alt", LocalizedTextField(default=LocalizedText)),
                    ("credit", models.CharField(max_length=200)),
                    ("brought_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("brought_at", models.DateTimeField(db_default=Now())),
                    ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                    ("erased_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("credit__regex", "\\S")), name="photo_has_credit"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("alt__de__has_key", "text"),
                                ("alt__de__text__regex", "\\S"),
                                ("alt__en__has_key", "text"),
                                ("alt__en__text__regex", "\\S"),
                                ("alt__has_keys", ["de", "en"]),
                            ),
                            name="photo_has_words_in_both_languages",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("news", None), ("project", None)),
                                models.Q(("lab", None), ("news", None)),
                                models.Q(("lab", None), ("project", None)),
                                _connector="OR",
                            ),
                            name="photo_in_one_place",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("erased_at", None), ("taken_down_at__isnull", False), _connector="OR"), name="photo_erased_is_taken_down"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("taken_down_at", None)),
                            fields=("partnership", "news", "project", "lab"),
                            name="photo_one_in_a_place",
                            nulls_distinct=False,
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Flyer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="flyers", to="partnerships.partnership")),
                    ("language", models.CharField(max_length=2)),
                    ("digest", models.CharField(max_length=64)),
                    ("file", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("made_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-made_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("partnership", "language", "digest"), name="flyer_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lesson",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="lessons", to="partnerships.partnership")),
                    (
                        "in_phase",
                        models.CharField(
                            choices=[
                                ("analysis", "Analysis"),
                                ("contact", "Contact"),
                                ("topics", "Finding topics"),
                                ("target_picture", "Target picture"),
                                ("agreement", "Agreement"),
                                ("action_plan", "Action plan"),
                                ("implementation", "Implementation"),
                                ("monitoring", "Monitoring"),
                                ("evaluation", "Evaluation"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    ("by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["at", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text", {}), _negated=True), name="lesson_has_text"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Statement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="statements", to="partnerships.partnership")),
                    ("party", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="statements", to="partnerships.party")),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                    ("role", models.CharField(max_length=200)),
                    ("text", LocalizedTextField(default=LocalizedText)),
                    ("language", models.CharField(max_length=2)),
                    ("said_on", models.DateField(blank=True, null=True)),
                    ("source", models.CharField(max_length=300)),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="statement_has_source"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ambassador",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("partnership", models.ForeignKey(on_delete=models.PROTECT, related_name="ambassadors", to="partnerships.partnership")),
                    ("party", models.ForeignKey(on_delete=models.PROTECT, related_name="ambassadors", to="partnerships.party")),
                    ("role", LocalizedTextField(default=LocalizedText)),
                    ("person_name", models.CharField(blank=True, max_length=200)),
                    ("name_is_public", models.BooleanField(default=False)),
                    ("user", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="ambassadorships", to=settings.AUTH_USER_MODEL)),
                    ("ended_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["party__position", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("role", {}), _negated=True), name="ambassador_has_role"),
                        models.UniqueConstraint(
                            condition=models.Q(("ended_on", None), ("user__isnull", False)), fields=("partnership", "user"), name="ambassador_user_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Introduction",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("ambassador", models.ForeignKey(on_delete=models.PROTECT, related_name="introductions", to="partnerships.ambassador")),
                    ("first", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.actor")),
                    ("second", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.actor")),
                    ("on", models.DateField()),
                    ("note", models.CharField(blank=True, max_length=500)),
                    ("logged_at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "ordering": ["-on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("first", models.F("second")), _negated=True), name="introduction_of_two"),
                    ],
                },
            ),
        ),
    ]
