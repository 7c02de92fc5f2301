"""One world for all files of this folder, in a transaction that is never committed."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import override_settings

from tests.authorization import world as worlds


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory, _handlers):
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_DIR=tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        yield worlds.build()
        transaction.set_rollback(True)
