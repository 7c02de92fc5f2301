"""Releases are only added; a stored file changes once at most: when it is purged."""

from django.db import migrations

from foundation.triggers import AppendOnly

KEEP_BYTES = """
CREATE FUNCTION documents_keep_stored_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND NEW.name = ''
     AND to_jsonb(OLD) - '{name,purged_at}'::text[] = to_jsonb(NEW) - '{name,purged_at}'::text[]
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'append-only: a stored file takes no % but one purge', TG_OP
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER documents_storedfile_kept BEFORE UPDATE OR DELETE ON documents_storedfile
  FOR EACH ROW EXECUTE FUNCTION documents_keep_stored_file();
"""
FORGET = """
DROP TRIGGER documents_storedfile_kept ON documents_storedfile;
DROP FUNCTION documents_keep_stored_file();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_first")]

    operations = [
        migrations.RunSQL(KEEP_BYTES, FORGET),
        AppendOnly("release"),
    ]
