"""The trail takes no UPDATE and no DELETE."""

from django.db import migrations

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]
    operations = [AppendOnly("Entry"), AppendOnly("Link"), AppendOnly("Sighting")]
