"""PostgreSQL whose tables can be emptied after tests that commit.

Append-only tables refuse to be emptied, and TRUNCATE makes new files for some hundred tables. The
suite owns its database, so its flush deletes what is there, with the triggers of those tables
switched off, in one transaction; the portal itself knows no such way.
"""

from django.db.backends.postgresql import base, operations

from tests.postgres.creation import DatabaseCreation


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        filled = [self.quote_name(name) for name in self._filled(tables)]
        if not filled:
            return []
        # One statement: rows that refer to each other go at the same moment.
        deletes = (f"_{n} AS (DELETE FROM {name})" for n, name in enumerate(filled))
        return [
            *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in filled),
            f"WITH {', '.join(deletes)} SELECT",
            "SET CONSTRAINTS ALL IMMEDIATE",  # a table with open questions cannot be altered
            *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in filled),
        ]

    def _filled(self, tables) -> list[str]:
        """Which of the tables have rows."""
        asked = " UNION ALL ".join(
            f"(SELECT %s WHERE EXISTS (SELECT FROM {self.quote_name(name)}))" for name in tables
        )
        with self.connection.cursor() as cursor:
            cursor.execute(asked, list(tables))
            return [name for (name,) in cursor.fetchall()]


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
