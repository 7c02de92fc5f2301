"""The agreement road: two invented cities, from first contact to a sealed letter of intent.

Everything is typed into pages by those whose task it is; the worker renders and seals.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

from launch.console import Problem
from launch.walk import programs
from launch.walk.browser import Browser
from launch.walk.days import day
from launch.walk.letters import LetterBox, link_in
from launch.walk.page import Entry
from launch.walk.people import Person
from launch.walk.steps import Steps

DE, FI = ("Erlenwerder", "Saarnivesi")
SAMPLE = "Unchanged, but only a sample"
NUMBER = re.compile(r"/abkommen/([^/]+)/")


@dataclasses.dataclass(frozen=True)
class Signed:
    """What the road leads to; `verdict` is verify_document's, `signed_by` names cities."""

    number: str
    pdf: Path
    verdict: str
    signed_by: list[str]


class AgreementRoad:
    """One walk; `mark` makes its names unlike those of every other walk."""

    def __init__(self, base_url: str, letters: LetterBox, steps: Steps, mark: str) -> None:
        self.base_url = base_url
        self.letters = letters
        self.steps = steps
        self.mark = mark
        self.office = Person("otto", base_url)
        self.administrator = Person("anton", base_url)
        self.signers = {
            f"{DE} {mark} (Demo)": Person("berta", base_url),
            f"{FI} {mark} (Demo)": Person("paula", base_url),
        }
        self.home = ""  # path of the partnership's page
        self.page = ""  # path of the agreement's page

    def walk(self, out: Path) -> Signed:
        """From contact to signed and verified; writes `agreement.pdf` into `out`."""
        with self.steps("two invented cities, their partnership, a partner for each"):
            self._open()
        with self.steps("first meeting, shared topic, target picture approved by both"):
            self._come_closer()
        with self.steps("goal, format with rhythm, actors of both sides"):
            self._make_concrete()
        with self.steps("draft in two languages, councils, signatories"):
            number = self._draft()
        with self.steps("both cities agree, the version is frozen"):
            self._agree()
        for city, signer in self.signers.items():
            with self.steps(f"{city}: {signer.email} reads the sealed PDF and signs it"):
                self._sign(signer, number)
        with self.steps("the worker seals, the partner downloads"):
            pdf = self._fetch(number, out / "agreement.pdf")
        with self.steps("verified by number, by upload, and by verify_document"):
            return self._verify(number, pdf)

    def _open(self) -> None:
        for city, country in zip(self.signers, ("DE", "FI"), strict=True):
            self.office.fill_in(
                "/staedte/neu/", name_de=city, name_en=city, slug=self._slug(city),
                country=country, is_fictional=True,
            )  # fmt: skip
        page = self.office.get("/partnerschaften/neu/")
        form = page.form(field="choice_reason_de")
        first, second = (form.option("first", city) for city in self.signers)
        page = self.office.send(
            page, form, first=first, second=second,
            choice_reason_de="Beide Städte liegen am Wasser und wollen Hochwasser vorhersehen.",
            choice_reason_en="Both cities lie by the water and want to foresee floods.",
            single_reason_de="Beide sind erfunden; eine dritte Stadt gab es nicht.",
            single_reason_en="Both are invented; there was no third city.",
        )  # fmt: skip
        self.home = page.path
        self.administrator.confirm()
        for city, signer in self.signers.items():
            page = self.administrator.get("/verwaltung/rollen/vergeben/")
            form = page.form(field="role")
            self.administrator.send(
                page, form, email=signer.email, name=signer.key.title(), role="partner",
                subject=form.option("subject", city),
            )  # fmt: skip
        self._next_phase()

    def _come_closer(self) -> None:
        office = self.office
        office.fill_in(
            f"{self.home}treffen/neu/", title_de="Kennenlernbesuch", title_en="Introductory visit",
            on=day(-30), precision="day", state="held", both_sides=True,
        )  # fmt: skip
        self._next_phase()
        topic = f"hochwasser-{self.mark}"
        office.fill_in(
            "/themen/neu/", name_de=f"Hochwasser vorhersehen {self.mark}",
            name_en=f"Foreseeing floods {self.mark}", slug=topic,
        )  # fmt: skip
        page = office.get(f"{self.home}themen/neu/")
        form = page.form(field="topic")
        office.send(page, form, topic=form.option("topic", self.mark), status="shortlisted")
        self._next_phase()
        page = office.get(self.home)
        adopt = next(
            form
            for form in page.forms
            if f"/themen/{topic}/" in form.action and form.value("status") == "adopted"
        )
        office.send(page, adopt)
        office.fill_in(
            f"{self.home}beschreiben/",
            lead_de="Zwei erfundene Städte zeigen den Weg zu einer Absichtserklärung.",
            lead_en="Two invented cities show the road to a letter of intent.",
        )
        office.fill_in(
            f"{self.home}zielbild/schreiben/",
            text_de="Niemand am Wasser wird von einem Hochwasser überrascht.",
            text_en="Nobody by the water is taken by surprise by a flood.",
        )
        for signer in self.signers.values():
            signer.press(signer.get(self.home), "/zielbild/zustimmen/")
        self._next_phase()

    def _make_concrete(self) -> None:
        office = self.office
        page = office.get(f"{self.home}ziele/neu/")
        form = page.form(field="title_de")
        office.send(
            page, form, title_de="Gemeinsame Pegelkarte", title_en="Shared map of water levels",
            strategy_de="Beide Städte öffnen ihre Pegeldaten in einem Format.",
            strategy_en="Both cities open their water levels in one format.",
            indicator_de="Pegel auf der gemeinsamen Karte", indicator_en="Gauges on the shared map",
            unit_de="Pegel", unit_en="gauges", baseline="0", target="40",
            baseline_on=day(0), due_on=day(400),
            lead=form.option("lead", DE),
        )  # fmt: skip
        office.fill_in(
            f"{self.home}formate/neu/", name_de="Runder Tisch", name_en="Roundtable", per_year="2"
        )
        for city in self.signers:
            self._take_part(city, f"Wasserverband {city}")

    def _take_part(self, city: str, actor: str) -> None:
        office = self.office
        page = office.get("/akteure/neu/")
        form = page.form(field="municipality")
        entries: dict[str, Entry] = {
            "name": actor, "kind": "other", "sector": "administration",
            "municipality": form.option("municipality", city), "is_published": True,
        }  # fmt: skip
        page = office.browser.submit(page, form, entries, answers_itself=True)
        if page.has_form(field="is_another"):  # the portal shows similar ones first
            office.send(page, page.form(field="is_another"), is_another=True)
        page = office.get(f"{self.home}akteure/neu/")
        form = page.form(field="actor")
        office.send(
            page, form, actor=form.option("actor", actor), party=form.option("party", city),
            role_de="Pegeldaten", role_en="Water levels",
        )  # fmt: skip

    def _draft(self) -> str:
        """Returns the number of the agreement."""
        office = self.office
        page = office.press(office.get(self.home), "/abkommen/neu/")
        found = NUMBER.search(page.link("/abkommen/"))
        if found is None:
            raise Problem(f"{self.home} names no agreement.")
        self.page = f"{self.home}abkommen/{found[1]}/"
        office.fill_in(
            f"{self.page}laufzeit/", starts_on=day(0),
            ends_on=day(1000), notice_months="6",
        )  # fmt: skip
        self._write_preamble()
        councils: tuple[dict[str, Entry], ...] = (
            {"is_reservation": True},
            {
                "body": "Kaupunginhallitus (Demo)",
                "decided_on": day(-9),
                "paper": f"§ 12 ({self.mark})",
            },
        )
        for (city, signer), council in zip(self.signers.items(), councils, strict=True):
            page = office.get(f"{self.page}gremien/")
            form = page.form(field="party")
            office.send(page, form, party=form.option("party", city), **council)
            page = office.get(f"{self.page}unterzeichnende/neu/")
            form = page.form(field="email")
            office.send(
                page, form, party=form.option("party", city), email=signer.email,
                name=f"{signer.key.title()} Beispiel", language="de",
                function_de="Bürgermeisterin", function_en="Mayor",
            )  # fmt: skip
        return found[1]

    def _write_preamble(self) -> None:
        """A sentence more in both languages, as people would."""
        page = self.office.get(f"{self.page}klausel/preamble/")
        form = page.form(field="based_on")
        self.office.send(
            page, form, still_fits=True,
            de=f"{form.value('de')}\nDiese Städte sind erfunden; die Erklärung ist ein Muster.",
            en=f"{form.value('en')}\nThese cities are invented; this letter is a sample.",
        )  # fmt: skip

    def _release(self) -> None:
        """Each language is answered for by somebody with a name."""
        for language, signer in zip(("de", "en"), self.signers.values(), strict=True):
            page = signer.get(f"{self.page}sprachen/{language}/freigeben/")
            form = page.form(field="digest")
            signer.send(page, form, name=f"{signer.key.title()} Beispiel", function="Stadtkanzlei")

    def _agree(self) -> None:
        self._release()
        for signer in self.signers.values():
            signer.press(signer.get(self.page), "/zustimmen/")
        self.office.confirm()
        page = self.office.get(f"{self.page}einfrieren/")
        self.office.send(page, page.form("/einfrieren/"))

    def _sign(self, signer: Person, number: str) -> None:
        """Follow the link of the mail; sign the digest of exactly the bytes that were read."""
        way = f"/abkommen/{number}/unterschreiben/"
        letter = self.letters.wait(signer.email, way, f"the mail that {number} can be signed")
        signer.confirm()
        page = signer.get(link_in(letter, way))
        form = page.form(field="pdf_sha256")
        read = signer.download(f"{self.page}dokument.pdf")
        if hashlib.sha256(read).hexdigest() != form.value("pdf_sha256"):
            raise Problem(f"The PDF of {number} is not the one whose digest is shown for signing.")
        signer.send(page, form, consent=True)

    def _fetch(self, number: str, target: Path) -> Path:
        partner = list(self.signers.values())[-1]
        way = f"/abkommen/{number}/dokument.pdf"
        letter = self.letters.wait(partner.email, way, f"the mail that {number} is concluded")
        target.write_bytes(partner.download(link_in(letter, way)))
        return target

    def _verify(self, number: str, pdf: Path) -> Signed:
        """As a stranger, without login; then by a program of its own."""
        stranger = Browser(self.base_url, language="en")
        content = pdf.read_bytes()
        page = stranger.get("/pruefen/")
        listed = stranger.submit(page, page.form(field="number"), {"number": number})
        if hashlib.sha256(content).hexdigest() not in listed.text:
            raise Problem(f"/pruefen/ does not know the digest of {number}.")
        form = page.form(field="document")
        files = {"document": (pdf.name, content)}
        answer = stranger.submit(page, form, {}, files=files, answers_itself=True)
        if answer.heading != SAMPLE:
            raise Problem(f"/pruefen/ says about {pdf.name}: {answer.heading}")
        told = programs.verdict_on(pdf)
        if told["verdict"] not in ("valid", "valid-test"):
            raise Problem(f"verify_document says about {pdf.name}: {told['verdict']}")
        proven = {each.get("party", "") for each in told["evidence"]}
        signed_by = [city for city in self.signers if self._slug(city) in proven]
        if len(signed_by) < len(self.signers):
            raise Problem(f"verify_document names as signing only: {', '.join(signed_by) or '-'}")
        return Signed(number, pdf.absolute(), told["verdict"], signed_by)

    def _slug(self, city: str) -> str:
        return f"{city.split()[0].lower()}-{self.mark}"

    def _next_phase(self) -> None:
        self.office.press(self.office.get(self.home), "/weiter/")
