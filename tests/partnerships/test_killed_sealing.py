"""A worker killed while it prints and while it seals: nothing half done is served, all is finished.

The blow falls when the bytes are made and their rows are not.
"""

import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.documents import files, verification
from foundation.documents.files import sweep_orphans
from foundation.documents.models import Release, StoredFile
from foundation.documents.storage import document_storage
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from partnerships.models import Edition
from partnerships.signing import signatures
from partnerships.wording import versions
from tests.conftest import login
from tests.partnerships.factories import agree_by_all, digests_of, proof_of, signer
from tests.worker import locked, until, waits_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def frozen(draft, otto, bruno, paula):
    """A frozen version whose PDF nobody has made yet."""
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    return draft


def state(agreement) -> str:
    agreement.refresh_from_db()
    return agreement.state


def page_of_pdf(agreement) -> str:
    return reverse("agreement_pdf", args=[agreement.partnership.slug, agreement.number])


def finished(kind: str) -> Effect:
    """The one effect of this kind, once it is done."""
    until(lambda: Effect.objects.filter(kind=kind, state="done").exists(), f"{kind} being done")
    return Effect.objects.get(kind=kind)


def test_killed_while_printing_nothing_is_served_and_the_next_worker_issues_once(
    frozen, worker, client, otto
):
    with locked("documents_release"):  # printed, sealed and checked; not yet on the list
        worker.start()
        until(lambda: waits_for("documents_release"), "the worker listing the PDF")
        worker.kill()
    assert state(frozen) == "frozen"
    assert (Release.objects.count(), StoredFile.objects.count()) == (0, 0)
    answer = login(client, otto, fresh=True).get(page_of_pdf(frozen))
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (404, "text/html")

    worker.start()
    assert finished("agreement.issue").attempts == 2
    edition = Edition.objects.get()
    assert (state(frozen), edition.stage) == ("collecting", "issued")
    assert verification.verify(files.read(edition.release.file)).verdict == "not-final"
    assert Entry.objects.filter(verb="released").count() == 1


@pytest.mark.req("R8")
def test_killed_while_sealing_the_issued_file_is_served_until_the_seal_is_whole(
    frozen, worker, do_work, client, otto
):
    do_work()
    assert state(frozen) == "collecting"
    issued = files.read(Edition.objects.get().release.file)
    for position in (1, 2):
        person = signer(frozen, position)
        signatures.sign(frozen, **digests_of(frozen), proof=proof_of(person), by=person)
    assert state(frozen) == "sealing"

    with locked("audit_entry"):  # sealed, stored and listed, but for the trail
        worker.start()
        until(lambda: waits_for("audit_entry"), "the worker listing the sealed PDF")
        worker.kill()
    assert (state(frozen), Release.objects.count()) == ("sealing", 1)
    answer = login(client, otto, fresh=True).get(page_of_pdf(frozen))
    assert answer.content == issued
    assert sweep_orphans(older_than=0) == 1  # the bytes that no row knows

    worker.start()
    assert finished("agreement.conclude").attempts == 2
    final = Edition.objects.get(stage="final")
    sealed = files.read(final.release.file)
    assert state(frozen) == "concluded"
    assert sealed.startswith(issued)
    assert verification.verify(sealed).verdict == "valid-test"
    assert OutgoingMail.objects.filter(kind="agreement_concluded", to="paula@example.org").count()
    assert len(list(document_storage().base_location.glob("*/.writing-*"))) == 0
    finished("agreement.reprint")
