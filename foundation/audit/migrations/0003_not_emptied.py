"""Append-only tables of older installations take no TRUNCATE either; new ones bring that along."""

from django.db import migrations

RULE = """
DO $$
DECLARE
  rule record;
BEGIN
  FOR rule IN
    SELECT t.tgrelid::regclass AS place, c.relname AS name
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE t.tgfoid = 'stadtbruecke_append_only'::regproc
      AND t.tgname = c.relname || '_append_only'
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
      ' EXECUTE FUNCTION stadtbruecke_append_only()', rule.name || '_not_emptied', rule.place);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_rows_for_ever")]
    operations = [migrations.RunSQL(RULE, migrations.RunSQL.noop)]
