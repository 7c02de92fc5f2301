"""Stored bytes, and the releases that were made of them."""

from django.db import migrations, models
from django.db.models.functions import Now

from foundation.documents.storage import document_storage
from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        Tables(
            migrations.CreateModel(
                name="StoredFile",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("content", models.FileField(storage=document_storage, unique=True, upload_to="")),
                    ("created_at", models.DateTimeField(db_default=Now())),
                    ("purged_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["sha256"], name="stored_file_sha256"),
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="stored_file_digest"),
                        models.CheckConstraint(condition=models.Q(("purged_at", None), ("name", ""), _connector="OR"), name="stored_file_purged_has_no_name"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("subject_type", models.CharField(max_length=64)),
                    ("subject_id", models.CharField(max_length=64)),
                    ("number", models.CharField(max_length=80)),
                    ("kind", models.CharField(max_length=40)),
                    ("stage", models.CharField(choices=[("issued", "Issued"), ("final", "Final")], max_length=8)),
                    ("file", models.OneToOneField(on_delete=models.PROTECT, related_name="release", to="documents.storedfile")),
                    ("sha256", models.CharField(max_length=64, unique=True)),
                    ("revisions", models.PositiveSmallIntegerField()),
                    ("signatures", models.PositiveSmallIntegerField()),
                    ("seal_key", models.CharField(max_length=64)),
                    ("is_test", models.BooleanField()),
                    ("level", models.CharField(blank=True, default="", max_length=30)),
                    ("evidence", models.JSONField(default=list)),
                    ("issued_at", models.DateTimeField(db_default=Now())),
                    ("replaces", models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="replaced_by", to="documents.release")),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["number"], name="release_number"),
                        models.Index(fields=["seal_key"], name="release_seal_key"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("replaces", None)), fields=("subject_type", "subject_id", "kind"), name="release_one_beginning"
                        ),
                        models.CheckConstraint(condition=models.Q(("stage__in", ["issued", "final"])), name="release_stage"),
                        models.CheckConstraint(condition=models.Q(("revisions__gte", 1), ("signatures__gte", 1)), name="release_is_sealed"),
                    ],
                },
            ),
        ),
    ]
