"""The demo's people: each with a browser of their own, a password and a phone.

A code of the phone counts once, so whoever comes twice in half a minute takes the next one.
"""

from __future__ import annotations

import re
import time

from launch.console import Problem
from launch.home import Home
from launch.walk import programs
from launch.walk.browser import Browser
from launch.walk.page import Entry, Form, Page

LOGIN = "/konto/anmelden/"
CONFIRM = "/konto/bestaetigen/?next=/konto/"
STEP_SECONDS = 30
# Now, half a minute ahead, then after the next change of codes: fewer than the allowed wrong ones.
TRIES = (0, 1, None, 1, None, 1)


class Person:
    """Somebody with a login; comes in on first use."""

    def __init__(self, key: str, base_url: str) -> None:
        self.key = key
        self.email = f"{key}@example.org"
        self.browser = Browser(base_url)
        self._is_in = False

    def get(self, address: str) -> Page:
        """A page as this person sees it."""
        self._come_in()
        return self.browser.get(address)

    def download(self, address: str) -> bytes:
        """A file as this person gets it."""
        self._come_in()
        return self.browser.download(address)

    def send(self, page: Page, form: Form, **entries: Entry) -> Page:
        """Fill in a form of a page that this person sees."""
        return self.browser.submit(page, form, entries)

    def fill_in(self, address: str, **entries: Entry) -> Page:
        """Open a page with one form for these fields, fill it in and send it."""
        page = self.get(address)
        return self.send(page, page.form(field=next(iter(entries))), **entries)

    def press(self, page: Page, action: str, **entries: Entry) -> Page:
        """Press the button of the form to `action`."""
        return self.send(page, page.form(action), **entries)

    def confirm(self) -> None:
        """Have a second factor that is fresh for the next minutes; asks the phone if need be."""
        page = self.get(CONFIRM)
        if page.has_form(field="code"):
            self._type_code(page)

    def _come_in(self) -> None:
        if self._is_in:
            return
        page = self.browser.get(LOGIN)
        entries = {"login": self.email, "password": _password()}
        page = self.browser.submit(page, page.form(field="password"), entries)
        if page.has_form(field="code"):
            self._type_code(page)
        self._is_in = True

    def _type_code(self, page: Page) -> None:
        refusal = Problem("")
        for ahead in TRIES:
            if ahead is None:
                time.sleep(STEP_SECONDS - time.time() % STEP_SECONDS)
                continue
            code = programs.second_factor(self.key, ahead=ahead)
            try:
                self.browser.submit(page, page.form(field="code"), {"code": code})
                return
            except Problem as problem:
                refusal = problem
        raise Problem(f"{self.email} does not come in: {refusal}")


def _password() -> str:
    """The one password of the demo, as `portal demo` prints it."""
    found = re.search(r"password for all: (\S+)\)", Home.of_environment().recall("logins"))
    if found is None:
        raise Problem("The demo's password is not known. Start with: python3 portal demo")
    return found[1]
