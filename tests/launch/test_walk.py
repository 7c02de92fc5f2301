"""The walker reads real forms and mails; the walk itself is `portal demo --once`."""

import pytest

from launch.console import Problem
from launch.mailbox.letter import Letter
from launch.mailbox.sink import store
from launch.walk import letters, summary
from launch.walk.agreement import Signed
from launch.walk.browser import multipart
from launch.walk.draw import Drawn
from launch.walk.page import Control, Form, read

PAGE = """<!DOCTYPE html><html lang="de"><head><title>Bewerben: X</title></head><body>
<div class="sb-notes" role="status"><p class="sb-note"><span>Gespeichert.</span></p></div>
<h1>Digitale <b>Lotsen</b></h1>
<a href="/zirkel/a/">Zum <span>Zirkel</span></a>
<p class="hash"><span>9f3a2b1c</span><span>00112233</span></p>
<form method="get" action="/suche/"><input name="q"><button name="los">Los</button></form>
<form method="post" enctype="multipart/form-data">
<input type="hidden" name="csrfmiddlewaretoken" value="T"><input type="hidden" name="key" value="K">
<label for="n">Name <i>(freiwillig)</i></label><input id="n" name="name" value="A &amp; B">
<input type="file" name="document"><input type="submit" name="go" value="Los">
<textarea name="text">
Zeile 1
Zeile 2</textarea>
<input type="radio" id="y" name="met" value="yes"><label for="y">Ja</label>
<input type="radio" id="no" name="met" value="no"><label for="no">Nein</label>
<input type="checkbox" name="public" checked><input type="checkbox" name="side" value="1" id="s1">
<input type="checkbox" name="side" value="2"><label for="s1">Erlenwerder</label>
<select name="city"><option value="">Bitte wählen</option><option value="7">Saarnivesi</option>
</select></form>
<ul><li><b>11</b><span>Los A</span></li></ul></body></html>"""


def application():
    return read(PAGE, "http://localhost:8000/zirkel/a/bewerben/?x=1").form(field="met")


def test_a_page_is_read_as_people_read_it():
    page = read(PAGE, "http://localhost:8000/zirkel/a/bewerben/?x=1#y")
    assert page.heading == "Digitale Lotsen"
    assert page.links == [("/zirkel/a/", "Zum Zirkel")]
    assert page.items == ["11 Los A"]
    assert page.path == "/zirkel/a/bewerben/"
    assert "9f3a2b1c00112233" in page.text
    assert "Bewerben: X" not in page.text
    assert (page.mistakes, page.alerts) == ([], [])
    assert [(form.action, form.method, form.multipart) for form in page.forms] == [
        ("/suche/", "get", False),
        ("/zirkel/a/bewerben/", "post", True),
    ]


def test_hidden_and_untouched_fields_are_sent_as_they_stand():
    assert application().pairs({"met": "no"}) == [
        ("csrfmiddlewaretoken", "T"),
        ("key", "K"),
        ("name", "A & B"),
        ("text", "Zeile 1\nZeile 2"),
        ("met", "no"),
        ("public", "on"),
        ("city", ""),
    ]


def test_typed_ticked_and_chosen_fields_are_sent():
    form = application()
    entries = {
        "name": "Clara",
        "public": False,
        "side": ["1", "2"],
        "city": form.option("city", "Saarni"),
    }
    assert form.pairs(entries)[2:] == [
        ("name", "Clara"),
        ("text", "Zeile 1\nZeile 2"),
        ("side", "1"),
        ("side", "2"),
        ("city", "7"),
    ]
    assert form.option("side", "Erlenwerder") == "1"
    assert form.value("text") == "Zeile 1\nZeile 2"


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({"surname": "x"}, "has no field surname"),
        ({"met": "maybe"}, "“met” does not offer maybe"),
        ({"city": "8"}, "“city” does not offer 8"),
    ],
)
def test_what_the_form_does_not_have_cannot_be_filled_in(entries, fault):
    with pytest.raises(Problem, match=fault):
        application().pairs(entries)


def test_a_missing_choice_and_a_missing_form_are_told():
    with pytest.raises(Problem, match="offers no choice “Turku”, only: Bitte wählen, Saarnivesi"):
        application().option("city", "Turku")
    with pytest.raises(
        Problem, match=r"/a/ has no form to /weiter/\. The page says: Es fehlt viel"
    ):
        read("<h1>Es fehlt viel</h1>", "http://localhost/a/").form("/weiter/")


