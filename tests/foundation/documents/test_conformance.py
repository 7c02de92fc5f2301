"""The checks before a release: what a file promises and does not keep is found and named."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from foundation.documents.conformance import NotConforming, demand_conformance
from foundation.documents.rendering import Attachment, render_pdf
from foundation.documents.sealing import certify
from tests.foundation.documents import forgeries

DATA = b'{"a":1}'
PROMISES = {
    "languages": ["de", "fi"],
    "attachments": {"daten.json": hashlib.sha256(DATA).hexdigest()},
}
HTML = """<p lang="de">Straße</p><p lang="fi">yhteistyö</p>
<form><p><input type="text" name="Unterschrift-1-1" title="Unterschrift"></p></form>"""


def document(html=HTML) -> bytes:
    return render_pdf(
        html,
        title="T",
        language="de",
        number="SB-1",
        attachments=[Attachment("daten.json", DATA, datetime(2026, 5, 4, tzinfo=UTC))],
        signature_fields=True,
        stylesheets=["input { appearance: auto; width: 50mm; height: 14mm }"],
    )


@pytest.fixture(scope="module")
def sealed(signer) -> bytes:
    return certify(document(), signer=signer)


def changed(pdf: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def problems(pdf: bytes, **promises) -> list[str]:
    with pytest.raises(NotConforming) as refusal:
        demand_conformance(pdf, **{**PROMISES, **promises})
    return refusal.value.problems


def test_a_document_of_ours_passes_before_and_after_its_seal(sealed):
    demand_conformance(document(), **PROMISES)
    demand_conformance(sealed, **PROMISES)


def test_the_signature_field_is_empty_tagged_and_needs_no_whole_font(sealed):
    reader = IncrementalPdfFileWriter(BytesIO(sealed)).prev
    field = reader.root["/AcroForm"]["/Fields"][0]
    assert (field["/FT"], field["/T"], field["/TU"]) == (
        "/Sig",
        "Unterschrift-1-1",
        "Unterschrift",
    )
    assert [name for name in ("/V", "/DA", "/Ff") if name in field] == []
    assert "/NeedAppearances" not in reader.root["/AcroForm"]
    assert len(document()) < 60_000


def test_a_language_that_no_element_names_is_missed(sealed):
    assert problems(sealed, languages=["de", "en"]) == ["language en"]


def test_other_attachments_than_promised_are_found(sealed):
    assert problems(sealed, attachments={}) == ["attachments differ"]
    assert problems(forgeries.swapped_attachment(sealed)) == ["attachments differ"]


def test_a_file_that_does_not_call_itself_accessible_is_refused():
    pixel = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>"
    assert problems(document(f'{HTML}<img src="{pixel}">')) == ["not called PDF/UA-1"]


def test_a_font_that_is_not_embedded_is_refused_unless_other_software_brought_it(sealed):
    def add_font(writer):
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Resources"]["/Font"][pdf_name("/FX")] = writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Font"),
                    pdf_name("/Subtype"): pdf_name("/Type1"),
                    pdf_name("/BaseFont"): pdf_name("/Courier"),
                }
            )
        )
        writer.update_container(page["/Resources"]["/Font"])

    foreign = changed(sealed, add_font)
    assert problems(foreign) == ["font /Courier"]
    demand_conformance(foreign, **PROMISES, foreign=True)


def test_a_field_outside_the_structure_is_refused(sealed):
    def add_field(writer):
        form = writer.root["/AcroForm"]
        form["/Fields"].append(
            writer.add_object(
                generic.DictionaryObject(
                    {
                        pdf_name("/FT"): pdf_name("/Sig"),
                        pdf_name("/T"): generic.pdf_string("Fremd"),
                        pdf_name("/Rect"): generic.ArrayObject(
                            map(generic.NumberObject, (9, 9, 50, 50))
                        ),
                    }
                )
            )
        )
        writer.update_container(form["/Fields"])

    assert problems(changed(sealed, add_field)) == ["field Fremd"]


def test_a_broken_file_is_refused(sealed):
    printed = sealed.index(b"%%EOF")
    assert problems(sealed[: printed // 2])[0].startswith("unreadable")
