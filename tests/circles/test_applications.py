"""Applying to a call, from the form to the code."""

from __future__ import annotations

import pytest

from circles.models import Application
from tests.circles.factories import make_application, make_call


@pytest.fixture
def call(otto):
    return make_call(otto)


def test_a_code_makes_an_application(call):
    application = make_application(call, name="Clara", email="Clara@example.org")

    assert application.state == Application.State.SUBMITTED
    assert application.identity == "clara@example.org"
    assert application.user.email == "clara@example.org"
