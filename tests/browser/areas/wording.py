"""Pages of the words of agreements and of their life: talk, languages, versions, amendments."""

from __future__ import annotations

from foundation.accounts.models import User
from foundation.texts.suggestions import suggestions_on
from partnerships.models import Agreement
from partnerships.wording import amendments, clauses, remarks
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene

NO_PAGES = """
agreement_renewal agreement_accept agreement_unsuggest agreement_language_add
agreement_language_drop agreement_amend amendment_take_up amendment_build_on
agreement_reading_order agreement_reading_pdf
"""
DRAFT = ["bielefeld-tampere", "SB-2026-001"]
CONCLUDED = ["lindenau-jaervikoski", "SB-2026-002"]
AMENDMENT = ["lindenau-jaervikoski", "SB-2026-002/A1"]


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    draft = Agreement.objects.get(number=DRAFT[1])
    preamble = clauses.clause_of(draft, "preamble")
    remarks.comment(draft, preamble, "Das liest sich gut.", by=office)
    remarks.comment(draft, preamble, "Vorher das Rechtsamt fragen.", by=office, is_internal=True)
    words = {"en": "Both cities want to learn from each other."}
    remarks.suggest(draft, preamble, words, reason="Kürzer.", by=office)
    concluded = Agreement.objects.get(number=CONCLUDED[1])
    made = amendments.draft_amendment(concluded, by=office)
    amendments.take_up(made, "financing", by=office)


def places() -> list[Place]:
    return [
        at("agreement_list", who="otto"),
        at("agreement_list:partner", who="berta"),
        at("agreement_list:nothing", who="otto", query="?state=withdrawn"),
        at("agreement_remarks", *DRAFT, "preamble", who="otto"),
        at("agreement_remarks:nothing", *DRAFT, "financing", who="otto"),
        at("agreement_remarks:wrong", *DRAFT, "financing", who="otto", sends=MAIN_FORM),
        at("agreement_suggest", *DRAFT, "preamble", who="otto"),
        at("agreement_suggest:wrong", *DRAFT, "preamble", who="otto", sends=MAIN_FORM),
        of("agreement_refuse", _suggested, who="otto"),
        at("agreement_translate", *DRAFT, "en", who="otto"),
        at("agreement_release", *DRAFT, "de", who="otto"),
        at("agreement_release:wrong", *DRAFT, "de", who="otto", sends=MAIN_FORM),
        at("agreement_versions", *CONCLUDED, who="berta"),
        at("agreement_versions:draft_only", *DRAFT, who="otto"),
        at("agreement_renew", *CONCLUDED, who="berta"),
        at("agreement_renew:wrong", *CONCLUDED, who="berta", sends=MAIN_FORM),
        at("agreement_terminate", *CONCLUDED, who="berta"),
        at("agreement_terminate:wrong", *CONCLUDED, who="berta", sends=MAIN_FORM),
        at("agreement_review", *CONCLUDED, who="otto"),
        at("agreement_consolidated", *CONCLUDED, who="berta"),
        at("agreement:amendment", *AMENDMENT, who="otto"),
    ]


def _suggested(scene: Scene) -> list:
    draft = Agreement.objects.get(number=DRAFT[1])
    return [*DRAFT, suggestions_on(draft).filter(answer=None).latest("pk").pk]
