"""PostgreSQL whose tables can be emptied after tests that commit.

Append-only tables refuse TRUNCATE. The suite owns its database, so its flush switches those
triggers off and on again, in one transaction; the portal itself knows no such way.
"""

from django.db.backends.postgresql import base, operations

from tests.postgres.creation import DatabaseCreation

SWITCH = """
DO $$
DECLARE
  rule record;
BEGIN
  FOR rule IN
    SELECT tgrelid::regclass AS place, tgname AS name FROM pg_trigger
    WHERE tgfoid = 'stadtbruecke_append_only'::regproc AND tgname LIKE '%%\\_not\\_emptied'
  LOOP
    EXECUTE format('ALTER TABLE %%s %s TRIGGER %%I', rule.place, rule.name);
  END LOOP;
END $$;
"""


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, *args, **options):
        statements = super().sql_flush(*args, **options)
        if not statements:
            return statements
        return [SWITCH % "DISABLE", *statements, SWITCH % "ENABLE"]


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
