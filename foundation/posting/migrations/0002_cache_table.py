"""The table of Django's default cache, which login limits rely on."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("posting", "0001_first")]
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
