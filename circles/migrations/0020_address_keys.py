"""The address as tickets know it, so that a letter and a form of one person are found."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from circles.applying.search_keys import email_key


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    applications = apps.get_model("circles", "Application").objects
    for pk, email in applications.exclude(email="").values_list("pk", "email").iterator():
        applications.filter(pk=pk).update(email_key=email_key(email))


class Migration(migrations.Migration):
    dependencies = [("circles", "0019_samples_have_a_ceiling")]
    operations = [
        migrations.AddField(
            "application", "email_key", models.CharField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "application",
            models.Index(
                condition=~models.Q(email_key=""),
                fields=["call", "email_key"],
                name="application_by_email",
            ),
        ),
    ]