def test_complaints_of_a_page_are_found():
    page = read(
        '<div class="sb-errors"><h2>Zwei Angaben fehlen</h2><ul><li><a href="#n">Name: fehlt</a>'
        "</li><li>Zu spät</li></ul></div><ul><li>sonst</li></ul>"
        '<div class="sb-notes"><p class="sb-note sb-note--alert"><svg></svg><span>Nein.</span></p>'
        '<p class="sb-note"><span>Doch.</span></p></div>'
    )
    assert page.mistakes == ["Name: fehlt", "Zu spät"]
    assert page.alerts == ["Nein."]
    assert page.items == ["sonst"]


def test_a_file_travels_byte_for_byte():
    body = multipart([("key", "K")], {"document": ("a.pdf", b"%PDF\r\n\x00")}, "b")
    assert body == (
        b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nK\r\n'
        b'--b\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF\r\n\x00\r\n--b--\r\n"
    )


def deliver(folder, to, text):
    message = f"Subject: Hallo\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    return store(folder, [to], message.replace("\n", "\r\n").encode())


def test_codes_and_links_are_read_out_of_mails(tmp_path):
    text = (
        "Ihr Code:\n\n    042137\n\nHier eingeben:\nhttp://localhost:8000/zirkel/b/1:x-y/code/.\n"
    )
    letter = Letter(deliver(tmp_path, "a@example.org", text))
    assert letters.code_in(letter) == "042137"
    assert letters.link_in(letter, "/code/") == "http://localhost:8000/zirkel/b/1:x-y/code/"
    with pytest.raises(Problem, match="“Hallo” contains no link to /platz/"):
        letters.link_in(letter, "/platz/")


def test_only_new_letters_to_the_right_person_count(tmp_path):
    deliver(tmp_path, "a@example.org", "alt 1")
    box = letters.LetterBox(tmp_path, patience=0)
    with pytest.raises(Problem, match=r"Waited 0 s for the mail: 0 of 1 came\. Does the worker"):
        box.wait("a@example.org", "1", "the mail")
    deliver(tmp_path, "b@example.org", "neu 1")
    deliver(tmp_path, "a@example.org", "neu 2")
    deliver(tmp_path, "a@example.org", "neu 1")
    assert box.wait("a@example.org", "1", "the mail").text.strip() == "neu 1"
    both = {"a@example.org", "b@example.org"}
    found = box.wait_for(both, "neu", 3, "three mails")
    assert [letter.recipients for letter in found] == [
        ["b@example.org"],
        ["a@example.org"],
        ["a@example.org"],
    ]


def test_the_summary_has_exactly_the_promised_keys(tmp_path):
    (tmp_path / "draw").mkdir()
    (tmp_path / "draw" / "result.txt").write_text("old")
    summary.clear(tmp_path)
    assert list((tmp_path / "draw").iterdir()) == []
    signed = Signed("SB-2026-003", tmp_path / "agreement.pdf", "valid-test", ["A", "Å"])
    drawn = Drawn("demo-x", "c" * 64, "d" * 64, "valid", ["e" * 40])
    path = summary.write(tmp_path, "http://localhost:1", signed, drawn, {"agreement": 1.5})
    assert path.read_text(encoding="utf-8") == (
        '{\n  "base_url": "http://localhost:1",\n  "agreement": {\n'
        f'    "number": "SB-2026-003",\n    "pdf": "{tmp_path}/agreement.pdf",\n'
        '    "verdict": "valid-test",\n    "signed_by": [\n      "A",\n      "Å"\n    ]\n  },\n'
        '  "draw": {\n    "id": "demo-x",\n'
        f'    "declaration_sha256": "{"c" * 64}",\n    "result_sha256": "{"d" * 64}",\n'
        f'    "verdict": "valid",\n    "seats": [\n      "{"e" * 40}"\n    ]\n  }},\n'
        '  "seconds": {\n    "agreement": 1.5\n  }\n}\n'
    )


def test_a_select_without_a_mark_sends_its_first_option():
    form = Form("/x/", "post", False, [Control("a", "hidden", "1")])
    assert form.pairs({}) == [("a", "1")]
    html = "<form><select name=c><option value=1>A<option value=2 selected>B</select></form>"
    assert read(html).forms[0].pairs({}) == [("c", "2")]
