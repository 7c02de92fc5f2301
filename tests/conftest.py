"""The cast of all tests, and how they come through the door.

Clara citizen, Rita reviewer, Anton administrator, Leo lottery officer, Paula partner in Tampere,
Bruno in Bielefeld, Dora D.I.V. member, Olaf outsider; Otto works in the office, Vera chairs.
"""

from __future__ import annotations

import gc
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from celery import current_app
from django.core import mail as django_mail
from django.db import transaction
from django.test import Client
from django.utils import translation
from xdist.scheduler import LoadFileScheduling

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.documents.authority import ensure_test_authority
from foundation.effects import bell, work
from foundation.effects.models import Effect
from tests.worker import RealWorker

METHODS = "account_authentication_methods"
METHODS_USER = "account_authentication_methods_user"


# Folders whose files stand in one world, which takes long to build.
ONE_WORLD = ("tests/authorization",)


class FileOrFolder(LoadFileScheduling):
    """A file stays in one process; so does a folder whose files share their world."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((folder for folder in ONE_WORLD if file.startswith(f"{folder}/")), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return FileOrFolder(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_finish():
    """Thousands of tests wait in memory to the end: the collector need not go over them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _handlers():
    """Register every effect handler, as a worker does when it starts."""
    current_app.loader.import_default_modules()


@pytest.fixture(scope="session", autouse=True)
def _seal():
    """The test authority that seals in tests, made once."""
    ensure_test_authority()


@pytest.fixture(autouse=True)
def _silent_bell(monkeypatch):
    """No worker listens in a test; the truth is in the table, tests drain it themselves."""
    monkeypatch.setattr(bell, "_quiet_until", float("inf"))


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker, _handlers):
    """What all tests of a module stand on, in a transaction that is never committed.

    Module-scoped fixtures that ask for it lay it by the doors of the domain; each test works in a
    savepoint above it and fetches instances of its own. A module names its ground in `pytestmark`,
    so that every test finds the same, whichever runs first. Not for tests that commit.
    """
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _above_the_ground(request):
    """No test digs in the ground of the others, whether it asks for the database or not."""
    if "ground" in request.fixturenames:
        request.getfixturevalue("db")


def make_user(name: str, *roles: Role, factor: bool = False, **fields) -> User:
    user = User.objects.create_user(
        f"{name.lower()}@example.org", "langes Passwort 1", name=name, **fields
    )
    if factor:
        TOTP.activate(user, generate_totp_secret())
    for role in roles:
        mandates.grant(user, role, by=None)
    return user


# Who they are: their roles, and what else is true of them.
CAST = {
    "Clara": ((), {}),
    "Rita": ((Role.REVIEWER,), {"factor": True}),
    "Anton": ((Role.ADMINISTRATOR,), {"factor": True, "is_staff": True}),
    "Leo": ((Role.LOTTERY_OFFICER,), {"factor": True}),
    "Otto": ((Role.OFFICE,), {"factor": True}),
    "Vera": ((Role.CHAIR,), {"factor": True}),
    "Paula": ((), {"factor": True, "language": "en"}),
    "Bruno": ((), {"factor": True}),
    "Dora": ((Role.DIV_MEMBER,), {}),
    "Olaf": ((), {}),
}


def player(name: str) -> User:
    """One of the cast; who belongs to the module's ground is there already."""
    known = User.objects.filter(email=f"{name.lower()}@example.org").first()
    roles, fields = CAST[name]
    return known or make_user(name, *roles, **fields)


@pytest.fixture
def clara(db):
    return player("Clara")


@pytest.fixture
def rita(db):
    return player("Rita")


@pytest.fixture
def anton(db):
    return player("Anton")


@pytest.fixture
def leo(db):
    return player("Leo")


@pytest.fixture
def otto(db):
    return player("Otto")


@pytest.fixture
def vera(db):
    return player("Vera")


@pytest.fixture
def paula(db):
    return player("Paula")


@pytest.fixture
def dora(db):
    return player("Dora")


@pytest.fixture
def olaf(db):
    return player("Olaf")


def login(client: Client, user: User, *, fresh: bool = False) -> Client:
    """Log `user` in; `fresh` adds a second factor of this minute to the session."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if fresh:
        confirm_factor(client, user)
    return client


def confirm_factor(client: Client, user: User, *, age: float = 0.0) -> None:
    """Put a TOTP record of `age` seconds into the session, as allauth does after a code."""
    session = client.session
    session[METHODS] = [{"method": "mfa", "at": time.time() - age, "type": Authenticator.Type.TOTP}]
    session[METHODS_USER] = str(user.pk)
    session.save()


@pytest.fixture(autouse=True)
def english():
    """Sentences of the domain in the language of the code, whatever the site's first one is."""
    with translation.override("en"):
        yield


def do_due_work() -> int:
    """Do all due pending work, as a worker would; returns how many effects were done."""
    done = 0
    while batch := sum(work.drain(queue) for queue in Effect.Queue):
        done += batch
    return done


@pytest.fixture
def do_work():
    return do_due_work


@pytest.fixture
def inbox():
    """Mails that reached the mail server, oldest first."""
    return django_mail.outbox


@pytest.fixture
def worker(tmp_path, worker_id, settings):
    """A real worker on this test's database; the test starts it, kills it, starts it again."""
    # Files of its own: what no row of this database knows belongs to tests of another one.
    settings.FILES_DIR = tmp_path / "files"
    number = 1 + int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 1
    worker = RealWorker(tmp_path, number)
    yield worker
    worker.leave()
