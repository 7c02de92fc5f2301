"""A worker killed while it seals what all have signed: nothing half, the next one ends it once."""

import pytest

from foundation.documents import files
from foundation.documents.models import Release
from foundation.documents.verification import verify
from foundation.effects.models import Effect
from partnerships import signatures, versions
from partnerships.models import Edition, Evidence
from tests.partnerships.factories import agree_by_all, digests_of, proof_of, signer
from tests.worker import locked, until, waits_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("seal")]


@pytest.mark.req("R8")
def test_killed_at_the_seal_and_started_again(draft, otto, bruno, paula, do_work, worker, environ):
    agree_by_all(draft, bruno, paula)
    version = versions.freeze(draft, by=otto)
    do_work()
    for position in (1, 2):
        user = signer(draft, position)
        signatures.sign(draft, **digests_of(draft), proof=proof_of(user), by=user)
    before = Release.objects.count()
    with locked("partnerships_edition"):  # the release is written then, its edition is not
        worker.start()
        until(lambda: waits_for("partnerships_edition"), "the worker sealing")
        worker.kill()
    draft.refresh_from_db()
    assert (draft.state, Release.objects.count()) == ("sealing", before)
    assert Evidence.objects.count() == 2

    worker.start()
    until(lambda: Edition.objects.filter(stage="final").exists(), "the second worker's seal")
    effect = Effect.objects.filter(kind="agreement.conclude")
    until(lambda: effect.get().state == "done", "the work being ticked off")
    assert effect.get().attempts == 2
    draft.refresh_from_db()
    assert draft.state == "concluded"
    final = Edition.objects.get(version=version, stage="final")
    assert verify(files.read(final.release.file)).verdict == "valid-test"


@pytest.fixture
def environ(settings, monkeypatch):
    """The worker stores and seals where the test does."""
    monkeypatch.setenv("FILES_DIR", str(settings.FILES_DIR))
    monkeypatch.setenv("SEAL_DIR", str(settings.SEAL_DIR))
