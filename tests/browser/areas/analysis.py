"""Pages of the analysis of a home city: beside that of the demonstration one empty, one decided."""

from __future__ import annotations

from foundation.accounts.models import User
from partnerships.cities import analyses
from partnerships.models import Municipality
from tests.browser.places import MAIN_FORM, Place, at
from tests.partnerships.factories import both

NO_PAGES = "analysis_weigh analysis_reconsider analysis_open candidate_point_drop"
SHOWN, EMPTY, DECIDED = "hochwasser-wer-lernt-mit-uns", "leer", "entschieden"
CITY = "jaervikoski"


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    home = Municipality.objects.get(slug="lindenau-am-see")
    analyses.begin(home, title="Leer", with_proposals=False, by=office)
    decided = analyses.begin(home, title="Entschieden", by=office)
    chosen = analyses.add_candidate(decided, Municipality.objects.get(slug=CITY), by=office)
    why = both("Beide liegen am Wasser.", "Both lie by the water.")
    analyses.decide(decided, chosen, reason=why, single_reason=why, by=office)


def places() -> list[Place]:
    return [
        at("analysis_list", who="otto"),
        at("analysis_list:nothing", who="paula"),
        at("analysis_new", who="otto"),
        at("analysis_new:wrong", who="otto", sends=MAIN_FORM),
        at("analysis", SHOWN, who="otto"),
        at("analysis:reader", SHOWN, who="berta"),
        at("analysis:empty", EMPTY, who="otto"),
        at("analysis:decided", DECIDED, who="otto"),
        at("analysis_criterion_new", EMPTY, who="otto"),
        at("analysis_criterion_new:wrong", EMPTY, who="otto", sends=MAIN_FORM),
        at("analysis_criterion", SHOWN, 1, who="otto"),
        at("analysis_rank", SHOWN, who="otto"),
        at("analysis_decide", SHOWN, who="otto"),
        at("analysis_decide:wrong", SHOWN, who="otto", sends=MAIN_FORM),
        at("candidate_new", SHOWN, who="otto"),
        at("candidate", SHOWN, CITY, who="otto"),
        at("candidate:nothing", DECIDED, CITY, who="otto"),
        at("candidate_score", SHOWN, CITY, who="otto"),
        at("candidate_point", SHOWN, CITY, who="otto"),
        at("candidate_match", SHOWN, CITY, who="otto"),
        at("candidate_match:wrong", SHOWN, CITY, who="otto", sends=MAIN_FORM),
    ]
