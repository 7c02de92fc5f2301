"""No deputy outlasts whom it deputises; an erased account is nobody, for good."""

from django.db import migrations

DEPUTY_ENDS_IN_TIME = """
CREATE FUNCTION stadtbruecke_deputy_ends_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM accounts_mandate AS d JOIN accounts_mandate AS p ON p.id = d.deputy_of_id
    WHERE NEW.id IN (d.id, p.id)
      AND least(coalesce(d.revoked_at, 'infinity'), coalesce(d.ends_at, 'infinity'))
        > least(coalesce(p.revoked_at, 'infinity'), coalesce(p.ends_at, 'infinity'))
      AND least(coalesce(d.revoked_at, 'infinity'), coalesce(d.ends_at, 'infinity')) > clock_timestamp()
  ) THEN
    RAISE EXCEPTION 'deputy-too-long: the deputy of mandate % outlasts it', NEW.deputy_of_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_mandate_deputy AFTER INSERT OR UPDATE ON accounts_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stadtbruecke_deputy_ends_in_time();
"""
DEPUTY_STAYS = """
DROP TRIGGER accounts_mandate_deputy ON accounts_mandate;
DROP FUNCTION stadtbruecke_deputy_ends_in_time();
"""

ERASED_FOR_GOOD = """
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
ERASED_FOR_NOW = """
DROP TRIGGER accounts_mandate_somebody ON accounts_mandate;
DROP FUNCTION stadtbruecke_no_role_for_nobody();
DROP TRIGGER accounts_user_erased ON accounts_user;
DROP FUNCTION stadtbruecke_erased_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]
    operations = [
        migrations.RunSQL(DEPUTY_ENDS_IN_TIME, DEPUTY_STAYS),
        migrations.RunSQL(ERASED_FOR_GOOD, ERASED_FOR_NOW),
    ]
