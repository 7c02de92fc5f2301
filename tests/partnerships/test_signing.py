"""Who may sign what, when: every refusal, and that nothing but evidence makes a signature."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from foundation.accounts import mandates
from foundation.accounts.models import User
from foundation.accounts.proof import FactorUnsettled
from foundation.effects.models import Effect
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from partnerships.models import Evidence
from partnerships.signing import notices, signatures
from partnerships.signing.signatories import TooManySignatories, name_signatory
from partnerships.wording import agreements, clauses, versions
from tests.conftest import login
from tests.partnerships.factories import (
    agree_by_all,
    collecting,
    digests_of,
    enrol,
    fresh,
    issue_without_paper,
    proof_of,
    signer,
)

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


@pytest.fixture
def offered(draft, otto, bruno, paula):
    """An agreement that waits for signatures."""
    collecting(draft, otto, bruno, paula)
    return draft


def sign(agreement, user, **changed):
    shown = {**digests_of(agreement), "proof": proof_of(user), **changed}
    return signatures.sign(agreement, **shown, by=user)


@pytest.mark.req("R8")
def test_signed_is_derived_from_the_evidence_of_every_party(offered):
    assert [each["signed"] for each in signatures.signed_by(offered)] == [False, False]
    sign(offered, signer(offered, 1))
    assert [each["signed"] for each in signatures.signed_by(offered)] == [True, False]
    assert offered.state == "collecting"
    sign(offered, signer(offered, 2))
    assert [each["signed"] for each in signatures.signed_by(offered)] == [True, True]
    assert offered.state == "sealing"
    assert Effect.objects.filter(kind="agreement.conclude").count() == 1
    with translation.override("en"):
        described = signatures.signed_by(offered)[0]["evidence"][0]
        assert described["kind"] == "approved electronically (simple signature)"
        assert described["function"] == "Mayor's office"


@pytest.mark.req("R8")
def test_three_signatories_of_a_side_must_all_sign(draft, otto, bruno, paula, sides):
    def name(n):
        place = name_signatory(
            draft,
            sides[0],
            email=f"extra{n}@example.org",
            name=f"Extra {n}",
            function=LocalizedText.of("de", "Beigeordnete", en="Deputy mayor"),
            by=otto,
        )
        enrol(place.user)
        return place

    second, third = name(2), name(3)
    with pytest.raises(TooManySignatories):
        name(4)
    collecting(draft, otto, bruno, paula)
    sign(draft, signer(draft, 2))
    sign(draft, fresh(second.user))
    assert [each["signed"] for each in signatures.signed_by(draft)] == [False, True]
    sign(draft, draft.signatories.get(position=1, party=sides[0]).user)
    assert draft.state == "collecting"
    sign(draft, fresh(third.user))
    assert draft.state == "sealing"


@pytest.mark.parametrize("age", [301, 3600])
def test_an_old_second_factor_does_not_sign(offered, age):
    berta = signer(offered, 1)
    with pytest.raises(signatures.CannotSign) as refusal:
        sign(offered, berta, proof=proof_of(berta, age=age))
    assert refusal.value.code == "proof-stale"


def test_the_factor_of_somebody_else_does_not_sign(offered):
    with pytest.raises(signatures.CannotSign) as refusal:
        sign(offered, signer(offered, 1), proof=proof_of(signer(offered, 2)))
    assert refusal.value.code == "proof-stale"
    assert not Evidence.objects.exists()


def test_a_factor_that_was_just_reset_does_not_sign(offered):
    berta = signer(offered, 1)
    berta.factor_reset_at = timezone.now() - dt.timedelta(hours=47)
    berta.save(update_fields=["factor_reset_at"])
    with pytest.raises(FactorUnsettled):
        sign(offered, berta)


def test_only_signatories_sign_not_the_office_and_not_partners(offered, otto, paula):
    for user in (otto, paula):
        with pytest.raises(signatures.CannotSign) as refusal:
            sign(offered, user)
        assert refusal.value.code == "not-a-signatory"


def test_nobody_signs_twice(offered):
    berta = signer(offered, 1)
    sign(offered, berta)
    with pytest.raises(signatures.CannotSign) as refusal:
        sign(offered, berta)
    assert refusal.value.code == "already-signed"


@pytest.mark.parametrize("digest", ["version_sha256", "pdf_sha256"])
def test_only_the_digests_that_stand_can_be_signed(offered, digest):
    with pytest.raises(signatures.VersionChanged):
        sign(offered, signer(offered, 1), **{digest: "0" * 64})


def test_an_edit_between_reading_and_signing_is_refused_with_its_reason(
    offered, otto, bruno, paula
):
    berta, tuomas = signer(offered, 1), signer(offered, 2)
    sign(offered, berta)
    shown = digests_of(offered)
    agreements.reopen(offered, reason="Ein Absatz fehlt", by=otto)
    with pytest.raises(signatures.VersionChanged):
        signatures.sign(offered, **shown, proof=proof_of(tuomas), by=tuomas)

    clause = clauses.clause_of(offered, "preamble")
    clauses.rewrite_clause(
        offered, clause, {"de": "Neu", "en": "New"}, based_on=clause.revision.n, by=otto
    )
    agree_by_all(offered, bruno, paula)
    versions.freeze(offered, by=otto, proof=proof_of(otto))
    issue_without_paper(offered)
    # The old signature stays as a row and counts for nothing.
    assert Evidence.objects.count() == 1
    assert [each["signed"] for each in signatures.signed_by(offered)] == [False, False]
    with pytest.raises(signatures.VersionChanged):
        signatures.sign(offered, **shown, proof=proof_of(tuomas), by=tuomas)


def test_after_the_deadline_nobody_signs(offered, do_work):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partnerships_agreement SET sign_by = now() - interval '1 second' WHERE id = %s",
            [offered.pk],
        )
    with pytest.raises(signatures.CannotSign) as refusal:
        sign(offered, signer(offered, 1))
    assert refusal.value.code == "time-over"
    agreements.expire(offered)
    offered.refresh_from_db()
    assert offered.state == "expired"


def test_declining_stops_everything_and_tells_everybody(offered):
    berta = signer(offered, 1)
    with pytest.raises(signatures.ReasonMissing):
        signatures.decline(offered, reason="  ", by=berta)
    signatures.decline(offered, reason="Der Rat hat anders entschieden.", by=berta)
    assert (offered.state, str(offered.stopped_by_party)) == ("declined", "Bielefeld")
    told = OutgoingMail.objects.filter(kind="agreement_declined")
    assert sorted(told.values_list("to", flat=True)) == [
        "berta@example.org",
        "bruno@example.org",
        "digitalisierungsbuero@example.org",
        "paula@example.org",
        "tuomas@example.org",
    ]
    assert all("Der Rat hat anders entschieden." in mail.body for mail in told)
    with pytest.raises(signatures.CannotSign) as refusal:
        sign(offered, signer(offered, 2))
    assert refusal.value.code == "not-collecting"


def test_whoever_has_signed_cannot_decline_any_more(offered):
    berta = signer(offered, 1)
    sign(offered, berta)
    with pytest.raises(signatures.CannotSign) as refusal:
        signatures.decline(offered, reason="Doch nicht.", by=berta)
    assert refusal.value.code == "already-signed"
    assert offered.state == "collecting"


def test_why_old_words_were_declined_is_not_said_of_new_ones(offered, otto):
    signatures.decline(offered, reason="Der Rat hat anders entschieden.", by=signer(offered, 1))
    agreements.reopen(offered, reason="Neu verhandelt", by=otto)
    assert (offered.state, offered.stop_reason, offered.stopped_by_party) == ("draft", "", None)


def test_once_all_have_signed_there_is_no_way_back(offered, otto):
    sign(offered, signer(offered, 1))
    sign(offered, signer(offered, 2))
    for step in (agreements.reopen, agreements.withdraw):
        with pytest.raises(agreements.NotOpen) as refusal:
            step(offered, reason="zu spät", by=otto)
        assert refusal.value.code == "being-sealed"


def test_a_seal_that_was_given_up_leaves_the_office_a_way_out(client, offered, otto, bruno):
    sign(offered, signer(offered, 1))
    sign(offered, signer(offered, 2))
    page = reverse("agreement", args=[offered.partnership.slug, offered.number])
    reopen = reverse("agreement_reopen", args=[offered.partnership.slug, offered.number])
    login(client, otto)
    assert reopen not in client.get(page).content.decode()
    Effect.objects.filter(kind="agreement.conclude").update(state="dead")
    assert reopen in client.get(page).content.decode()
    client.logout()
    login(client, bruno)
    assert client.get(reopen).status_code == 403
    client.logout()
    login(client, otto)
    client.post(reopen, {"reason": "Die Datei ist defekt"})
    offered.refresh_from_db()
    assert (offered.state, Evidence.objects.count()) == ("draft", 2)
    assert versions.standing_version(offered) is None


def _row(agreement, **changed):
    version = versions.standing_version(agreement)
    place = agreement.signatories.get(party__position=1)
    values = {
        "version": version,
        "party": place.party,
        "signatory": place,
        "user": place.user,
        "version_sha256": version.sha256,
        "pdf_sha256": digests_of(agreement)["pdf_sha256"],
        "factor": "totp",
        "factor_at": timezone.now(),
        "nonce": "n",
        **changed,
    }
    return Evidence.objects.create(**values)


@pytest.mark.parametrize("column", ["version_sha256", "pdf_sha256"])
def test_the_database_refuses_evidence_over_other_bytes(offered, column):
    with pytest.raises(IntegrityError, match="evidence: digests"), transaction.atomic():
        _row(offered, **{column: "f" * 64})


def test_the_database_refuses_evidence_for_another_party(offered, sides):
    with pytest.raises(IntegrityError, match="not a signatory"), transaction.atomic():
        _row(offered, party=sides[1])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partnerships_evidence SET factor = 'x'",
        "DELETE FROM partnerships_evidence",
        "UPDATE partnerships_agreementversion SET n = 9",
        "DELETE FROM partnerships_consent",
    ],
)
def test_versions_consents_and_evidence_stay_for_ever(offered, statement):
    sign(offered, signer(offered, 1))
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_mails_end_with_the_role_and_with_the_account(offered, otto):
    berta, tuomas = signer(offered, 1), signer(offered, 2)
    berta.authenticator_set.all().delete()
    notices.tell_to_sign(offered, versions.standing_version(offered))
    told = OutgoingMail.objects.filter(kind="agreement_to_sign").values_list("to", flat=True)
    assert set(told) == {berta.email, tuomas.email}  # a role that rests is told how to wake it
    mandates.revoke(berta.mandates.get(), by=None)
    User.objects.filter(pk=tuomas.pk).update(is_active=False)
    agreements.withdraw(offered, reason="Neu verhandelt", by=otto)
    told = OutgoingMail.objects.filter(kind="agreement_withdrawn").values_list("to", flat=True)
    assert {"bruno@example.org", "paula@example.org"} < set(told)
    assert not {berta.email, tuomas.email} & set(told)
