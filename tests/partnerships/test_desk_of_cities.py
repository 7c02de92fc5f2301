"""What waits for whom between cities: each thing on the right desks, and only until it is done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.pages.desk import of_agreements, of_course, of_deeds
from config.pages.desk.items import AT_ONCE, Desk, Item
from config.pages.desk.page import desk_of
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role
from partnerships.course import encounters, openings, phases, standing
from partnerships.deeds import actions, goals
from partnerships.directory import checkups, directory
from partnerships.models import Action, ActorContact, Encounter, Submission
from partnerships.signing import submissions
from partnerships.wording import agreements, clauses, remarks, terms, versions
from tests.conftest import login, make_user
from tests.partnerships.factories import both, collecting, concluded, fresh

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")
DAY = dt.timedelta(days=1)
SCAN = b"%PDF-1.7\nscan\n%%EOF\n"


def today():
    return timezone.localdate()


def lines(module, user) -> list[str]:
    return [item.what for item in module.items(fresh(user))]


def step(partnership, name, *, days, side=None):
    return actions.plan(
        partnership, title=both(name), owner=both("Amt"), due_on=today() + days * DAY,
        side=side, by=None,
    )  # fmt: skip


def test_late_and_near_steps_lie_on_the_desk_of_the_side_that_owns_them(
    partnership, sides, otto, bruno, paula, dora
):
    step(partnership, "Spät", days=-3, side=sides[0])
    step(partnership, "Bald", days=5)
    step(partnership, "Fern", days=60, side=sides[0])

    (item,) = of_deeds.items(fresh(bruno))
    assert item.what == "2 steps of the action plan are due, first: Spät"
    assert item.why == f"{partnership}. Bald"
    assert timezone.localtime(item.until).date() == today() - 3 * DAY
    assert item.url == reverse("action_list", args=[partnership.slug])
    assert lines(of_deeds, paula) == ["A step of the action plan is due: Bald"]
    assert lines(of_deeds, otto) == [item.what]
    assert lines(of_deeds, dora) == []


def test_a_step_is_late_only_after_its_day(partnership, otto):
    step(partnership, "Heute", days=0)
    (item,) = of_deeds.items(otto)
    assert item.until > timezone.now()
    assert Desk.of([item], timezone.now()).dated == [item.until]


def test_done_steps_and_partnerships_at_rest_ask_for_nothing(partnership, otto):
    done, waiting = (step(partnership, name, days=-1) for name in ("Getan", "Offen"))
    actions.put(done, Action.State.COMPLETED, by=None)
    assert lines(of_deeds, otto) == [f"A step of the action plan is due: {waiting.title}"]
    standing.suspend(partnership, reason=both("Pause"), by=otto)
    assert lines(of_deeds, otto) == []


def test_goals_are_measured_again_in_their_rhythm_by_their_side(
    partnership, sides, otto, bruno, paula
):
    goal = goals.set_goal(
        partnership, title=both("Schneller antworten"), unit=both("Tage"), baseline=Decimal(9),
        baseline_on=today() - 200 * DAY, target=Decimal(5), side=sides[1], review_months=6,
        by=None,
    )  # fmt: skip
    line = "A goal is to be measured again: Schneller antworten"
    assert lines(of_deeds, paula) == lines(of_deeds, otto) == [line]
    assert lines(of_deeds, bruno) == []
    goals.measure(goal, Decimal(7), on=today(), by=paula)
    assert lines(of_deeds, paula) == []


def test_a_suggestion_waits_for_the_other_city_until_it_is_answered(draft, bruno, paula, otto):
    preamble = clauses.clause_of(draft, "preamble")
    made = remarks.suggest(draft, preamble, {"de": "Wir wollen lernen."}, by=bruno)
    line = f"{draft.number}: a suggested change waits for an answer"
    (item,) = [each for each in of_agreements.items(fresh(paula)) if each.what == line]
    assert item.url.endswith(f"/{draft.number}/klausel/preamble/anmerkungen/")
    assert line not in lines(of_agreements, bruno) + lines(of_agreements, otto)
    remarks.decline(draft, made, reason="Zu lang", by=paula)
    assert line not in lines(of_agreements, paula)


@pytest.fixture
def brought(draft, otto, bruno, paula):
    collecting(draft, otto, bruno, paula)
    place = draft.signatories.get(party__position=1)
    return submissions.bring(
        draft, place, kind=Submission.Kind.PAPER, data=SCAN, signed_on=today(), by=otto
    )


def test_a_scan_waits_for_those_who_did_not_bring_it(brought, draft, otto, bruno, paula, dora):
    line = f"Compare a signature for {draft.number}: Bielefeld"
    assert line in lines(of_agreements, bruno)
    assert line in lines(of_agreements, paula)
    assert line not in lines(of_agreements, otto)
    assert lines(of_agreements, dora) == []
    digits = versions.standing_version(draft).short_digest
    submissions.compare(brought, agrees=True, digits=digits, by=bruno)
    assert line not in lines(of_agreements, paula)


def test_a_file_from_elsewhere_waits_for_each_city_and_not_for_the_office(
    draft, sides, otto, bruno, paula
):
    collecting(draft, otto, bruno, paula)
    file = submissions.bring(
        draft, draft.signatories.get(party__position=2), kind=Submission.Kind.ELSEWHERE,
        data=SCAN, signed_on=today(), by=draft.signatories.get(party__position=1).user,
    )  # fmt: skip
    line = f"Compare a signature for {draft.number}: Tampere"
    assert [line in lines(of_agreements, user) for user in (bruno, paula, otto)] == [
        True, True, False,
    ]  # fmt: skip
    submissions.compare(file, party=sides[0], agrees=True, by=bruno)
    assert line not in lines(of_agreements, bruno)
    assert line in lines(of_agreements, paula)


def test_first_contacts_are_one_line_for_the_office(bielefeld, tampere, otto, bruno):
    for n in range(2):
        made = openings.note_opening(bielefeld, tampere, origin=f"Messe {n}", by=otto)
    assert lines(of_course, otto) == [
        "2 first contacts are not taken up yet, the oldest: Bielefeld – Tampere"
    ]
    assert lines(of_course, bruno) == []
    openings.let_go(made, reason="Kein Interesse", by=otto)
    assert lines(of_course, otto) == ["A first contact is not taken up yet: Bielefeld – Tampere"]


def test_answers_of_contacts_wait_for_the_office(tampere, otto, paula):
    entry = directory.list_actor(
        "Anturi Oy", kind="sme", sector="business", municipality=tampere, by=None
    )
    checkups.set_contact(entry, "post@example.org", by=None)
    ActorContact.objects.filter(actor=entry).update(next_check_on=today())
    checkups.ask_all()
    assert lines(of_course, otto) == []
    checkups.ask_for_removal(entry.checkups.get())
    line = "A contact asks for a change in the directory: Anturi Oy"
    assert lines(of_course, otto) == [line]
    assert lines(of_course, paula) == []


def test_silence_is_told_to_both_cities_and_the_office(
    concrete, otto, bruno, paula, dora, settings
):
    settings.DORMANT_AFTER_MONTHS = 12
    states.advance(concrete, "contact", by=None, field="phase")
    concrete.encounters.update(on=today() - 400 * DAY)
    line = f"No meeting for a long time: {concrete}"
    assert lines(of_course, bruno) == lines(of_course, paula) == lines(of_course, otto) == [line]
    assert lines(of_course, dora) == []
    encounters.note(concrete, title=both("Neu"), on=today(), state=Encounter.State.HELD, by=None)
    assert lines(of_course, bruno) == []


def test_ends_and_reviews_lie_on_the_desks_of_both_cities(draft, otto, bruno, paula, dora):
    end = today() + 100 * DAY
    agreements.set_term(draft, starts_on=None, ends_on=end, notice_months=6, by=otto)
    concluded(draft, otto, bruno, paula)
    terms.set_review(draft, today() + 10 * DAY, by=bruno)
    found = [f"{draft.number} ends", f"Look at {draft.number} together"]
    with time_machine.travel(timezone.now() + 20 * DAY):
        (_end, review) = of_agreements.items(fresh(bruno))
        assert review.until < timezone.now(), "nobody noted the review in time"
    for user in (bruno, paula, otto):
        assert lines(of_agreements, user) == found
    assert lines(of_agreements, dora) == []
    terms.set_review(draft, today() + 200 * DAY, by=bruno)
    assert lines(of_agreements, bruno) == found[:1]


def test_an_agreement_waits_for_the_side_that_has_to_act(draft, sides, otto, bruno, paula):
    end = today() + 400 * DAY
    agreements.set_term(draft, starts_on=None, ends_on=end, notice_months=6, by=otto)
    work = f"{draft.number} waits for your side: work on the text and agree to it"
    assert work in lines(of_agreements, bruno) and work not in lines(of_agreements, otto)
    concluded(draft, otto, bruno, paula)
    terms.propose_renewal(draft, sides[0], ends_on=end + 365 * DAY, by=bruno)
    renew = f"{draft.number} waits for your side: declare the same end of the term"
    assert lines(of_agreements, paula) == [renew]
    assert lines(of_agreements, bruno) == []


def pair(n, by):
    """A further partnership with everything that a desk can show of it."""
    cities = [
        directory.list_municipality(f"s{n}{k}", name=both(f"Stadt {n}{k}"), country="SE", by=None)
        for k in range(2)
    ]
    made = phases.open_partnership(cities, by=None)
    states.advance(made, "contact", by=None, field="phase")
    encounters.note(
        made, title=both("Alt"), on=today() - 900 * DAY, state=Encounter.State.HELD, by=None
    )
    step(made, f"Schritt {n}", days=-n)
    goals.set_goal(
        made, title=both("Ziel"), unit=both("Tage"), baseline=Decimal(9),
        baseline_on=today() - 200 * DAY, review_months=6, by=None,
    )  # fmt: skip
    openings.note_opening(*cities, origin="Messe", by=by)
    agreement = agreements.draft_agreement(made, by=by)
    partner = make_user(f"Partner{n}", factor=True)
    for city in cities:
        mandates.grant(partner, Role.PARTNER, city, by=None)
    remarks.suggest(agreement, clauses.clauses_of(agreement)[0], {"de": f"Anders {n}"}, by=partner)
    return cities


def test_a_desk_asks_as_many_questions_for_three_pairs_of_cities_as_for_one(otto, db):
    wanda = make_user("Wanda", factor=True)

    def counted(user):
        user = fresh(user)
        desk_of(user)
        with CaptureQueriesContext(connection) as seen:
            desk_of(user)
        return len(seen)

    def grow(n):
        for city in pair(n, otto)[:1]:
            mandates.grant(wanda, Role.PARTNER, city, by=None)

    grow(1)
    few = counted(wanda), counted(otto)
    for n in (2, 3):
        grow(n)
    assert (counted(wanda), counted(otto)) == few
    assert few[0] <= 40 and few[1] <= 55


def test_a_long_list_unfolds_and_late_things_come_first(client, partnership, otto):
    now = timezone.now()
    found = [Item(f"Nr. {n}", until=now + (n - 5) * DAY) for n in range(AT_ONCE + 3)]
    (_anchor, _title, _note, shown, rest), *_coming = Desk.of(reversed(found), now).lists
    assert [item.what for item in shown[:2]] == ["Nr. 0", "Nr. 1"]
    assert (len(shown), len(rest)) == (AT_ONCE, 3)


def test_the_page_unfolds_what_does_not_fit(client, bielefeld, otto):
    for n in range(AT_ONCE + 2):
        other = directory.list_municipality(f"x{n}", name=both(f"X{n}"), country="SE", by=None)
        made = phases.open_partnership([bielefeld, other], by=None)
        step(made, f"Schritt {n}", days=-n)
    page = login(client, otto).get(reverse("desk"), headers={"accept-language": "en"})
    assert "Show 2 more" in page.content.decode()
    assert page.content.decode().index("Schritt 9") < page.content.decode().index("Schritt 0")
