"""No superusers; and no deputy whose role outlasts the role of the person deputised."""

from django.db import migrations, models

# Whoever outlasted a principal until now ends with that principal, or now.
MEND = """
UPDATE accounts_mandate AS d SET
  revoked_at = CASE
    WHEN p.revoked_at IS NOT NULL OR p.ends_at <= greatest(d.starts_at, now()) THEN now() END,
  ends_at = CASE
    WHEN p.revoked_at IS NULL AND p.ends_at > greatest(d.starts_at, now())
      THEN least(d.ends_at, p.ends_at) ELSE d.ends_at END
FROM accounts_mandate AS p
WHERE d.deputy_of_id = p.id AND d.revoked_at IS NULL AND (d.ends_at IS NULL OR d.ends_at > now())
  AND (p.revoked_at IS NOT NULL
       OR (p.ends_at IS NOT NULL AND (d.ends_at IS NULL OR d.ends_at > p.ends_at)));
"""

RULE = """
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

UNDO = """
DROP TRIGGER accounts_mandate_deputy ON accounts_mandate;
DROP FUNCTION stadtbruecke_deputy_ends_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_session_epoch")]
    operations = [
        migrations.RunSQL(
            "UPDATE accounts_user SET is_superuser = false WHERE is_superuser",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False)), name="user_is_no_superuser"
            ),
        ),
        migrations.RunSQL(MEND, migrations.RunSQL.noop),
        migrations.RunSQL(RULE, UNDO),
    ]
