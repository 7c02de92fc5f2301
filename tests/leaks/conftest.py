"""One world for the whole walk, in a transaction that is never committed."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.leaks import world as worlds


@pytest.fixture(scope="module")
def world(ground, tmp_path_factory):
    with override_settings(FILES_DIR=tmp_path_factory.mktemp("files")):
        yield worlds.World()
