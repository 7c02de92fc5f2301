"""Somebody before a page: what the browser complains about, what axe finds, what sticks out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Response
from playwright.sync_api import Page as BrowserPage

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule of these tags runs; only the report about what is good is left out.
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
HEIGHT = 844
LISTEN = """addEventListener('securitypolicyviolation', e =>
    console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"""
STICKS_OUT = """[
    ...document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [],
    ...[...document.querySelectorAll('main *')].filter(e =>
        e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.sb-keep, .sb-vh')
    ).map(e => e.outerHTML.slice(0, 100)),
]"""


class Visitor:
    """A page of the portal, with a book of everything that must not happen."""

    def __init__(self, page: BrowserPage, portal: str) -> None:
        self.page = page
        self.portal = portal
        self.complaints: list[str] = []
        self._look = ("", 0)  # theme and width
        page.add_init_script(LISTEN)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._watch)

    def open(self, path: str) -> Response:
        """Go to `path` as a fresh window would, and wait until it has loaded."""
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        self.page.set_viewport_size({"width": 1280, "height": HEIGHT})
        self._look = ("", 1280)
        return self.page.goto(self.portal + path)

    def submit_unchecked(self, form: str) -> Response:
        """Send a form as a browser without any checks would."""
        with self.page.expect_navigation() as arrived:
            self.page.evaluate("form => document.querySelector(form).submit()", form)
        return arrived.value

    def follow(self, link: str) -> None:
        """Click the first link that is called so."""
        with self.page.expect_navigation():
            self._link(link).click()

    def send(self, button: str, /, **typed: object) -> None:
        """Fill the form of the button that is called so and press it; nothing may be amiss.

        A field is chosen by its name, what it offers by the words that stand on the page.
        """
        pressed = self.page.get_by_role("button", name=button, exact=True)
        form = self.page.locator("form").filter(has=pressed).first
        for name, words in typed.items():
            self._enter(form.locator(f"[name={name}]"), words)
        with self.page.expect_navigation():
            pressed.first.click()
        assert self.page.locator(".sb-errors").count() == 0, self.page.inner_text("main")

    def says(self, words: str) -> bool:
        """Whether the page shows these words, wherever lines break."""
        return " ".join(words.split()) in " ".join(self.page.inner_text("main").split())

    def fetch(self, link: str) -> bytes:
        """The file behind a link; asked for as such, for some browsers would show it."""
        path = self._link(link).get_attribute("href")
        answer = self.page.context.request.get(self.portal + path)
        assert answer.status == 200
        return answer.body()

    def look_at(self, theme: str, width: int) -> None:
        """Turn the page to another theme and width, if it does not show them already."""
        before, self._look = self._look, (theme, width)
        if before[0] != theme:
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        if before[1] != width:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def sticks_out(self, width: int) -> list[str]:
        """Elements that reach beyond the window, and a word if the page scrolls sideways."""
        self.look_at("light", width)
        return self.page.evaluate(STICKS_OUT)

    def axe(self) -> list[tuple[str, str]]:
        """What the unmodified axe finds: (rule, first element). Nothing is left out."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(RUN, TAGS)
        return [(each["id"], each["nodes"][0]["html"][:300]) for each in found["violations"]]

    def _link(self, name: str) -> Locator:
        links = partial(self.page.get_by_role, "link", exact=True)
        # Words that are kept out of sight begin after a blank.
        return links(name=name).or_(links(name=name.replace(":", " :", 1))).first

    def _enter(self, field: Locator, words: object) -> None:
        """Type, choose or tick, as the kind of field asks for."""
        kind = field.first.evaluate("e => e.type")
        if kind == "select-one":
            field.select_option(str(words))
        elif kind not in {"radio", "checkbox"}:
            field.fill(str(words))
        elif field.count() == 1:
            field.check()
        else:
            for each in [words] if isinstance(words, str) else words:
                field.and_(self.page.get_by_label(each, exact=True)).check()

    def _hear(self, message) -> None:
        # The browser reports the page's own status as an error; the test asserts it instead.
        own = message.location.get("url", "").split("#")[0] == self.page.url.split("#")[0]
        if message.type in {"error", "warning"} and not (own and "status of" in message.text):
            self.complaints.append(message.text)

    def _watch(self, request) -> None:
        if not request.url.startswith((self.portal, "data:")):
            self.complaints.append(f"request to {request.url}")
