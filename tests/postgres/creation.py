"""The test database of a run with several processes: one migrates, the others get a copy.

The original carries the run's own name and goes with it, so that no run ever meets another's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.backends.postgresql import creation

RUN = "PYTEST_XDIST_TESTRUNUID"  # what pytest-xdist calls a run, in each of its processes


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, verbosity=1, autoclobber=False, serialize=True, keepdb=False):
        if RUN not in os.environ or keepdb:
            return super().create_test_db(verbosity, autoclobber, serialize, keepdb)
        with self._one_at_a_time() as cursor:
            if self._database_exists(cursor, self._original()):
                name = self._copy(verbosity, autoclobber)
            else:
                name = super().create_test_db(verbosity, autoclobber, serialize)
                self.connection.close()  # what is copied must be at rest
                made, template = self._original(), self._quote_name(name)
                cursor.execute(f"CREATE DATABASE {made} TEMPLATE {template}")
        self.connection.ensure_connection()
        return name

    def _destroy_test_db(self, test_database_name, verbosity):
        super()._destroy_test_db(test_database_name, verbosity)
        if RUN in os.environ:
            # Gone with the first who leaves; a process that comes later migrates again.
            with self._one_at_a_time() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {self._original()}")

    def _original(self) -> str:
        return f"test_original_{os.environ[RUN][:16]}"

    @contextmanager
    def _one_at_a_time(self) -> Iterator:
        with self._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [self._original()])
            yield cursor  # the lock ends with the connection

    def _copy(self, verbosity: int, autoclobber: bool) -> str:
        wanted = self.connection.settings_dict["TEST"]
        wanted["TEMPLATE"] = self._original()
        name = self._create_test_db(verbosity, autoclobber)
        del wanted["TEMPLATE"]
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = name
        self.connection.settings_dict["NAME"] = name
        return name
