"""A name is one line, because it stands in the head of mails."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_project_team")]
    operations = [
        migrations.RunSQL(
            r"UPDATE accounts_user SET name = regexp_replace(name, '\s+', ' ', 'g')"
            r" WHERE name ~ '[\r\n]'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "[\\r\\n]"), _negated=True),
                name="user_name_is_one_line",
            ),
        ),
    ]
