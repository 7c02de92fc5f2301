"""A version is frozen when it is concrete and agreed: which lamp is missing, and why not yet."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.accounts.proof import ProofMissing
from partnerships.course import exchange_formats, focuses
from partnerships.deeds import goals
from partnerships.directory import directory
from partnerships.models import Agreement, Focus
from partnerships.signing import signatures
from partnerships.signing.rendering import rows_of
from partnerships.signing.signatories import (
    NamingClosed,
    SignsElsewhere,
    name_signatory,
    release_signatory,
)
from partnerships.wording import agreements, clauses, drafts, lamps, languages, versions
from partnerships.wording.consents import SpeaksForOther
from tests.partnerships.factories import (
    agree_by_all,
    both,
    collecting,
    digests_of,
    fresh,
    issue_without_paper,
    make_partnership,
    proof_of,
    release_all,
    signer,
)

pytestmark = pytest.mark.usefixtures("draft_ground")


def levels(agreement):
    draft = drafts.gather(agreement)
    return {lamp.key: lamp.level for lamp in lamps.four_lamps(draft) + lamps.conditions(draft)}


@pytest.mark.req("R21")
def test_an_empty_draft_burns_no_lamp_but_the_languages(bielefeld, otto):
    norrvik = directory.list_municipality("norrvik", name=both("Norrvik"), country="SE", by=None)
    agreement = agreements.draft_agreement(make_partnership(bielefeld, norrvik), by=otto)
    assert levels(agreement) == {
        "goals": "open",
        "topics": "open",
        "formats": "open",
        "actors": "open",
        "translations": "half",  # the target picture is not written yet
        "released": "open",
        "council": "open",
        "signatories": "open",
    }
    with pytest.raises(versions.LampMissing) as refusal:
        versions.freeze(agreement, by=otto, proof=proof_of(otto))
    assert [lamp.key for lamp in refusal.value.lamps] == list(levels(agreement))


def test_a_complete_draft_burns_all_lamps(draft):
    assert set(levels(draft).values()) == {"done"}


@pytest.mark.parametrize("age", [301, 3600])
def test_freezing_asks_for_a_fresh_second_factor(draft, otto, bruno, paula, age):
    agree_by_all(draft, bruno, paula)
    for proof in (proof_of(otto, age=age), proof_of(bruno)):
        with pytest.raises(ProofMissing):
            versions.freeze(draft, by=otto, proof=proof)
    assert not draft.versions.exists()


@pytest.mark.req("R9")
def test_topics_that_nobody_adopted_light_half_a_lamp(draft, concrete):
    focuses.put(concrete.foci.get(), Focus.Status.DROPPED, by=None)
    assert levels(draft)["topics"] == "open"
    focuses.put(concrete.foci.get(), Focus.Status.SHORTLISTED, by=None)
    assert levels(draft)["topics"] == "half"


@pytest.mark.req("R10")
def test_a_format_without_rhythm_lights_half_a_lamp(draft, concrete):
    concrete.exchange_formats.all().delete()
    assert levels(draft)["formats"] == "open"
    exchange_formats.promise(concrete, name=both("City Lab"), by=None)
    assert levels(draft)["formats"] == "half"


@pytest.mark.req("R11")
def test_actors_of_one_side_light_half_a_lamp(draft, concrete, sides, otto, bruno, paula):
    concrete.participations.filter(party=sides[1]).delete()
    assert levels(draft)["actors"] == "half"
    agree_by_all(draft, bruno, paula)
    with pytest.raises(versions.LampMissing, match="Tampere"):
        versions.freeze(draft, by=otto, proof=proof_of(otto))


@pytest.mark.req("R11")
def test_the_actors_of_each_side_stand_in_the_text_that_is_agreed(draft):
    told = drafts.gather(draft).content()
    assert [(each["party"], each["name"]) for each in told["actors"]] == [
        (1, "Hochschule Bielefeld"), (2, "Hochschule Tampere"),
    ]  # fmt: skip
    printed = next(
        row for row in rows_of(drafts.gather(draft).as_printed()) if row.slug == "actors"
    )
    for cell in printed.cells:
        words = str(cell.items)
        assert "Hochschule Bielefeld" in words
        assert "Hochschule Tampere" in words


@pytest.mark.req("R3")
def test_a_goal_without_indicator_is_named_with_what_it_lacks(draft, concrete):
    goals.set_goal(concrete, title=both("Vage"), by=None)
    lamp = lamps.four_lamps(drafts.gather(draft))[0]
    assert lamp.level == "half"
    assert "Vage" in lamp.reason


def test_a_translation_that_lags_behind_cannot_be_frozen(draft, otto):
    clause = clauses.clause_of(draft, "purpose")
    words = {"de": "Ganz neu.", "en": clause.body.get("en")}
    clauses.rewrite_clause(draft, clause, words, based_on=1, by=otto)
    assert levels(draft)["languages"] == "half"
    with pytest.raises(languages.LanguageLags, match="§ 2"):
        release_all(draft, otto)
    with pytest.raises(versions.LampMissing, match="§ 2"):
        versions.freeze(draft, by=otto, proof=proof_of(otto))
    clause = clauses.clause_of(draft, "purpose")
    clauses.rewrite_clause(draft, clause, words, based_on=2, still_fits=True, by=otto)
    assert levels(draft)["languages"] == "done"


@pytest.mark.req("R7")
def test_both_cities_agree_and_any_change_asks_them_anew(
    draft, concrete, sides, otto, bruno, paula
):
    digest = drafts.gather(draft).digest()
    agreements.agree(draft, sides[0], digest=digest, by=bruno)
    assert draft.state == "draft"
    with pytest.raises(versions.NotAgreed, match="Tampere"):
        versions.freeze(draft, by=otto, proof=proof_of(otto))
    agreements.agree(draft, sides[1], digest=digest, by=paula)
    assert draft.state == "agreed"
    goals.measure(concrete.goals.get(), Decimal(3), on=dt.date(2026, 5, 1), by=None)
    assert drafts.gather(draft).digest() == digest  # measuring changes no word of it
    goals.set_goal(
        concrete,
        title=both("Zweites Ziel", "Second goal"),
        strategy=both("s"),
        indicator=both("i"),
        unit=both("u"),
        target=Decimal(1),
        due_on=dt.date(2027, 1, 1),
        by=None,
    )
    release_all(draft, otto)
    with pytest.raises(versions.NotAgreed, match="Bielefeld, Tampere"):
        versions.freeze(draft, by=otto, proof=proof_of(otto))
    agree_by_all(draft, bruno, paula)
    assert versions.freeze(draft, by=otto, proof=proof_of(otto)).n == 1


def test_an_edit_takes_an_agreed_text_back_to_draft(draft, otto, bruno, paula):
    agree_by_all(draft, bruno, paula)
    clause = clauses.clause_of(draft, "preamble")
    clauses.rewrite_clause(draft, clause, {"de": "Neu", "en": "New"}, based_on=1, by=paula)
    assert Agreement.objects.get().state == "draft"


@pytest.mark.req("R7")
def test_agreeing_to_words_that_changed_meanwhile_is_refused(draft, sides, bruno, otto):
    digest = drafts.gather(draft).digest()
    agreements.set_term(
        draft,
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2029, 1, 1),
        notice_months=6,
        by=otto,
    )
    with pytest.raises(agreements.TextMovedOn):
        agreements.agree(draft, sides[0], digest=digest, by=bruno)


def test_nobody_speaks_for_two_cities(draft, sides, bruno):
    digest = drafts.gather(draft).digest()
    agreements.agree(draft, sides[0], digest=digest, by=bruno)
    with pytest.raises(SpeaksForOther):
        agreements.agree(draft, sides[1], digest=digest, by=bruno)


def test_nobody_is_named_for_two_parties_or_after_freezing(draft, sides, otto, bruno, paula):
    person = {"email": "berta@example.org", "name": "Berta", "function": both("X")}
    with pytest.raises(SignsElsewhere):
        name_signatory(draft, sides[1], **person, by=otto)
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    with pytest.raises(NamingClosed):
        name_signatory(draft, sides[1], **{**person, "email": "neu@example.org"}, by=otto)


def test_a_frozen_text_takes_no_edit(draft, otto, bruno, paula):
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    clause = clauses.clause_of(draft, "preamble")
    with pytest.raises(clauses.TextIsFixed):
        clauses.rewrite_clause(draft, clause, {"de": "Neu", "en": "New"}, based_on=1, by=otto)


def test_the_council_needs_a_decision_or_an_express_reservation(draft, sides, otto):
    with pytest.raises(agreements.CouncilIncomplete):
        agreements.note_council(draft, sides[0], body="Rat", by=otto)


def test_numbers_count_within_the_year(draft, otto, bielefeld):
    assert draft.number == f"SB-{draft.year}-001"
    with pytest.raises(agreements.AgreementExists):
        agreements.draft_agreement(draft.partnership, by=otto)
    agreements.withdraw(draft, reason="Neuanfang", by=otto)
    assert agreements.draft_agreement(draft.partnership, by=otto).serial == 2


def test_naming_somebody_else_to_sign_takes_the_agreed_text_back(draft, bruno, paula, otto):
    agree_by_all(draft, bruno, paula)
    assert draft.state == "agreed"
    release_signatory(draft.signatories.get(party__position=2), by=otto)
    draft.refresh_from_db()
    assert draft.state == "draft"
    with pytest.raises(versions.LampMissing):
        versions.freeze(draft, by=otto, proof=proof_of(otto))


def test_who_speaks_for_one_city_never_signs_for_the_other(draft, bruno, paula, otto, sides):
    with pytest.raises(SignsElsewhere, match="speaks for another city"):
        name_signatory(
            draft, sides[1], email=bruno.email, name="Bruno", function=both("Rat"), by=otto
        )
    tuomas = signer(draft, 2)
    agree_by_all(draft, bruno, paula)
    versions.freeze(draft, by=otto, proof=proof_of(otto))
    issue_without_paper(draft)
    mandates.grant(tuomas, Role.PARTNER, sides[0].municipality, by=None)
    with pytest.raises(SignsElsewhere):
        signatures.sign(draft, **digests_of(draft), proof=proof_of(tuomas), by=fresh(tuomas))


@pytest.mark.req("R7")
def test_a_city_that_declined_agrees_anew_even_to_the_same_words(
    draft, sides, otto, bruno, paula, seal
):
    collecting(draft, otto, bruno, paula)
    signatures.decline(draft, reason="So nicht", by=signer(draft, 1))
    agreements.reopen(draft, reason="Noch einmal beraten", by=otto)
    digest = drafts.gather(draft).digest()
    agreements.agree(draft, sides[1], digest=digest, by=paula)
    assert draft.state == "draft"
    with pytest.raises(versions.NotAgreed, match="Bielefeld"):
        versions.freeze(draft, by=otto, proof=proof_of(otto))
    agreements.agree(draft, sides[0], digest=digest, by=bruno)
    assert draft.state == "agreed"
    assert versions.freeze(draft, by=otto, proof=proof_of(otto)).n == 2
