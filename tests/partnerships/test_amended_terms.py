"""A signed amendment of term and notice has effect: end, months of notice and reminders follow."""

import datetime as dt

import pytest
from django.utils import timezone

from foundation.effects.models import Effect
from partnerships.signing import signatures
from partnerships.wording import agreements, amendments, consolidation, terminations, terms
from tests.partnerships.factories import concluded, digests_of, issued, proof_of, signer
from tests.partnerships.test_amendments import amend, conclude

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")
START, END, LATER = dt.date(2026, 1, 1), dt.date(2029, 12, 31), dt.date(2033, 12, 31)


@pytest.fixture
def base(draft, otto, bruno, paula):
    agreements.set_term(draft, starts_on=START, ends_on=END, notice_months=6, by=otto)
    concluded(draft, otto, bruno, paula)
    return draft


def amend_term(base, otto, *, slug="term", ends_on=LATER, months=12):
    made = amend(base, otto, slug=slug, de="Sie gilt länger.", en="It runs longer.")
    agreements.set_term(made, starts_on=START, ends_on=ends_on, notice_months=months, by=otto)
    made.refresh_from_db()
    return made


def test_the_end_of_a_base_is_that_of_its_newest_amendment_of_the_term(base, otto, bruno, paula):
    made = amend_term(base, otto)
    assert terms.end_of(base) == END
    conclude(made, otto, bruno, paula)
    assert (terms.end_of(base), terms.notice_months_of(base)) == (LATER, 12)
    second = amend_term(base, otto, ends_on=None, months=3)
    conclude(second, otto, bruno, paula)
    assert (terms.end_of(base), terms.notice_months_of(base)) == (None, 3)


def test_notice_runs_for_the_months_of_the_amendment(base, otto, bruno, paula, sides):
    conclude(amend_term(base, otto, slug="ending"), otto, bruno, paula)
    today = timezone.localdate()
    given = terminations.give_notice(base, sides[0], given_on=today, reason="Sparen", by=bruno)
    assert (given.notice_months, given.effective_on) == (12, terminations.months_later(today, 12))


def test_an_amendment_of_other_clauses_leaves_the_term_alone(base, otto, bruno, paula):
    made = amend(base, otto)
    agreements.set_term(made, starts_on=START, ends_on=LATER, notice_months=12, by=otto)
    conclude(made, otto, bruno, paula)
    assert (terms.end_of(base), terms.notice_months_of(base)) == (END, 6)


def test_renewal_and_amendment_follow_one_another(base, otto, bruno, paula, sides):
    conclude(amend_term(base, otto), otto, bruno, paula)
    open_one = amend_term(base, otto)
    renewed = dt.date(2040, 12, 31)
    proposal = terms.propose_renewal(base, sides[0], ends_on=renewed, by=bruno)
    terms.declare_renewal(proposal, sides[1], digest=proposal.digest, by=paula)
    assert terms.end_of(base) == renewed
    # What was in the making states the end as it is now; what comes later starts from it.
    open_one.refresh_from_db()
    assert open_one.ends_on == renewed
    fresh = amendments.draft_amendment(base, by=otto)
    assert (fresh.ends_on, fresh.notice_months) == (renewed, 12)
    agreements.set_term(open_one, starts_on=START, ends_on=END, notice_months=12, by=otto)
    conclude(open_one, otto, bruno, paula)
    assert terms.end_of(base) == END


def test_the_end_does_not_move_while_an_amendment_is_being_signed(base, otto, bruno, paula, sides):
    issued(amend_term(base, otto), otto, bruno, paula)
    with pytest.raises(terms.NotInForce, match="being signed"):
        terms.propose_renewal(base, sides[0], ends_on=dt.date(2050, 1, 1), by=bruno)


def test_building_on_the_newest_text_takes_its_term_along(base, otto, bruno, paula):
    waiting = amendments.draft_amendment(base, by=otto)
    conclude(amend_term(base, otto), otto, bruno, paula)
    assert consolidation.is_outdated(waiting)
    amendments.build_on_newest(waiting, by=otto)
    assert (waiting.ends_on, waiting.notice_months) == (LATER, 12)


def test_reminders_of_the_base_are_planned_anew(base, otto, bruno, paula, do_work):
    made = amend_term(base, otto)
    issued(made, otto, bruno, paula)
    for position in (1, 2):
        user = signer(made, position)
        signatures.sign(made, **digests_of(made), proof=proof_of(user), by=user)
    do_work()
    made.refresh_from_db()
    assert made.state == "concluded"
    planned = Effect.objects.filter(kind="agreement.ends", arguments__agreement_id=base.pk)
    assert [each.arguments["ends_on"] for each in planned] == [LATER.isoformat()] * 3
