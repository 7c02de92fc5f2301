"""A written revision stays as it was written."""

from django.db import migrations

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_first")]
    operations = [AppendOnly("Revision")]
