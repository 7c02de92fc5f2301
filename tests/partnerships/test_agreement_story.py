"""From the first draft to the concluded file, with real rendering, real seals and real mails."""

import json

import pytest
from django.db.models.functions import Now

from foundation.documents import files
from foundation.documents.verification import verify
from foundation.effects import work
from foundation.effects.models import Effect
from partnerships.models import AgreementVersion, Edition
from partnerships.signing import signatures
from partnerships.wording import versions
from tests.partnerships.factories import agree_by_all, digests_of, proof_of, signer


@pytest.mark.req("R7")
@pytest.mark.req("R8")
def test_from_draft_to_concluded(draft, seal, bruno, paula, otto, do_work, inbox):
    agree_by_all(draft, bruno, paula)
    assert draft.state == "agreed"
    version = versions.freeze(draft, by=otto, proof=proof_of(otto))
    assert draft.state == "frozen"

    # A worker that is killed after its claim leaves nothing; another one takes over.
    assert work._claim("pdf") is not None
    assert not Edition.objects.exists()
    Effect.objects.filter(queue="pdf").update(due_at=Now())
    do_work()
    draft.refresh_from_db()
    assert draft.state == "collecting"
    issued = versions.newest_edition(draft)
    verdict = verify(files.read(issued.release.file))
    assert verdict.verdict == "not-final"

    berta, tuomas = signer(draft, 1), signer(draft, 2)
    shown = digests_of(draft)
    signatures.sign(draft, **shown, proof=proof_of(berta), by=berta)
    assert [each["signed"] for each in signatures.signed_by(draft)] == [True, False]
    signatures.sign(draft, **shown, proof=proof_of(tuomas), by=tuomas)
    assert draft.state == "sealing"
    do_work()
    draft.refresh_from_db()
    assert draft.state == "concluded"
    assert draft.partnership.formality == "letter_of_intent"

    pdf = files.read(versions.newest_edition(draft).release.file)
    verdict = verify(pdf)
    assert (verdict.verdict, verdict.number, len(verdict.evidence)) == (
        "valid-test",
        draft.number,
        2,
    )
    assert [each["version_sha256"] for each in verdict.evidence] == [version.sha256] * 2
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    assert verify(bytes(changed)).verdict == "changed"

    # Everybody hears the end in their own language, with the link to the file.
    last = {mail.to[0].split("<")[-1].rstrip(">"): mail for mail in inbox[-5:]}
    assert len(last) == 5
    assert "is concluded" in last["paula@example.org"].subject
    assert f"/abkommen/{draft.number}/dokument.pdf" in last["paula@example.org"].body
    assert f"/pruefen/{draft.number}/" in last["tuomas@example.org"].body


def test_the_frozen_bytes_are_canonical_and_kept(draft, bruno, paula, otto):
    agree_by_all(draft, bruno, paula)
    version = versions.freeze(draft, by=otto, proof=proof_of(otto))
    kept = bytes(AgreementVersion.objects.get(pk=version.pk).content)
    data = json.loads(kept)
    assert kept.startswith(b'{"actors":[')
    assert (data["number"], data["version"], data["test"]) == (draft.number, 1, True)
    assert [goal["title"]["en"] for goal in data["goals"]] == ["Open sensor data"]
    assert data["goals"][0]["target"] == "40"
    assert [signer["name"] for signer in data["signatories"]] == [
        "Berta Beispiel",
        "Tuomas Beispiel",
    ]
