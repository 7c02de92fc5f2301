"""The inbox page of the demo: a list, one letter, its attachments; nothing can be changed.

German, plain semantic HTML, one small style sheet, no script.
"""

from __future__ import annotations

import re
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from launch.mailbox.letter import Letter, all_letters, find

MOST_SHOWN = 300
STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #767676 }
td { overflow-wrap: anywhere }
a { padding: .2rem 0; display: inline-block }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; padding: 1rem;
  border: 1px solid #767676 }
pre a { display: inline; padding: 0 }
dt { font-weight: bold }
input, button { font: inherit; padding: .4rem .6rem }
"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


class Inbox(ThreadingHTTPServer):
    """Serves FOLDER on 127.0.0.1:PORT."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), _Counter)
        self.folder = folder


class _Counter(BaseHTTPRequestHandler):
    server: Inbox
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer one request."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in ("localhost", "127.0.0.1"):  # another site's name that points at us
            self._send(421, "text/plain", b"localhost only")
            return
        url = urlsplit(self.path)
        words = url.path.strip("/").split("/")
        if url.path == "/":
            wanted = parse_qs(url.query).get("an", [""])[0].strip()
            self._page("Posteingang der Demo", listing(all_letters(self.server.folder), wanted))
        elif url.path == "/stil.css":
            self._send(200, "text/css", STYLE.encode())
        elif words[0] == "mail" and len(words) in (2, 3):
            self._letter(words)
        else:
            self._missing()

    def log_message(self, format: str, *args: object) -> None:
        """Who reads which mail is nobody's business."""

    def _letter(self, words: list[str]) -> None:
        letter = find(self.server.folder, words[1])
        if letter is None:
            self._missing()
        elif len(words) == 2:
            self._page(letter.subject, sheet(letter))
        else:
            number = int(words[2]) if words[2].isdecimal() and len(words[2]) < 4 else 0
            if not 1 <= number <= len(letter.attachments):
                self._missing()
                return
            name, content = letter.attachments[number - 1]
            headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, '')}"}
            self._send(200, "application/octet-stream", content, headers)

    def _missing(self) -> None:
        body = '<p>Diese Seite gibt es nicht. <a href="/">Zum Posteingang</a></p>'
        self._page("Nicht gefunden", body, status=404)

    def _page(self, title: str, body: str, status: int = 200) -> None:
        html = (
            '<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)} · Stadtbrücke</title>\n"
            '<link rel="stylesheet" href="/stil.css">\n</head>\n<body>\n<main>\n'
            f"<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
        )
        self._send(status, "text/html; charset=utf-8", html.encode())

    def _send(
        self, status: int, kind: str, content: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **(headers or {}), "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def listing(letters: list[Letter], wanted: str) -> str:
    """The table of letters whose recipient contains `wanted`, newest first."""
    found = [one for one in letters if wanted.casefold() in ", ".join(one.recipients).casefold()]
    shown = found[:MOST_SHOWN]
    rows = "".join(
        f"<tr><td>{when(one)}</td><td>{escape(', '.join(one.recipients))}</td>"
        f'<td><a href="/mail/{one.name}">{escape(one.subject)}</a></td></tr>\n'
        for one in shown
    )
    search = (
        '<form method="get" action="/" role="search"><p><label for="an">Empfänger enthält</label> '
        f'<input id="an" name="an" type="search" value="{escape(wanted)}"> '
        "<button>Zeigen</button></p></form>"
    )
    if not shown:
        return f"{search}\n<p>Noch keine Mail. Laden Sie die Seite neu, wenn Sie eine erwarten.</p>"
    return (
        f"<p>Alle Mails der Demo landen hier; verschickt wird keine.</p>\n{search}\n<table>\n"
        f"<caption>{len(shown)} von {len(found)} Mails, die neueste zuerst</caption>\n"
        '<thead><tr><th scope="col">Uhrzeit (UTC)</th><th scope="col">An</th>'
        f'<th scope="col">Betreff</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'
    )


def sheet(letter: Letter) -> str:
    """One letter with clickable addresses; HTML parts are not shown, only the text."""
    files = "".join(
        f'<li><a href="/mail/{letter.name}/{number}">{escape(name)}</a> ({len(content)} Byte)</li>'
        for number, (name, content) in enumerate(letter.attachments, 1)
    )
    return (
        f"<dl><dt>Von</dt><dd>{escape(letter.sender)}</dd>"
        f"<dt>An</dt><dd>{escape(', '.join(letter.recipients))}</dd>"
        f"<dt>Uhrzeit (UTC)</dt><dd>{when(letter)}</dd></dl>\n"
        f"<pre>{linked(letter.text)}</pre>\n"
        + (f"<h2>Anhänge</h2>\n<ul>{files}</ul>\n" if files else "")
        + '<p><a href="/">Zum Posteingang</a></p>'
    )


def linked(text: str) -> str:
    """The text as HTML with its web addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = escape(found[0])
        parts.append(f'{escape(text[end : found.start()])}<a href="{address}">{address}</a>')
        end = found.end()
    return "".join(parts) + escape(text[end:])


def when(letter: Letter) -> str:
    """The moment of arrival, for eyes and for machines."""
    moment = letter.arrived
    return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}">{moment:%d.%m.%Y %H:%M:%S}</time>'
