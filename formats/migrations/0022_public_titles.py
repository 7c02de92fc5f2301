"""Titles for everybody beside the senders' own, which go when their words go."""

from django.db import migrations, models
from django.db.models import Q

from foundation.languages import LocalizedText, LocalizedTextField

# What was released before stood there under the sender's title, as the office had read it.
FILL = """
UPDATE formats_idea SET public_title = jsonb_build_object(language, jsonb_build_object('text', title))
  WHERE released_at IS NOT NULL;
UPDATE formats_idea SET title = '' WHERE erased_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0021_rules_of_agenda")]
    operations = [
        migrations.AddField("idea", "public_title", LocalizedTextField(default=LocalizedText)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveConstraint("idea", "idea_released_with_answer"),
        migrations.AddConstraint(
            "idea",
            models.CheckConstraint(
                condition=Q(released_at=None) | (Q(state="answered") & ~Q(public_title={}) & ~Q(public_text={})),
                name="idea_released_with_answer",
            ),
        ),
    ]
