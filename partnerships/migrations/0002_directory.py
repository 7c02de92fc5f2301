"""The directory of actors: entries, contacts, questions about them, merging and importing."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Now

from foundation.languages import LocalizedText, LocalizedTextField
from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_first"),
        ("partnerships", "0001_first"),
    ]
    operations = [
        # A trusted extension since PostgreSQL 13: the owner of the database may create it.
        TrigramExtension(),
        Tables(
            migrations.CreateModel(
                name="Actor",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=120, unique=True)),
                    ("name", models.CharField(max_length=300)),
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
                            max_length=20,
                        ),
                    ),
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
                    ("municipality", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="actors", to="partnerships.municipality")),
                    ("description", LocalizedTextField(default=LocalizedText)),
                    ("website", models.URLField(blank=True)),
                    ("is_published", models.BooleanField(default=True)),
                    ("is_fictional", models.BooleanField(default=False)),
                    ("confirmed_on", models.DateField(blank=True, null=True)),
                    ("merged_into", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="merged", to="partnerships.actor")),
                    ("sort_de", models.CharField(db_collation="C", max_length=300)),
                    ("sort_en", models.CharField(db_collation="C", max_length=300)),
                    ("sort_fi", models.CharField(db_collation="C", max_length=300)),
                    ("folded", models.CharField(db_collation="C", max_length=600)),
                    ("topics", models.ManyToManyField(blank=True, related_name="actors", to="partnerships.topic")),
                ],
                options={
                    "ordering": ["sort_de", "name", "pk"],
                    "indexes": [
                        GinIndex(fields=["folded"], name="actor_folded_trigrams", opclasses=["gin_trgm_ops"]),
                        models.Index(condition=models.Q(("is_published", True)), fields=["sort_de", "name", "id"], name="actor_public_de"),
                        models.Index(condition=models.Q(("is_published", True)), fields=["sort_en", "name", "id"], name="actor_public_en"),
                        models.Index(condition=models.Q(("is_published", True)), fields=["sort_fi", "name", "id"], name="actor_public_fi"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("merged_into", None)), fields=("name", "municipality"), name="actor_once_per_city", nulls_distinct=False
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("merged_into", None), ("is_published", False), _connector="OR"), name="actor_merged_is_hidden"
                        ),
                        models.CheckConstraint(condition=models.Q(("merged_into", models.F("pk")), _negated=True), name="actor_not_merged_into_itself"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("folded", ""), _negated=True), models.Q(("name", ""), _negated=True)), name="actor_has_name"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActorContact",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("actor", models.OneToOneField(on_delete=models.CASCADE, related_name="contact", to="partnerships.actor")),
                    ("email", models.EmailField(max_length=254)),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("next_check_on", models.DateField(db_index=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("language__in", ["de", "en", "fi"])), name="actor_contact_language"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActorCheckup",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("actor", models.ForeignKey(on_delete=models.PROTECT, related_name="checkups", to="partnerships.actor")),
                    ("due_on", models.DateField()),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "asked"),
                                ("confirmed", "confirmed"),
                                ("corrected", "correction proposed"),
                                ("removal", "removal asked for"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("lapsed", "not answered"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("wants_removal", models.BooleanField(default=False)),
                    ("proposal", models.JSONField(default=dict)),
                    ("asked_at", models.DateTimeField(db_default=Now())),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("actor", "due_on"), name="actor_asked_once_a_year"),
                        models.UniqueConstraint(condition=models.Q(("state", "asked")), fields=("actor",), name="actor_one_open_question"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at__isnull", True), ("state__in", ["asked", "lapsed"])),
                                models.Q(models.Q(("state__in", ["asked", "lapsed"]), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="actor_checkup_answer_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActorMerge",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("kept", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.actor")),
                    ("dropped", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="partnerships.actor")),
                    ("moved", models.JSONField(default=list)),
                    ("aside", models.JSONField(default=list)),
                    ("filled", models.JSONField(default=dict)),
                    ("was_published", models.BooleanField()),
                    ("merged_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("merged_at", models.DateTimeField(db_default=Now())),
                    ("undone_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("undone_at", None)), fields=("dropped",), name="actor_merged_once"),
                        models.CheckConstraint(condition=models.Q(("kept", models.F("dropped")), _negated=True), name="actor_merge_of_two"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ExpertInvitation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("actor", models.ForeignKey(on_delete=models.PROTECT, related_name="invitations", to="partnerships.actor")),
                    ("email", models.EmailField(max_length=254)),
                    ("language", models.CharField(default="de", max_length=2)),
                    (
                        "purpose",
                        models.CharField(
                            choices=[("event", "An event"), ("circle", "An innovation circle"), ("network", "A learning network"), ("other", "Something else")],
                            max_length=10,
                        ),
                    ),
                    ("occasion", models.CharField(max_length=200)),
                    ("on", models.DateField(null=True)),
                    ("message", models.TextField(blank=True)),
                    ("reply_by", models.DateField()),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "no answer yet"), ("accepted", "accepted"), ("declined", "declined"), ("withdrawn", "withdrawn")],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("answer", models.TextField(blank=True)),
                    ("invited_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("invited_at", models.DateTimeField(db_default=Now())),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at__isnull", True), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="expert_invitation_answer_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DirectoryImport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("file", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="documents.storedfile")),
                    ("encoding", models.CharField(max_length=12)),
                    ("separator", models.CharField(max_length=1)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("previewed", "waits for your decision"),
                                ("running", "is being imported"),
                                ("done", "imported"),
                                ("undoing", "is being taken back"),
                                ("undone", "taken back"),
                                ("discarded", "discarded"),
                            ],
                            default="previewed",
                            max_length=10,
                        ),
                    ),
                    ("uploaded_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("uploaded_at", models.DateTimeField(db_default=Now())),
                    ("done_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at__isnull", True), ("state__in", ["previewed", "running", "discarded"])),
                                models.Q(("done_at__isnull", False), ("state__in", ["done", "undoing", "undone"])),
                                _connector="OR",
                            ),
                            name="directory_import_done_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ImportRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("batch", models.ForeignKey(on_delete=models.PROTECT, related_name="rows", to="partnerships.directoryimport")),
                    ("line", models.PositiveIntegerField()),
                    (
                        "verdict",
                        models.CharField(
                            choices=[("new", "new"), ("changed", "changed"), ("unchanged", "unchanged"), ("repeated", "repeated"), ("faulty", "faulty")],
                            max_length=10,
                        ),
                    ),
                    ("name", models.CharField(blank=True, max_length=300)),
                    ("values", models.JSONField(default=dict)),
                    ("remarks", models.JSONField(default=list)),
                    ("actor", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="partnerships.actor")),
                    ("before", models.JSONField(null=True)),
                    ("after", models.JSONField(null=True)),
                    ("is_done", models.BooleanField(default=False)),
                    ("is_undone", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["line", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("batch", "line"), name="import_row_once"),
                        models.CheckConstraint(
                            condition=models.Q(("is_done", False), ("verdict__in", ["new", "changed"]), _connector="OR"), name="import_row_only_good_ones_done"
                        ),
                    ],
                },
            ),
        ),
    ]
