"""What a rendered PDF is, what it never fetches, and what is refused before it is tried."""

import base64
import http.server
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.documents import confinement
from foundation.documents.characters import PRINTABLE_RUNS, unprintable
from foundation.documents.confinement import FONT_CONFIGURATION, Limits
from foundation.documents.rendering import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    MAX_NESTING,
    Attachment,
    RenderingFailed,
    TextBeyondLimits,
    check_limits,
    render_pdf,
)
from tests.loopback import serving

FONTS = FONT_CONFIGURATION.parent


def structure(pdf: bytes) -> list:
    """All structure elements below the root, in document order."""
    reader = PdfFileReader(BytesIO(pdf))
    found = []

    def walk(element):
        found.append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(kid, dict) and "/S" in kid:
                walk(kid)

    for kid in reader.root["/StructTreeRoot"]["/K"]:
        walk(kid.get_object())
    return found


def metadata(pdf: bytes) -> str:
    return PdfFileReader(BytesIO(pdf)).root["/Metadata"].data.decode()


def fonts(pdf: bytes) -> set[str]:
    reader = PdfFileReader(BytesIO(pdf))
    resources = reader.root["/Pages"]["/Kids"][0].get_object()["/Resources"]
    return {str(font.get_object()["/BaseFont"])[8:] for font in resources["/Font"].values()}


def test_the_file_says_archival_and_accessible_and_bears_its_number(rendered):
    xmp = metadata(rendered)
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert b"<dc:identifier>stadtbruecke:SB-2026-0001</dc:identifier>" in rendered
    root = PdfFileReader(BytesIO(rendered)).root
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]


def test_structure_elements_carry_their_language(rendered):
    cells = [(e["/S"], e.get("/Lang")) for e in structure(rendered) if e["/S"] in ("/TD", "/TH")]
    assert cells == [("/TH", None), ("/TH", None), ("/TD", "de"), ("/TD", "fi")]


def test_a_picture_without_text_alternative_is_not_called_accessible():
    pixel = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>"
    silent = render_pdf(f'<img src="{pixel}">', title="T", language="de")
    spoken = render_pdf(f'<img src="{pixel}" alt="Wappen">', title="T", language="de")
    assert ("pdfuaid" in metadata(silent), "pdfuaid" in metadata(spoken)) == (False, True)


def test_only_our_own_typeface_is_embedded():
    pdf = render_pdf(
        "<p style='font-family: DejaVu Sans, sans-serif'>Aa <b>Bb</b> <i>Cc</i></p>",
        title="T",
        language="de",
    )
    assert fonts(pdf) == {"Bruecke-Sans", "Bruecke-Sans-Bold", "Bruecke-Sans-Italic"}


def test_equal_input_gives_equal_bytes_in_another_process(rendered):
    from_here = {
        "title": "Vereinbarung",
        "language": "de",
        "number": "SB-1",
        "created": datetime(2026, 5, 4, 12, tzinfo=UTC),
        "attachments": [Attachment("daten.json", b"{}", datetime(2026, 5, 4, tzinfo=UTC))],
    }
    first = render_pdf("<h1>Äö</h1>", **from_here)
    confinement.close_helper()
    assert render_pdf("<h1>Äö</h1>", **from_here) == first


def test_attachments_keep_name_bytes_and_the_date_in_utc():
    midnight_in_helsinki = datetime(2026, 5, 4, tzinfo=timezone(timedelta(hours=3)))
    pdf = render_pdf(
        "<p>x</p>",
        title="T",
        language="de",
        attachments=[Attachment("daten.json", b'{"a": 1}', midnight_in_helsinki, "Daten")],
    )
    root = PdfFileReader(BytesIO(pdf)).root
    name, spec = root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = spec.get_object()
    stream = spec["/EF"]["/F"]
    assert (name, stream.data, spec["/AFRelationship"]) == ("daten.json", b'{"a": 1}', "/Data")
    assert stream["/Params"]["/CreationDate"] == "D:20260503210000Z"


class _Counting(http.server.BaseHTTPRequestHandler):
    seen: list[str] = []

    def do_GET(self):
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def listener():
    """A web server on loopback that writes down what is asked of it."""
    _Counting.seen = []
    with serving(_Counting) as address:
        yield address, _Counting.seen


