"""What was written, suggested or answered stays as it was; only when others were told is added."""

from django.db import migrations

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_first")]
    operations = [
        AppendOnly("Revision"),
        AppendOnly("Comment", except_columns=("told_at",)),
        AppendOnly("Suggestion", except_columns=("told_at",)),
        AppendOnly("SuggestionAnswer"),
    ]
