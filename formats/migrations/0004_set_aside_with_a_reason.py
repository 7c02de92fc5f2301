"""A vision that is set aside says why; what was set aside before this column says so too."""

from django.db import migrations, models

import foundation.languages

REASON_OF_OLD_ROWS = """
UPDATE formats_vision SET set_aside_reason = '{"de": {"text": "Kein Grund vermerkt."}}'
  WHERE state = 'set_aside'
"""


class Migration(migrations.Migration):
    dependencies = [("formats", "0003_adoptions_have_happened")]
    operations = [
        migrations.AddField(
            model_name="vision",
            name="set_aside_reason",
            field=foundation.languages.LocalizedTextField(
                default=foundation.languages.LocalizedText
            ),
        ),
        migrations.RunSQL(REASON_OF_OLD_ROWS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(set_aside_reason={}),
                name="vision_set_aside_with_reason",
            ),
        ),
    ]
