"""The gallery uses its own addresses: the look knows no page of the product."""

import pytest


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tests.foundation.look.addresses"
