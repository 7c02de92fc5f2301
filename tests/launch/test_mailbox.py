"""The demo's post office takes real SMTP and shows what came, safely and in German."""

import smtplib
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from launch import ports
from launch.mailbox.page import linked
from tests.loopback import answers

NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Office:
    """A running post office, its counters and its folder."""

    def __init__(self, trial):
        self.smtp_port = ports.any_free()
        self.web_port = ports.next_free(self.smtp_port)
        self.folder = trial.home.folder("mail")
        self.process = trial.start(
            "-m", "launch.mailbox", str(self.smtp_port), str(self.web_port), str(self.folder)
        )
        trial.until(lambda: answers(self.smtp_port), "the opening of the SMTP counter")
        trial.until(lambda: answers(self.web_port), "the opening of the web page")

    def get(self, path: str, **headers: str):
        request = urllib.request.Request(f"http://127.0.0.1:{self.web_port}{path}", headers=headers)
        with NO_PROXY.open(request, timeout=10) as answer:
            return answer.read(), answer.headers


@pytest.fixture
def office(trial):
    office = Office(trial)
    yield office
    office.process.terminate()
    office.process.communicate(timeout=10)


def letter(subject="Ihr Code für Köln", text="Der Code ist 123456.\n.\n..Punkte\n") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Stadtbrücke <office@example.org>", "clara@example.org"
    message["Subject"] = subject
    message.set_content(text)
    return message


def send(office, message, recipients=("clara@example.org", "rita@example.org")):
    with smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10) as line:
        return line.send_message(message, "office@example.org", list(recipients))


def test_a_mail_is_one_file_with_its_envelope_and_its_exact_text(office):
    assert send(office, letter()) == {}
    (path,) = office.folder.glob("*.eml")
    assert path.read_bytes().startswith(
        b"Delivered-To: clara@example.org\r\nDelivered-To: rita@example.org\r\n"
    )
    page = office.get(f"/mail/{path.stem}")[0].decode()
    assert "<pre>Der Code ist 123456.\n.\n..Punkte\n</pre>" in page
    assert "<h1>Ihr Code für Köln</h1>" in page
    assert '<html lang="de">' in page


def test_the_list_shows_the_newest_first_and_filters_by_recipient(office):
    send(office, letter("Eins"), ["clara@example.org"])
    send(office, letter("Zwei"), ["rita@example.org"])
    page = office.get("/")[0].decode()
    assert page.index("Zwei") < page.index("Eins")
    filtered = office.get("/?an=clara")[0].decode()
    assert "Eins" in filtered
    assert "Zwei" not in filtered


def test_attachments_are_downloads(office):
    message = letter()
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="Entwurf ä.pdf")
    send(office, message)
    (path,) = office.folder.glob("*.eml")
    content, headers = office.get(f"/mail/{path.stem}/1")
    assert content == b"%PDF-1.7"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Entwurf%20%C3%A4.pdf"
    assert headers["Content-Type"] == "application/octet-stream"


def test_markup_in_a_mail_stays_text(office):
    send(office, letter("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"))
    (path,) = office.folder.glob("*.eml")
    page = office.get(f"/mail/{path.stem}")[0].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("path", ["/mail/..%2f..%2fsecret", "/mail/x", "/mail/x/1", "/nichts"])
def test_what_is_not_there_is_404(office, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        office.get(path)
    assert refused.value.code == 404
    refused.value.close()


def test_a_foreign_host_name_is_refused(office):
    with pytest.raises(urllib.error.HTTPError) as refused:
        office.get("/", Host="evil.example.org:80")
    assert refused.value.code == 421
    refused.value.close()


def test_web_addresses_become_links_and_nothing_else_does():
    assert linked('Öffnen Sie http://localhost:8000/a?b=1&c="x". <b>') == (
        'Öffnen Sie <a href="http://localhost:8000/a?b=1&amp;c=">'
        "http://localhost:8000/a?b=1&amp;c=</a>&quot;x&quot;. &lt;b&gt;"
    )


def test_commands_in_the_wrong_order_are_answered(office):
    with smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10) as line:
        assert line.docmd("DATA")[0] == 503
        assert line.docmd("RCPT TO:<a@example.org>")[0] == 503
        assert line.docmd("MAIL nothing")[0] == 501
        assert line.docmd("TURN")[0] == 502
    assert list(office.folder.glob("*")) == []
