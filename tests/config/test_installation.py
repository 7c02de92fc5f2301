"""A database knows what it is for; trials never touch one that serves production."""

import pytest
from django.core.management import CommandError, call_command

from config import installation
from foundation.accounts.models import User


def test_the_first_migration_marks_the_database(db):
    assert installation.marked() == "trial"


def test_demo_and_test_are_trials_together(db, settings):
    settings.PORTAL_MODE = "demo"
    call_command("migrate", verbosity=0)
    assert installation.marked() == "trial"


@pytest.mark.parametrize("command", ["migrate", "load_demo"])
@pytest.mark.parametrize("mode", ["demo", "test"])
def test_a_trial_refuses_the_database_of_production(db, settings, command, mode):
    installation.mark("production")
    settings.PORTAL_MODE = mode
    with pytest.raises(CommandError, match="made for production, and PORTAL_MODE is"):
        call_command(command)
    assert not User.objects.exists()


def test_production_refuses_the_database_of_a_trial(db, settings):
    settings.PORTAL_MODE = "production"
    with pytest.raises(CommandError, match="made for trial, and PORTAL_MODE is production"):
        call_command("migrate", skip_checks=True)
