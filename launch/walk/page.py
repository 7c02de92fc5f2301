"""One page as a browser without eyes reads it: links, forms, and what the page complains about.

Forms are read off the page itself, so that a field that is not there cannot be filled in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser

from launch.console import Problem

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
SILENT = frozenset({"script", "style", "title"})
BUTTONS = frozenset({"submit", "button", "reset", "image"})
TICKED = frozenset({"radio", "checkbox"})

Entry = str | bool | Sequence[str]
Attributes = dict[str, str]


@dataclasses.dataclass
class Control:
    """One input, text area, or option of a select; `chosen` says whether it is sent as it stands.

    `kind` is the input's type, "textarea" or "option".
    """

    name: str
    kind: str
    value: str
    chosen: bool = True
    id: str = ""
    label: str = ""


@dataclasses.dataclass
class Form:
    """A form with its controls in the order of the page."""

    action: str
    method: str
    multipart: bool
    controls: list[Control] = dataclasses.field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    def value(self, name: str) -> str:
        """What stands in a field already; raises Problem when there is no such field."""
        self._demand([name])
        return next((each.value for each in self._of(name) if each.chosen), "")

    def option(self, name: str, label: str) -> str:
        """The value of the choice whose label contains `label`."""
        self._demand([name])
        found = [each for each in self._of(name) if label in each.label]
        if not found:
            labels = ", ".join(each.label for each in self._of(name))
            raise Problem(f"“{name}” offers no choice “{label}”, only: {labels}.")
        return found[0].value

    def options(self, name: str) -> list[tuple[str, str]]:
        """(value, label) of every choice of a field."""
        self._demand([name])
        return [(each.value, each.label) for each in self._of(name)]

    def pairs(self, entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
        """What is sent when `entries` are typed: hidden and untouched fields stay as they are.

        True and False tick a box; a list ticks several. Raises Problem for fields and choices
        that the form does not have.
        """
        self._demand(entries)
        sent: list[tuple[str, str]] = []
        for name, entry in entries.items():
            _demand_offered(name, entry, self._of(name))
        for control in self.controls:
            if control.name not in entries:
                value = control.value if control.chosen else None
            else:
                value = _typed(control, entries[control.name])
            if value is not None and control.kind != "file":
                sent.append((control.name, value))
        return sent

    def _of(self, name: str) -> list[Control]:
        return [control for control in self.controls if control.name == name]

    def _demand(self, names: Mapping[str, Entry] | Sequence[str]) -> None:
        strangers = [name for name in names if name not in self.names]
        if strangers:
            raise Problem(
                f"The form to {self.action} has no field {', '.join(strangers)}; "
                f"it has {', '.join(sorted(self.names)) or 'none'}."
            )


def _demand_offered(name: str, entry: Entry, controls: Sequence[Control]) -> None:
    if isinstance(entry, bool) or controls[0].kind not in {*TICKED, "option"}:
        return
    wanted = {entry} if isinstance(entry, str) else set(entry)
    offered = {control.value for control in controls}
    if strangers := wanted - offered:
        raise Problem(f"“{name}” does not offer {', '.join(sorted(strangers))}.")


def _typed(control: Control, entry: Entry) -> str | None:
    """What this control sends when `entry` was typed for its name; None: nothing."""
    if control.kind in {*TICKED, "option"}:
        if isinstance(entry, bool):
            return control.value if entry else None
        wanted = {entry} if isinstance(entry, str) else set(entry)
        return control.value if control.value in wanted else None
    return str(entry)


@dataclasses.dataclass
class Page:
    """What a browser knows about one answer; addresses in it are as the page wrote them."""

    url: str = ""
    heading: str = ""
    text: str = ""
    links: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    forms: list[Form] = dataclasses.field(default_factory=list)
    items: list[str] = dataclasses.field(default_factory=list)
    mistakes: list[str] = dataclasses.field(default_factory=list)
    alerts: list[str] = dataclasses.field(default_factory=list)

    @property
    def path(self) -> str:
        """The page's own address without host, query and fragment."""
        path = "/" + self.url.partition("://")[2].partition("/")[2]
        return path.partition("?")[0].partition("#")[0]

    def has_form(self, action: str = "", field: str = "") -> bool:
        return bool(self._forms(action, field))

    def form(self, action: str = "", field: str = "") -> Form:
        """The first form whose address contains `action` and that has `field`."""
        found = self._forms(action, field)
        if found:
            return found[0]
        wanted = " and ".join(filter(None, (action and f"to {action}", field and f"with {field}")))
        said = "; ".join(self.mistakes + self.alerts) or self.heading
        raise Problem(f"{self.path} has no form {wanted}. The page says: {said}")

    def link(self, part: str, *, text: str = "") -> str:
        """The first address that contains `part`, with `text` in its words."""
        for href, words in self.links:
            if part in href and text in words:
                return href
        raise Problem(f"{self.path} has no link to {part} {text}. The page says: {self.heading}")

    def has_link(self, part: str) -> bool:
        return any(part in href for href, _words in self.links)

    def _forms(self, action: str, field: str) -> list[Form]:
        return [
            form
            for form in self.forms
            if action in form.action and (not field or field in form.names)
        ]


