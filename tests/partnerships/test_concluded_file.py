"""The concluded agreement as a file: what it promises, and that nobody can add a thing to it."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from config.pages.verify import VERDICTS
from foundation.documents import files
from foundation.documents.conformance import demand_conformance
from foundation.documents.signer import seal_signer
from foundation.documents.verification import verify
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from partnerships.models import AgreementVersion
from partnerships.signing import issuing, rendering, signatures
from partnerships.signing.rendering import attachment_name, render
from partnerships.wording import versions
from tests.conftest import do_due_work, login, player
from tests.foundation.documents import forgeries
from tests.partnerships.factories import agree_by_all, digests_of, issued, proof_of, signer
from tests.partnerships.test_amendments import amend

pytestmark = pytest.mark.usefixtures("seal", "concluded_ground")


@pytest.fixture(scope="module")
def concluded_ground(draft_ground):
    """The draft, signed by both cities and sealed by the portal."""
    issued(draft_ground, *map(player, ("Otto", "Bruno", "Paula")))
    sign_and_seal(draft_ground)
    assert draft_ground.state == "concluded"


@pytest.fixture
def concluded(draft):
    return draft


def sign_and_seal(agreement):
    for position in (1, 2):
        person = signer(agreement, position)
        signatures.sign(agreement, **digests_of(agreement), proof=proof_of(person), by=person)
    do_due_work()
    agreement.refresh_from_db()


def pdf_of(agreement) -> bytes:
    return files.read(versions.newest_edition(agreement).release.file)


def verdict_by_command(path, pdf: bytes, capsys) -> tuple[str, int]:
    path.write_bytes(pdf)
    code = 0
    try:
        call_command("verify_document", str(path), "--json")
    except SystemExit as ended:
        code = int(ended.code)
    return json.loads(capsys.readouterr().out)["verdict"], code


def title_on_page(client, pdf: bytes) -> str:
    """Which verdict the public page shows, as its code."""
    upload = SimpleUploadedFile("a.pdf", pdf, content_type="application/pdf")
    answer = client.post(reverse("verify"), {"document": upload})
    assert answer.status_code == 200
    (shown,) = [
        code
        for code, (_sign, title, _text) in VERDICTS.items()
        if answer.context["verdict_title"] == title
    ]
    assert str(VERDICTS[shown][1]) in answer.content.decode()
    return shown


def test_nobody_adds_or_changes_a_thing(concluded, client, tmp_path, capsys):
    pdf, path = pdf_of(concluded), tmp_path / "a.pdf"
    assert verdict_by_command(path, pdf, capsys) == ("valid-test", 0)
    assert title_on_page(client, pdf) == "valid-test"
    forged = [
        forgeries.overlay(pdf),
        forgeries.annotation(pdf),
        forgeries.swapped_attachment(pdf),
        forgeries.one_byte(pdf, len(pdf) // 2),
        forgeries.empty_revision(pdf),
        forgeries.further_signature(pdf, seal_signer()),
        forgeries.locked(pdf),
    ]
    assert [verdict_by_command(path, each, capsys) for each in forged[:6]] == [("changed", 1)] * 6
    assert verdict_by_command(path, forged[6], capsys)[1] == 1
    assert [title_on_page(client, each) for each in forged[:5]] == ["changed"] * 5


def test_the_file_carries_what_was_frozen_and_prints_again_byte_for_byte(
    concluded, tmp_path, capsys
):
    version = AgreementVersion.objects.get(agreement=concluded)
    pdf = pdf_of(concluded)
    promises = {
        "languages": ["de", "en"],
        "attachments": {attachment_name(version): version.sha256},
    }
    demand_conformance(pdf, **promises)
    names = PdfFileReader(BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[1].get_object()["/EF"]["/F"].data == bytes(version.content)
    form = PdfFileReader(BytesIO(pdf)).root["/AcroForm"]
    fields = [str(each.get_object()["/T"]) for each in form["/Fields"]]
    assert fields == [
        "Unterschrift-1-1",
        "Unterschrift-2-1",
        "Siegel-Ausstellung",
        "Siegel-Abschluss",
    ]
    sealed, plain, again = (tmp_path / f"{n}.pdf" for n in "abc")
    call_command("render_agreement", concluded.number, "--out", str(sealed))
    call_command("render_agreement", concluded.number, "--out", str(plain), "--unsigned")
    call_command("render_agreement", concluded.number, "--out", str(again), "--unsigned")
    assert sealed.read_bytes() == pdf
    assert plain.read_bytes() == again.read_bytes() == render(version)
    assert pdf.startswith(plain.read_bytes())
    # The worker has printed it once more by itself and found no difference.
    assert Effect.objects.get(kind="agreement.reprint").state == "done"


def test_a_print_that_differs_raises_an_alert(concluded, settings, monkeypatch, tmp_path, do_work):
    version = AgreementVersion.objects.get(agreement=concluded)
    settings.PUBLIC_URL = "https://umgezogen.example.org"  # the version keeps its own address
    issuing.reprint(version)
    monkeypatch.setitem(rendering.WORDS["de"], "check", "Später geändert:")
    with pytest.raises(issuing.PrintDiffers):
        issuing.reprint(version)
    Effect.objects.filter(kind="agreement.reprint").update(
        state="due", attempts=0, done_at=None, due_at=Now()
    )
    do_work()
    assert Effect.objects.get(kind="agreement.reprint").state == "dead"
    out = tmp_path / "a.pdf"
    with pytest.raises(CommandError, match="prints differently"):
        call_command("render_agreement", concluded.number, "--out", str(out), "--unsigned")
    assert out.read_bytes().startswith(b"%PDF-")


def test_an_amendment_is_signed_sealed_and_verified_by_its_number(
    client, concluded, otto, bruno, paula
):
    made = amend(concluded, otto)
    agree_by_all(made, bruno, paula)
    version = versions.freeze(made, by=otto, proof=proof_of(otto))
    assert "Geteilte Kosten." in rendering.page_of(version, version.data)
    do_due_work()
    made.refresh_from_db()
    sign_and_seal(made)
    assert made.state == "concluded"
    login(client, paula)
    pdf = client.get(reverse("agreement_pdf", args=[made.partnership.slug, made.number]))
    assert f"{concluded.number}-A1-final.pdf" in pdf["Content-Disposition"]
    verdict = verify(pdf.content)
    assert (verdict.verdict, verdict.number) == ("valid-test", made.number)
    assert client.get(reverse("verify_number", args=[made.number])).status_code == 200
    assert OutgoingMail.objects.filter(kind="agreement_concluded", body__contains="/A1").exists()


def test_what_was_never_frozen_is_not_printed(concluded, otto, tmp_path):
    never = amend(concluded, otto)
    for number, words in ((never.number, "never frozen"), ("SB-1999-001", "no agreement")):
        with pytest.raises(CommandError, match=words):
            call_command("render_agreement", number, "--out", str(tmp_path / "a.pdf"))
