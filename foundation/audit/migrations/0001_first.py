"""The trail, the chain that seals it, and who looked at whose data."""

from django.db import migrations, models
from django.db.models.functions import Now

from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        Tables(
            migrations.CreateModel(
                name="Entry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(db_default=Now())),
                    ("verb", models.CharField(max_length=64)),
                    ("actor_id", models.BigIntegerField(null=True)),
                    ("subject_type", models.CharField(max_length=64)),
                    ("subject_id", models.CharField(max_length=64)),
                    ("details", models.JSONField(default=dict)),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["subject_type", "subject_id"], name="entry_subject"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Link",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.BigIntegerField(unique=True)),
                    ("entry", models.OneToOneField(on_delete=models.PROTECT, related_name="link", to="audit.entry")),
                    ("hash", models.CharField(max_length=64)),
                ],
                options={
                    "ordering": ["n"],
                },
            ),
            migrations.CreateModel(
                name="Sighting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(db_default=Now())),
                    ("viewer_id", models.BigIntegerField()),
                    ("subject_type", models.CharField(max_length=64)),
                    ("subject_id", models.CharField(max_length=64)),
                    ("purpose", models.CharField(max_length=64)),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [
                        models.Index(fields=["subject_type", "subject_id"], name="sighting_subject"),
                    ],
                },
            ),
        ),
    ]
