"""The circle road, second half: pool, fingerprint, dice, draw, and five seats taken.

The simulated clock of the demo call stands in for the days of waiting; all else is as on the day.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from launch.console import Problem
from launch.walk import circle, programs
from launch.walk.browser import Browser
from launch.walk.circle import Call, Citizen
from launch.walk.letters import LetterBox, link_in
from launch.walk.people import Person
from launch.walk.steps import Steps, until

DICE = 20
SEATS = 5
FILES = ("pool.txt", "declaration.txt", "seed.txt", "result.txt", "rejected.txt")
THROWERS = ("Dora Runde", "Jonas Beirat", "Mira Fach", "Nele Wurf")
WITNESSES = ("Ina Zeugin", "Ulf Zeuge")
MAIL = re.compile(r"/postausgang/\d+/$")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
LOT_SEATS = ("11", "12", "13", "14", "15")


@dataclasses.dataclass(frozen=True)
class Drawn:
    """What the road leads to; `seats` are the tickets of the five seats, in order."""

    id: str
    declaration_sha256: str
    result_sha256: str
    verdict: str
    seats: list[str]


class CircleRoad:
    """One walk; `mark` makes its names unlike those of every other walk."""

    def __init__(self, base_url: str, letters: LetterBox, steps: Steps, mark: str) -> None:
        self.base_url = base_url
        self.letters = letters
        self.steps = steps
        self.mark = mark
        self.office = Person("otto", base_url)
        self.reviewer = Person("rita", base_url)
        self.officer = Person("leo", base_url)
        self.chair = Person("vera", base_url)

    def walk(self, out: Path) -> Drawn:
        """From the vision to five people with seats; writes the files of the draw into `out`."""
        with self.steps("vision, work order, circle; the call is open"):
            call = circle.make_call(self.office, self.mark)
        with self.steps(f"{len(circle.NAMES)} people apply with the codes from their mails"):
            citizens = circle.apply(call, self.base_url, self.letters, self.mark)
        with self.steps("two reviewers look at all of them"):
            for reviewer in (self.office, self.reviewer):
                seen = circle.review(call, reviewer, citizens)
                if seen != len(citizens):
                    raise Problem(f"{reviewer.email} saw {seen} of {len(citizens)} applications.")
        with self.steps("whoever is not admitted is told why, and has days to object"):
            self._tell_rejected(call, citizens)
        with self.steps("these days passed, pool closed, declaration by two people"):
            fingerprint = self._declare(call, citizens)
        with self.steps("in the session: the room on record, dice typed by two people"):
            self._throw(call)
        with self.steps("the worker draws and writes the minutes"):
            self._draw(call, out)
        with self.steps("recomputed by los1_verify.py with the fingerprint from a mail"):
            seats, result = programs.draw_again(out, fingerprint)
            self._compare(call, seats, result)
        with self.steps(
            "one person declines and is asked again, the next moves up, five seats taken"
        ):
            self._fill_seats(call, citizens)
        return Drawn(call.draw_id, fingerprint, result, "valid", seats)

    def _tell_rejected(self, call: Call, citizens: list[Citizen]) -> None:
        """After the deadline the office reads the mails of rejection and lets them go."""
        self.officer.press(self.officer.get(call.desk), "/uhr/")
        for citizen in (each for each in citizens if each.is_too_young):
            mails = self.office.get(f"/postausgang/?{urlencode({'q': citizen.email})}&state=held")
            path = next(href for href, _words in mails.links if MAIL.search(href))
            self.office.press(self.office.get(path), "/freigeben/")
            until(partial(self._has_left, path), f"the mail to {citizen.email}")

    def _has_left(self, path: str) -> bool:
        page = self.office.get(path)
        return not (page.has_form("/freigeben/") or page.has_form("/anhalten/"))

    def _declare(self, call: Call, citizens: list[Citizen]) -> str:
        """Returns the fingerprint as it came by mail to one who applied."""
        leo, vera = self.officer, self.chair
        leo.press(leo.get(call.desk), "/uhr/")
        leo.confirm()
        leo.press(leo.get(call.desk), "/schliessen/", all_typed=True)
        leo.press(leo.get(call.desk), "/erklaeren/", method="dice", dice=f"{DICE}")
        vera.confirm()
        page = vera.get(call.desk)
        shown = page.form("/bestaetigen/").value("fingerprint")
        vera.press(page, "/bestaetigen/")
        letter = self.letters.wait(citizens[0].email, shown, "the mail with the fingerprint")
        mailed = DIGEST.search(letter.text)
        if mailed is None or mailed[0] != shown:
            raise Problem("The mail shows another fingerprint than the page.")
        return mailed[0]

    def _throw(self, call: Call) -> None:
        leo, vera, otto = self.officer, self.chair, self.office
        leo.press(leo.get(call.desk), "/uhr/")
        otto.press(
            otto.get(call.desk), "/raum/", chair="Vera Vorsitz", minute_taker="Otto Amtmann",
            throwers="\n".join(THROWERS), witnesses="\n".join(WITNESSES),
        )  # fmt: skip
        dice = "".join(str(1 + secrets.randbelow(6)) for _throw in range(DICE))
        for recorder in (leo, vera):
            recorder.press(recorder.get(call.desk), "/wuerfel/", digits=dice)

    def _draw(self, call: Call, out: Path) -> None:
        self.officer.confirm()
        self.officer.press(self.officer.get(call.desk), "/ziehen/")
        stranger, page = Browser(self.base_url), f"/auslosung/{call.draw_id}/"
        until(lambda: stranger.get(page).has_link("/result.txt"), "the draw")
        until(lambda: stranger.get(page).has_link("/losprotokoll.pdf"), "the minutes of the draw")
        for name in FILES:
            (out / name).write_bytes(stranger.download(f"{page}{name}"))
        (out / "minutes.pdf").write_bytes(stranger.download(f"{page}losprotokoll.pdf"))

    def _compare(self, call: Call, seats: list[str], result: str) -> None:
        if len(seats) != SEATS:
            raise Problem(f"los1_verify.py names {len(seats)} seats instead of {SEATS}.")
        if result not in Browser(self.base_url).get(f"/auslosung/{call.draw_id}/").text:
            raise Problem("The page of the draw shows another result than los1_verify.py.")

    def _fill_seats(self, call: Call, citizens: list[Citizen]) -> None:
        """Of the five who were drawn the first declines; the sixth gets the mail."""
        people = {citizen.email for citizen in citizens}
        first = self.letters.wait_for(people, "/platz/", SEATS, "the offers to those drawn")
        self._answer(link_in(first[0], "/platz/"), "/zurueckgeben/")
        self._pass_on(call)
        offers = self.letters.wait_for(people, "/platz/", SEATS + 1, "the offer to the next one")
        for letter in offers[1:]:
            self._answer(link_in(letter, "/platz/"), "/annehmen/")
        plan = Browser(self.base_url, language="en").get(call.circle).items
        by_lot = [item for item in plan if item.partition(" ")[0] in LOT_SEATS]
        if len(by_lot) != SEATS or not all(item.endswith(" taken") for item in by_lot):
            raise Problem(f"The seat plan does not show five taken seats: {' / '.join(by_lot)}")

    def _pass_on(self, call: Call) -> None:
        """The office asks whoever declined; 48 hours later another person lets the seat go."""
        self.office.press(self.office.get(call.desk), "/nachgefragt/", channel="phone")
        self.officer.press(self.officer.get(call.desk), "/uhr/")
        self.officer.press(self.officer.get(call.desk), "/nachruecken/")

    def _answer(self, link: str, action: str) -> None:
        browser = Browser(self.base_url)
        page = browser.get(link)
        browser.submit(page, page.form(action), {})
