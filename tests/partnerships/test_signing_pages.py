"""The pages of signing: one thing to do, live on the big screen, once however often one clicks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import factor
from foundation.effects.models import Effect
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from partnerships.models import Evidence, Submission
from partnerships.signing import reminders, signatures, submissions
from partnerships.signing.signatories import name_signatory
from partnerships.wording import agreements, versions
from tests.conftest import login
from tests.partnerships.factories import collecting, digests_of, proof_of, signer
from tests.partnerships.test_kinds_of_evidence import SCAN, bring, place_of

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


@pytest.fixture
def offered(draft, otto, bruno, paula):
    collecting(draft, otto, bruno, paula)
    return draft


def url(name, agreement, *more):
    return reverse(name, args=[agreement.partnership.slug, agreement.number, *more])


def english(user, **how):
    return login(Client(headers={"accept-language": "en"}), user, **how)


@pytest.mark.req("R8")
def test_the_page_signs_with_a_code_and_says_who_attests_it(offered):
    berta = signer(offered, 1)
    client = english(berta)
    page = client.get(url("agreement_sign", offered))
    assert "only this portal attests who signed" in page.content.decode()
    typed = {**digests_of(offered), "consent": "on"}
    missing = client.post(url("agreement_sign", offered), typed)
    assert "Enter the six digits" in missing.content.decode()
    typed["code"] = factor.current_code(berta)
    assert client.post(url("agreement_sign", offered), typed).url == url("agreement", offered)
    shown = client.get(url("agreement", offered)).content.decode()
    assert "approved electronically (simple signature)" in shown
    assert "attested only by this portal" in shown
    again = client.get(url("agreement_sign", offered)).content.decode()
    assert "You have signed this version already." in again


def test_an_edit_while_the_page_is_open_is_refused_in_words(offered, otto):
    tuomas = signer(offered, 2)
    client = english(tuomas, fresh=True)
    typed = {**digests_of(offered), "consent": "on"}
    agreements.reopen(offered, reason="Ein Absatz fehlt", by=otto)
    page = client.post(url("agreement_sign", offered), typed)
    assert "The text was changed after the version that you saw." in page.content.decode()
    assert not Evidence.objects.exists()


def test_a_new_password_does_not_revive_an_invitation(offered):
    berta = signer(offered, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partnerships_agreement SET sign_by = now() - interval '1 s'")
    agreements.expire(offered)
    berta.set_password("ein ganz neuer Satz 7")
    berta.save(update_fields=["password"])
    client = english(berta, fresh=True)
    page = client.get(url("agreement_sign", offered)).content.decode()
    assert "There is nothing to sign right now." in page
    client.post(url("agreement_sign", offered), {**digests_at(offered), "consent": "on"})
    assert not Evidence.objects.exists()


def digests_at(agreement):
    version = agreement.versions.get()
    return {"version_sha256": version.sha256, "pdf_sha256": version.editions.get().pdf_sha256}


def test_the_big_screen_follows_and_answers_304_while_nothing_happens(offered, otto):
    client = english(otto)
    page = client.get(url("ceremony", offered))
    words = page.content.decode()
    assert words.count("not signed yet") >= 2
    assert "<noscript><meta http-equiv" in words
    tag = {"If-None-Match": page["ETag"]}
    assert client.get(url("ceremony", offered) + "?teil=1", headers=tag).status_code == 304
    berta = signer(offered, 1)
    signatures.sign(offered, **digests_of(offered), proof=proof_of(berta), by=berta)
    stage = client.get(url("ceremony", offered) + "?teil=1", headers=tag)
    assert stage.status_code == 200
    assert "approved electronically" in stage.content.decode()
    assert "<html" not in stage.content.decode()
    assert "Berta" not in stage.content.decode()


def test_the_page_of_the_agreement_asks_as_often_for_three_scans_as_for_one(
    draft, otto, bruno, paula, sides
):
    for n in (2, 3):
        name_signatory(
            draft, sides[0], email=f"b{n}@example.org", name=f"B {n}",
            function=LocalizedText.of("de", "Dezernat", en="Department"), by=otto,
        )  # fmt: skip
    collecting(draft, otto, bruno, paula)
    client = english(bruno)
    counts = []
    for place in draft.signatories.filter(party=sides[0]):
        submissions.bring(
            draft, place, kind=Submission.Kind.PAPER, data=SCAN,
            signed_on=timezone.localdate(), by=otto,
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            client.get(url("agreement", draft))
        counts.append(len(asked))
    assert counts[2] == counts[0]


def test_a_scan_is_brought_and_compared_on_pages(offered, otto, bruno):
    brought = bring(offered, otto)
    client = english(bruno)
    page = client.get(url("evidence_compare", offered, brought.pk)).content.decode()
    version = versions.standing_version(offered)
    assert version.short_digest not in page  # the reviewer reads it off the paper
    wrong = {"answer": "yes", "digits": "0000", "reason": ""}
    refused = client.post(url("evidence_compare", offered, brought.pk), wrong)
    assert "These are not the digits of version 1" in refused.content.decode()
    right = {**wrong, "digits": version.short_digest}
    done = client.post(url("evidence_compare", offered, brought.pk), right)
    assert done.url == url("agreement", offered)
    assert Evidence.objects.get().signatory == place_of(offered, 1)
    file = client.get(url("evidence_file", offered, brought.pk))
    assert file["Content-Disposition"].startswith("attachment")


def test_reminders_reach_the_silent_once_each(offered):
    version = versions.standing_version(offered)
    reminders.plan(version, offered.sign_by)
    planned = Effect.objects.filter(kind="agreement.remind")
    days = [(offered.sign_by - each.due_at).days for each in planned.order_by("due_at")]
    assert days == [7, 1]
    berta = signer(offered, 1)
    signatures.sign(offered, **digests_of(offered), proof=proof_of(berta), by=berta)
    for _twice in range(2):
        reminders.remind(version, 7)
    told = OutgoingMail.objects.filter(kind="agreement_reminder")
    assert list(told.values_list("to", flat=True)) == ["tuomas@example.org"]
    assert "7 days left" in told.get().subject
    signatures.decline(offered, reason="Nein", by=signer(offered, 2))
    reminders.remind(version, 1)
    assert told.count() == 1
