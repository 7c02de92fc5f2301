"""The protocol of the signatures: sealed, one for the cities and one for everybody."""

import pytest
from django.urls import reverse

from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.documents import files
from foundation.documents.models import Release
from foundation.documents.uploads import PDF
from foundation.documents.verification import verify
from partnerships.models import Submission
from partnerships.signing import protocol, signatories, signatures, submissions
from partnerships.wording import agreements, versions
from tests.conftest import do_due_work, login, make_user, player
from tests.partnerships.factories import digests_of, issued, proof_of, signer
from tests.partnerships.test_kinds_of_evidence import SCAN, bring, place_of

pytestmark = pytest.mark.usefixtures("seal", "concluded_ground")


@pytest.fixture(scope="module")
def concluded_ground(draft_ground):
    """One by click, one deputy on paper; really rendered and sealed."""
    draft, sides = draft_ground, draft_ground.partnership.parties.order_by("position")
    otto, bruno, paula = map(player, ("Otto", "Bruno", "Paula"))
    berta = draft.signatories.get(party=sides[0])
    signatories.appoint_deputy(berta, deputy_for="Oberbürgermeisterin Otta", data=SCAN, by=otto)
    issued(draft, otto, bruno, paula)
    signatories.note_file_number(draft, sides[0], number="10.1-7/2026", by=bruno)
    brought = bring(draft, otto)
    digits = versions.standing_version(draft).short_digest
    submissions.compare(brought, agrees=True, digits=digits, by=bruno)
    tuomas = signer(draft, 2)
    signatures.sign(draft, **digests_of(draft), proof=proof_of(tuomas), by=tuomas)
    do_due_work()


@pytest.fixture
def concluded(draft):
    return draft


@pytest.mark.req("R8")
def test_it_is_sealed_listed_and_says_who_how_and_when(concluded, client, bruno):
    assert concluded.state == "concluded"
    for kind in (protocol.FULL, protocol.PUBLIC):
        listed = Release.objects.get(kind=kind)
        verdict = verify(files.read(listed.file))
        assert (verdict.verdict, verdict.number) == (
            "valid-test",
            protocol.protocol_number(concluded, kind),
        )
    version = versions.standing_version(concluded)
    protocol.issue(version)
    assert Release.objects.filter(kind=protocol.FULL).count() == 1

    told = protocol.tell(version, "en", is_public=False)
    (paper, click) = (block.signatures[0] for block in told.blocks)
    assert paper[0] == ("Berta Beispiel, Mayor's office, in place of Oberbürgermeisterin Otta")
    facts = dict(paper[1])
    assert facts["Kind"] == "signed on paper, scan on file"
    assert facts["Version digest"] == version.sha256
    assert "Bruno" in facts["Compared by"]
    place = place_of(concluded, 1)
    assert facts["Authority document (SHA-256)"] == place.authority.sha256
    assert facts["File as received (SHA-256)"] == Submission.objects.get().file.sha256
    assert dict(click[1])["Attested by"] == "only this portal"
    assert "(Bielefeld)" in dict(click[1])["Counts since"]
    assert "EET (Tampere)" in dict(click[1])["Counts since"].replace("EEST", "EET")
    assert ("Own file number", "10.1-7/2026") in told.blocks[0].facts
    assert told.blocks[0].facts[0] == ("Council", "decision expressly reserved")


def test_the_public_one_names_functions_and_nobody(concluded):
    version = versions.standing_version(concluded)
    for language in ("de", "en"):
        words = str(protocol.tell(version, language, is_public=True))
        for name in ("Berta", "Tuomas", "Bruno", "Otta", "10.1-7/2026"):
            assert name not in words
        assert version.sha256 in words


def test_each_reader_gets_their_own_and_strangers_none_before_publication(
    concluded, client, bruno, paula, otto
):
    url = reverse("agreement_protocol", args=[concluded.partnership.slug, concluded.number])
    assert client.get(url).status_code == 404
    full = Release.objects.get(kind=protocol.FULL)
    inside = login(client, bruno).get(url)
    assert (inside.content, inside["Content-Type"]) == (files.read(full.file), PDF)
    client.logout()
    for party, user in zip(concluded.partnership.parties.all(), (bruno, paula), strict=True):
        agreements.agree_to_publication(concluded, party, by=user)
    public = Release.objects.get(kind=protocol.PUBLIC)
    assert client.get(url).content == files.read(public.file)


def test_auditors_read_the_full_one(concluded, client):
    aurel = make_user("Aurel", factor=True)
    mandates.grant(aurel, Role.AUDITOR, concluded.partnership, by=None)
    url = reverse("agreement_protocol", args=[concluded.partnership.slug, concluded.number])
    full = Release.objects.get(kind=protocol.FULL)
    assert login(client, aurel).get(url).content == files.read(full.file)
