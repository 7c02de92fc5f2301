"""An account that was erased is nobody's: no name, no way in, no role, and no way back."""

from django.db import migrations, models

RULES = """
CREATE FUNCTION stadtbruecke_erased_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
    RAISE EXCEPTION 'erased-for-good: account % was erased', OLD.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_user_erased BEFORE UPDATE ON accounts_user
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_erased_for_good();

CREATE FUNCTION stadtbruecke_no_role_for_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Waits for somebody who is just being erased.
  PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR SHARE;
  IF EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.user_id AND erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'no-role-for-nobody: account % was erased', NEW.user_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_mandate_somebody BEFORE INSERT ON accounts_mandate
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_no_role_for_nobody();
"""

UNDO = """
DROP TRIGGER accounts_mandate_somebody ON accounts_mandate;
DROP FUNCTION stadtbruecke_no_role_for_nobody();
DROP TRIGGER accounts_user_erased ON accounts_user;
DROP FUNCTION stadtbruecke_erased_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_names_on_one_line")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(
                    is_active=False, is_staff=False, name="", email__endswith="@erased.invalid"
                ),
                name="user_erased_is_nobody",
            ),
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
