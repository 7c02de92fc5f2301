"""The circle road, first half: a call, thirteen people who apply, two who check them.

Names are invented; every address is at example.org and ends in the mark of this walk.
"""

from __future__ import annotations

import dataclasses
import re
import time

from launch.console import Problem
from launch.walk.browser import Browser
from launch.walk.days import day
from launch.walk.letters import LetterBox, code_in
from launch.walk.page import Entry, Form, Page
from launch.walk.people import Person

NAMES = (
    "Alma Abendrot", "Bosse Birkenhof", "Cosima Dünenweg", "Darian Eschengrund", "Elif Flussau",
    "Frieda Grünmark", "Gero Heidebusch", "Hale Inselring", "Ivo Kiesgarten", "Jonna Lindenstieg",
    "Kaya Moosbach", "Lasse Nebelhorn", "Mina Ostwind",
)  # fmt: skip
TOO_YOUNG = ("Kaya Moosbach", "Mina Ostwind")
READING = 3.0  # seconds; forms that come back sooner look like sent by programs
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", " ": "."})


@dataclasses.dataclass(frozen=True)
class Call:
    """An open call: addresses of the public pages, and how the office knows it."""

    circle: str
    number: str
    draw_id: str

    @property
    def apply(self) -> str:
        return f"{self.circle}ausschreibung/bewerben/"

    @property
    def applications(self) -> str:
        return f"/ausschreibungen/{self.number}/bewerbungen/"

    @property
    def desk(self) -> str:
        return f"/ausschreibungen/{self.number}/auslosung/"


@dataclasses.dataclass(frozen=True)
class Citizen:
    """Somebody who applies, with a browser of their own."""

    name: str
    email: str
    browser: Browser

    @property
    def is_too_young(self) -> bool:
        return self.name in TOO_YOUNG


def make_call(office: Person, mark: str) -> Call:
    """Vision, session, work order, circle and a call that closes in six days; opens it."""
    vision = _vision(office, mark)
    _adopt(office, vision)
    page = office.fill_in(
        f"{vision}arbeitsauftrag/",
        question_de="Was brauchen digitale Lotsinnen und Lotsen in den Vierteln?",
        question_en="What do digital guides in the quarters need?",
        expected_result_de="Ein Vorschlag mit drei Maßnahmen.",
        expected_result_en="A proposal with three measures.",
        limits_de="Zuständigkeiten und Haushalt bleiben unberührt.",
        limits_en="Competences and budget remain untouched.",
        addressee="circle", contact="Digitalisierungsbüro (Demo)",
        due_on=day(200),
    )  # fmt: skip
    page = office.fill_in(
        page.link("/zirkel/gruenden/"),
        name_de=f"Digitale Lotsen {mark} (Demo)", name_en=f"Digital guides {mark} (Demo)",
        purpose_de="Damit in jedem Viertel jemand bei digitalen Fragen hilft.",
        purpose_en="So that in every quarter somebody helps with digital questions.",
    )  # fmt: skip
    circle = page.path
    page, form = _call_form(office, circle)
    draw_id = form.value("draw_id")
    if not draw_id.startswith("demo-"):
        raise Problem(f"The draw {draw_id} is not named as a demonstration.")
    page = office.send(
        page, form, meeting=_sessions(form)[-1], **_texts(),
        opens_day=day(-1), opens_time="08:00",
        closes_day=day(6), closes_time="18:00",
        contact="Digitalisierungsbüro (Demo), buero@example.org",
    )  # fmt: skip
    opening = page.form("/oeffnen/")
    found = re.search(r"/ausschreibungen/(\d+)/", opening.action)
    if found is None:
        raise Problem(f"{opening.action} names no call.")
    office.send(page, opening)
    return Call(circle, found[1], draw_id)


def apply(call: Call, base_url: str, letters: LetterBox, mark: str) -> list[Citizen]:
    """Thirteen people apply on the public page, each with the code from their mail."""
    citizens = [
        Citizen(name, f"{name.lower().translate(PLAIN)}.{mark}@example.org", Browser(base_url))
        for name in NAMES
    ]
    forms = [citizen.browser.get(call.apply) for citizen in citizens]
    time.sleep(READING)
    pages = [_send(citizen, page) for citizen, page in zip(citizens, forms, strict=True)]
    for citizen, page in zip(citizens, pages, strict=True):
        letter = letters.wait(citizen.email, "/code/", f"the code for {citizen.email}")
        form = page.form(field="code")
        page = citizen.browser.submit(page, form, {"code": code_in(letter)})
        if not page.path.startswith("/mein/bewerbungen/"):
            raise Problem(f"After the code, {citizen.email} landed at {page.path}.")
    return citizens