def read(html: str, url: str = "") -> Page:
    """The page behind an HTML text."""
    reader = _Reader(Page(url=url))
    reader.feed(html)
    reader.close()
    return reader.finish()


@dataclasses.dataclass
class _Recording:
    """Words inside one element; `done` gets them when the element ends."""

    depth: int
    done: Callable[[str], object]
    parts: list[str] = dataclasses.field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.stack: list[tuple[str, frozenset[str]]] = []
        self.recordings: list[_Recording] = []
        self.labels: dict[str, str] = {}
        self.form: Form | None = None
        self.select: tuple[str, bool] | None = None
        self.words: list[str] = []

    def finish(self) -> Page:
        """Close what was left open and name the controls by their labels."""
        self._shrink(0)
        # Digests stand in groups that people read apart and machines together.
        self.page.text = _flat("".join(self.words))
        for form in self.page.forms:
            form.action = form.action or self.page.path
            for control in form.controls:
                control.label = control.label or self.labels.get(control.id, "")
            _choose_first_options(form)
        return self.page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input":
            self._input(given)
        if tag in VOID:
            return
        self.stack.append((tag, frozenset(given.get("class", "").split())))
        self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == tag:
                self._shrink(depth)
                return

    def handle_data(self, data: str) -> None:
        if any(tag in SILENT for tag, _classes in self.stack):
            return
        self.words.append(data)
        for recording in self.recordings:
            recording.parts.append(data)

    def _begin(self, tag: str, given: Attributes) -> None:
        if tag == "form":
            self.form = Form(
                given.get("action", ""),
                given.get("method", "get").lower(),
                given.get("enctype") == "multipart/form-data",
            )
            self.page.forms.append(self.form)
        elif tag == "a" and "href" in given:
            self._record(lambda words: self.page.links.append((given["href"], words)))
        elif tag == "h1":
            self._record(self._head)
        elif tag == "label":
            self._record(lambda words: self.labels.setdefault(given.get("for", ""), words))
        elif tag == "li":
            inside = self._inside("sb-errors")
            self._record((self.page.mistakes if inside else self.page.items).append)
        elif tag == "p" and self._inside("sb-notes") and self._inside("sb-note--alert"):
            self._record(self.page.alerts.append)
        else:
            self._begin_choice(tag, given)

    def _begin_choice(self, tag: str, given: Attributes) -> None:
        if self.form is None:
            return
        if tag == "textarea":
            control = Control(given.get("name", ""), "textarea", "", id=given.get("id", ""))
            self.form.controls.append(control)
            self._record(lambda text: setattr(control, "value", text), raw=True)
        elif tag == "select":
            self.select = (given.get("name", ""), "multiple" in given)
        elif tag == "option" and self.select:
            option = Control(self.select[0], "option", given.get("value", ""), "selected" in given)
            self.form.controls.append(option)
            self._record(lambda words: setattr(option, "label", words))

    def _head(self, words: str) -> None:
        self.page.heading = self.page.heading or words

    def _input(self, given: Attributes) -> None:
        kind = given.get("type", "text").lower()
        if self.form is None or kind in BUTTONS or not given.get("name"):
            return
        ticked = kind in TICKED
        value = given.get("value", "on" if ticked else "")
        chosen = "checked" in given if ticked else True
        self.form.controls.append(Control(given["name"], kind, value, chosen, given.get("id", "")))

    def _record(self, done: Callable[[str], object], *, raw: bool = False) -> None:
        recording = _Recording(len(self.stack), done)
        if raw:
            recording.done = lambda _words: done("".join(recording.parts).removeprefix("\n"))
        self.recordings.append(recording)

    def _shrink(self, depth: int) -> None:
        """Leave every element deeper than `depth`."""
        for tag, _classes in self.stack[depth:]:
            if tag == "form":
                self.form = None
            elif tag == "select":
                self.select = None
        del self.stack[depth:]
        for recording in [each for each in self.recordings if each.depth > depth]:
            self.recordings.remove(recording)
            recording.done(_flat(" ".join(recording.parts)))

    def _inside(self, name: str) -> bool:
        return any(name in classes for _tag, classes in self.stack)


def _flat(words: str) -> str:
    return " ".join(words.split())


def _choose_first_options(form: Form) -> None:
    """A select of one line sends its first option when none is marked."""
    names = {control.name for control in form.controls if control.kind == "option"}
    for name in names:
        options = [control for control in form.controls if control.name == name]
        if not any(option.chosen for option in options):
            options[0].chosen = True
