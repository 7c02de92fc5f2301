"""Address, name and subject are one line each: they make the head of a mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0004_secrets_are_not_held")]
    operations = [
        migrations.RunSQL(
            r"""UPDATE mail_outgoingmail SET
                to_name = regexp_replace(to_name, '\s+', ' ', 'g'),
                subject = regexp_replace(subject, '\s+', ' ', 'g'),
                "to" = regexp_replace("to", '\s+', '', 'g')
                WHERE concat("to", to_name, subject) ~ '[\r\n]'""",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to__regex", "[\\r\\n]"), _negated=True),
                    models.Q(("to_name__regex", "[\\r\\n]"), _negated=True),
                    models.Q(("subject__regex", "[\\r\\n]"), _negated=True),
                ),
                name="mail_head_is_one_line",
            ),
        ),
    ]
