"""A small browser: cookies, redirects, forms as they stand on the page, one host only.

Whatever the portal refuses becomes a Problem with the words of its page.
"""

from __future__ import annotations

import http.client
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from email.message import Message
from http.cookiejar import CookieJar
from typing import IO
from urllib.parse import urlencode, urljoin, urlsplit

from launch.console import Problem
from launch.walk.page import Entry, Form, Page, read

PATIENCE = 60.0  # seconds for one answer


class Browser:
    """One person's browser with its own cookies; `language` is what it asks pages for.

    `cookies`, as a header, are sent instead of those that it would collect.
    """

    def __init__(self, base_url: str, *, language: str = "de", cookies: str = "") -> None:
        self.base_url = base_url
        self.language = language
        self.cookies = cookies
        self._redirects = _Redirects(base_url)
        self._opener = urllib.request.build_opener(
            # Proxies are for the world outside, not for the portal beside us.
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(CookieJar()),
            self._redirects,
        )

    def get(self, address: str) -> Page:
        """The page at an address; a path belongs to the portal."""
        body, url = self._ask(self._request(address))
        return read(body.decode(), url)

    def download(self, address: str) -> bytes:
        """The bytes at an address."""
        return self._ask(self._request(address))[0]

    def submit(
        self,
        page: Page,
        form: Form,
        entries: Mapping[str, Entry],
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        answers_itself: bool = False,
    ) -> Page:
        """Send a form of `page`; returns the page that follows.

        A form that comes back instead of leading on is a Problem with the page's complaints,
        unless it `answers_itself` on the same page. `files`: field -> (name, bytes).
        """
        target = urljoin(page.url, form.action)
        pairs = form.pairs(entries)
        if form.method == "get":
            return self.get(f"{target.partition('?')[0]}?{urlencode(pairs)}")
        request = self._request(target, "POST")
        if form.multipart:
            boundary = secrets.token_hex(16)
            request.data = multipart(pairs, files or {}, boundary)
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            request.data = urlencode(pairs).encode()
            kind = "application/x-www-form-urlencoded"
        request.add_header("Content-Type", kind)
        body, url = self._ask(request)
        answer = read(body.decode(), url)
        complaints = answer.mistakes + answer.alerts
        if complaints or not (self._redirects.followed or answers_itself):
            said = " / ".join(complaints) or answer.heading
            raise Problem(f"{urlsplit(target).path} was refused: {said}")
        return answer

    def _request(self, address: str, method: str = "GET") -> urllib.request.Request:
        url = urljoin(f"{self.base_url}/", address)
        _demand_own_host(url, self.base_url)
        return urllib.request.Request(url, method=method)  # noqa: S310 host and scheme are ours

    def _ask(self, request: urllib.request.Request) -> tuple[bytes, str]:
        """Body and final address of an answer."""
        request.add_header("Accept-Language", self.language)
        if self.cookies:
            request.add_header("Cookie", self.cookies)
        request.add_header("User-Agent", "stadtbruecke-walk")
        self._redirects.followed = 0
        where = f"{request.get_method()} {urlsplit(request.full_url).path}"
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return answer.read(), answer.geturl()
        except urllib.error.HTTPError as refusal:
            with refusal:
                said = read(refusal.read().decode("utf-8", "replace")).heading
            raise Problem(f"{where} was answered with {refusal.code}: {said}") from refusal
        except (OSError, http.client.HTTPException) as fault:
            reason = getattr(fault, "reason", fault)
            raise Problem(f"{where}: the portal does not answer ({reason}).") from fault


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects of the own host and counts them."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.followed = 0

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        _demand_own_host(newurl, self.base_url)
        self.followed += 1
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _demand_own_host(url: str, base_url: str) -> None:
    if urlsplit(url)[:2] != urlsplit(base_url)[:2]:
        raise Problem(f"{url} leads away from {base_url}.")


def multipart(
    pairs: Sequence[tuple[str, str]], files: Mapping[str, tuple[str, bytes]], boundary: str
) -> bytes:
    """The body of a form with files."""
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    )
    for name, (file_name, content) in files.items():
        head = f'form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: application/pdf'
        body += f"--{boundary}\r\nContent-Disposition: {head}\r\n\r\n".encode() + content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode()