def test_addresses_in_the_text_fetch_nothing(listener, tmp_path):
    address, seen = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("KANARIENVOGEL")
    svg = base64.b64encode(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
        f'<image x:href="{address}/svg" width="9" height="9"/></svg>'.encode()
    ).decode()
    html = f"""<html><head><base href="{address}/"><link rel="stylesheet" href="{address}/a.css">
      <link rel="attachment" href="{secret.as_uri()}"><link rel="attachment" href="{address}/a">
      <style>@import "{address}/b.css"; @font-face {{font-family: X; src: url({address}/f.ttf)}}
      p {{background: url({address}/bg.png); font-family: X}}
      li {{list-style-image: url({secret.as_uri()})}}</style></head>
      <body><p>Text</p><ul><li>x</li></ul><img src="{address}/i.png" alt="a">
      <img src="data:image/svg+xml;base64,{svg}" alt="b"><img src="{secret.as_uri()}" alt="c">
      <a rel="attachment" href="{secret.as_uri()}">d</a><object data="{address}/o"></object>
      <iframe src="{address}/frame"></iframe><img src="relative.png" alt="e">
      <img src="https://static.invalid/../manage.py" alt="f">
      <img src="https://static.invalid/%2e%2e/manage.py" alt="g"></body></html>"""
    pdf = render_pdf(html, title="T", language="de", stylesheets=[f"@import '{address}/c.css';"])
    assert seen == []
    reader = PdfFileReader(BytesIO(pdf))
    assert "/EmbeddedFiles" not in reader.root.get("/Names", {})
    assert b"KANARIENVOGEL" not in pdf


def test_markup_and_addresses_of_a_clause_appear_as_text_when_escaped(listener):
    address, seen = listener
    clause = f"&lt;img src={address}/x&gt; {address}/y"
    pdf = render_pdf(f"<p>{clause}</p>", title="T", language="de")
    assert seen == []
    assert [e["/S"] for e in structure(pdf)] == ["/Document", "/P", "/Span"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<div>" * 200 + "x" + "</div>" * 200, "text-nested-too-deeply"),
        ("<div>" * (MAX_NESTING + 1), "text-nested-too-deeply"),
        ("x" * (MAX_CHARACTERS + 1), "text-too-long"),
        ("<p>x</p>" * (MAX_BLOCKS + 1), "text-too-many-paragraphs"),
        ("Gut 👍 und 漢字", "text-unprintable"),
    ],
)
def test_text_beyond_the_limits_is_refused_with_a_sentence(text, code):
    with pytest.raises(TextBeyondLimits) as refusal:
        check_limits(text)
    assert refusal.value.code == code
    with pytest.raises(TextBeyondLimits):
        render_pdf(text, title="T", language="de")


def test_the_refusal_names_the_characters():
    with pytest.raises(TextBeyondLimits, match="👍 漢 字"):
        check_limits("Gut 👍 und 漢字")


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * MAX_NESTING,
        "<p>a<p>b" * 500,
        "<ul>" + "<li>x" * 1000 + "</ul>",
        "<br>" * 300 + "Schöne Grüße – „Tervetuloa“ 5 € ≥ 3\u00a0%\u202f",
        "a\u0308",  # decomposed, as some keyboards write it
        "<style>p::before {content: '☂'}</style>",
    ],
)
def test_text_within_the_limits_passes(text):
    check_limits(text)


def test_a_document_beyond_its_memory_is_refused_and_the_next_one_is_not():
    rows = "<tr><td>x</td><td>y</td></tr>" * 1500
    with pytest.raises(RenderingFailed) as refusal:
        render_pdf(f"<table>{rows}</table>", title="T", language="de", limits=Limits(memory=150))
    assert refusal.value.code == "document-too-large"
    small = render_pdf("<p>x</p>", title="T", language="de")
    assert small[:5] == b"%PDF-"


@pytest.mark.parametrize("limits", [Limits(seconds=0.3), Limits(processor=1)])
def test_a_document_beyond_its_time_is_refused(limits):
    paragraphs = "<p>Lorem ipsum dolor sit amet.</p>" * 3500
    with pytest.raises(RenderingFailed) as refusal:
        render_pdf(paragraphs, title="T", language="de", limits=limits)
    assert refusal.value.code == "document-too-large"


def test_nesting_that_the_survey_does_not_see_is_refused_as_well():
    misnested = "<b><i>" * 49 + "<p>" + "</b></i>" + "x"
    check_limits(misnested)
    assert render_pdf(misnested, title="T", language="de")[:5] == b"%PDF-"


def test_every_face_of_the_typeface_prints_what_we_promise():
    promised = {code for first, last in PRINTABLE_RUNS for code in range(first, last + 1)}
    faces = sorted(FONTS.glob("*.ttf"))
    assert len(faces) == 4
    for face in faces:
        with TTFont(face) as font:
            assert promised - set(font.getBestCmap()) == set()
            assert not any(
                "Fira" in str(row) for row in font["name"].names if row.nameID < 7 and row.nameID
            )


def test_german_finnish_and_english_can_be_printed():
    assert (
        unprintable(["ÄÖÜäöüß ẞ Åå Šš Žž – — „“‚‘ “”‘’ …§ €", "Rzeszów Čeština Ελλάδα Новгород"])
        == []
    )
