"""A mail moves through one door; one with a code or a link leaves or fails, nobody can keep it."""

from django.db import migrations

from foundation.triggers import GuardState

SECRETS_ARE_NOT_HELD = """
CREATE FUNCTION stadtbruecke_secret_mail_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'secret-mail: mail % carries a secret and cannot be held', NEW.id
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER mail_outgoingmail_secret BEFORE UPDATE OF state, secret ON mail_outgoingmail
  FOR EACH ROW WHEN (NEW.secret AND NEW.state = 'held')
  EXECUTE FUNCTION stadtbruecke_secret_mail_moves();
"""
SECRETS_ARE_HELD = """
DROP TRIGGER mail_outgoingmail_secret ON mail_outgoingmail;
DROP FUNCTION stadtbruecke_secret_mail_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_first")]
    operations = [
        GuardState("OutgoingMail", initial="held"),
        migrations.RunSQL(SECRETS_ARE_NOT_HELD, SECRETS_ARE_HELD),
    ]