def review(call: Call, reviewer: Person, citizens: list[Citizen]) -> int:
    """One person looks at every application that waits for them; returns how many."""
    by_email = {citizen.email: citizen for citizen in citizens}
    page = reviewer.get(f"{call.applications}?state=mine")
    page = reviewer.get(next(href for href, _words in page.links if _leads_to_one(call, href)))
    seen = 0
    # Every finding leads on to the next application that waits, the last one to the list.
    while form := _finding_form(page):
        email = next(email for email in by_email if email in page.text)
        page = reviewer.send(page, form, **_finding(form, refused=by_email[email].is_too_young))
        seen += 1
    return seen


def _vision(office: Person, mark: str) -> str:
    """The address of a new vision, in a field of action that is there or a new one."""
    page = office.get("/div/visionen/neu/")
    form = page.form(field="title_de")
    fields = [value for value, _label in form.options("action_field") if value]
    field = {"action_field": fields[0]} if fields else {"new_field": "Digitale Teilhabe"}
    page = office.send(
        page, form, **field,
        title_de=f"Niemand bleibt allein {mark}", title_en=f"Nobody is left alone {mark}",
        text_de="In jedem Viertel hilft jemand bei digitalen Fragen.",
        text_en="In every quarter somebody helps with digital questions.",
        everyday_need_de="Anträge gibt es nur noch online.",
        everyday_need_en="Applications are online only.",
        global_trend_de="Verwaltung wird digital.",
        global_trend_en="Administration becomes digital.",
    )  # fmt: skip
    return page.path


def _adopt(office: Person, vision: str) -> None:
    """Note that the D.I.V. adopted the vision, in its last session."""
    page = office.get(f"{vision}beschliessen/")
    form = page.form(field="meeting")
    office.send(page, form, meeting=_sessions(form)[-1])


def _call_form(office: Person, circle: str) -> tuple[Page, Form]:
    """The form of a new call; a session is called only when none is ahead."""
    address = f"{circle}ausschreibung/neu/"
    page = office.get(address)
    if not _sessions(page.form(field="draw_id")):
        office.fill_in(
            "/div/sitzungen/neu/",
            day=day(30), starts="17:00", ends="19:00",
            place="Neues Rathaus, Raum Demo",
            over_maximum_reason="Vorführung: Eine Auslosung braucht eine Sitzung.",
        )  # fmt: skip
        page = office.get(address)
    return page, page.form(field="draw_id")


def _sessions(form: Form) -> list[str]:
    return [value for value, _label in form.options("meeting") if value]


def _texts() -> dict[str, str]:
    return {
        "question_de": "Was brauchen digitale Lotsinnen und Lotsen in den Vierteln?",
        "question_en": "What do digital guides in the quarters need?",
        "task_de": "Der Zirkel erarbeitet einen Vorschlag und stellt ihn im D.I.V. vor.",
        "task_en": "The circle works out a proposal and presents it in the D.I.V.",
        "effort_de": "7 | Treffen am frühen Abend",
        "effort_en": "7 | meetings in the early evening",
        "not_needed_de": "Vorwissen",
        "not_needed_en": "Previous knowledge",
        "allowance_de": "45 € | je Treffen",
        "allowance_en": "45 € | a meeting",
        "criterion_1_de": "Wohnen, arbeiten oder lernen Sie in Bielefeld?",
        "criterion_1_en": "Do you live, work or study in Bielefeld?",
        "criterion_2_de": "Sind Sie mindestens 16 Jahre alt?",
        "criterion_2_en": "Are you at least 16 years old?",
    }


def _send(citizen: Citizen, page: Page) -> Page:
    form = page.form(field="participation")
    criteria = _criteria(form, "criterion_")
    entries: dict[str, Entry] = dict.fromkeys(criteria, "yes")
    if citizen.is_too_young:
        entries[criteria[-1]] = "no"
    entries |= {
        "name": citizen.name,
        "email": citizen.email,
        "motivation": "Ich helfe gern.",
        "participation": True,
    }
    return citizen.browser.submit(page, form, entries)


def _finding_form(page: Page) -> Form | None:
    return next((form for form in page.forms if _criteria(form, "met_")), None)


def _finding(form: Form, *, refused: bool) -> dict[str, Entry]:
    """Yes to every criterion; to the last one no, with a reason, for whom is refused."""
    found: dict[str, Entry] = dict.fromkeys(_criteria(form, "met_"), "yes")
    if refused:
        found[_criteria(form, "met_")[-1]] = "no"
        found[_criteria(form, "reason_")[-1]] = "Nach eigener Angabe jünger als 16 Jahre."
    return found


def _criteria(form: Form, prefix: str) -> list[str]:
    """Names of the fields that ask about criteria, in the order of the page."""
    names = (control.name for control in form.controls if control.name.startswith(prefix))
    return list(dict.fromkeys(names))


def _leads_to_one(call: Call, href: str) -> bool:
    rest = href.partition("?")[0].partition(call.applications)[2]
    return bool(re.fullmatch(r"[A-Z0-9-]+/", rest))
