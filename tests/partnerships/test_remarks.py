"""Both cities talk about clauses: who reads what, what a suggestion becomes, one mail for all."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.mail.models import OutgoingMail
from foundation.texts import suggestions
from foundation.texts.models import Comment, Suggestion
from foundation.texts.paragraphs import ParagraphChanged
from partnerships.templatetags import told
from partnerships.wording import clauses, remarks
from partnerships.wording.versions import freeze
from tests.conftest import login, make_user
from tests.partnerships.factories import agree_by_all, proof_of

pytestmark = pytest.mark.usefixtures("seal", "draft_ground")


@pytest.fixture
def preamble(draft):
    return clauses.clause_of(draft, "preamble")


def suggestion_by(draft, user, text="Wir wollen lernen."):
    return remarks.suggest(draft, clauses.clause_of(draft, "preamble"), {"de": text}, by=user)


@pytest.mark.req("R7")
def test_people_of_both_cities_and_the_office_comment(draft, preamble, bruno, paula, otto, olaf):
    for user in (bruno, paula, otto):
        remarks.comment(draft, preamble, f"Von {user.name}", by=user)
    said = [(each.text, side) for each, side in remarks.comments_for(draft, preamble, paula)]
    assert said == [
        ("Von Bruno", "Bielefeld"),
        ("Von Paula", "Tampere"),
        ("Von Otto", "Office"),
    ]
    with pytest.raises(remarks.NoSide):
        remarks.comment(draft, preamble, "Von außen", by=olaf)
    with pytest.raises(suggestions.NothingSaid):
        remarks.comment(draft, preamble, "  ", by=paula)


# Whose internal note it is -> who reads it.
INTERNAL = {
    "bruno": {"bruno", "bea"},
    "paula": {"paula"},
    "otto": {"otto"},
}


@pytest.mark.parametrize("author", INTERNAL)
def test_an_internal_note_stays_with_its_side(
    client, draft, preamble, bruno, paula, otto, bielefeld, author
):
    bea = make_user("Bea", factor=True)
    mandates.grant(bea, Role.PARTNER, bielefeld, by=None)
    auditor = make_user("Aud", Role.AUDITOR, factor=True)
    people = {"bruno": bruno, "bea": bea, "paula": paula, "otto": otto, "auditor": auditor}
    remarks.comment(draft, preamble, "Unter uns", by=people[author], is_internal=True)
    address = reverse("agreement_remarks", args=[draft.partnership.slug, draft.number, "preamble"])
    readers = set()
    for name, user in people.items():
        login(client, user)
        if "Unter uns" in client.get(address).content.decode():
            readers.add(name)
        counted = remarks.counts_of(draft, user).get("preamble", (0, 0))
        assert counted == ((1, 0) if name in INTERNAL[author] else (0, 0))
    assert readers == INTERNAL[author]


def test_an_accepted_suggestion_is_the_authors_wording(draft, preamble, bruno, paula, otto):
    agree_by_all(draft, bruno, paula)
    made = suggestion_by(draft, paula)
    assert draft.state == "agreed"
    with pytest.raises(suggestions.NotTheirs):
        remarks.accept(draft, made, based_on=1, by=paula)
    revision = remarks.accept(draft, made, based_on=1, by=bruno)
    assert (revision.n, revision.written_by, draft.state) == (2, paula, "draft")
    assert revision.body.get("de") == "Wir wollen lernen."
    assert revision.body.outdated("en")
    assert made.answer.answered_by == bruno
    with pytest.raises(suggestions.AlreadyAnswered):
        remarks.accept(draft, made, based_on=2, by=bruno)


def test_a_suggestion_is_not_put_over_words_that_nobody_saw(draft, preamble, bruno, paula):
    made = suggestion_by(draft, paula)
    clauses.rewrite_clause(draft, preamble, {"de": "Neu", "en": "New"}, based_on=1, by=bruno)
    with pytest.raises(ParagraphChanged):
        remarks.accept(draft, made, based_on=1, by=bruno)
    assert suggestions.open_on(draft).count() == 1
    shown = remarks.redlined(draft, clauses.clause_of(draft, "preamble"))[0]
    assert [(piece.kind, piece.text) for piece in shown.pieces[0][1]] == [
        ("gone", "Neu"),
        ("new", "Wir wollen lernen."),
    ]


def test_declining_needs_a_reason_and_only_the_author_withdraws(draft, preamble, bruno, paula):
    first, second = suggestion_by(draft, paula), suggestion_by(draft, paula, "Anders.")
    with pytest.raises(suggestions.ReasonMissing):
        remarks.decline(draft, first, reason=" ", by=bruno)
    remarks.decline(draft, first, reason="Zu kurz", by=bruno)
    with pytest.raises(suggestions.NotTheirs):
        remarks.withdraw(draft, second, by=bruno)
    remarks.withdraw(draft, second, by=paula)
    assert [each.answer.outcome for each in suggestions.suggestions_on(draft)] == [
        "declined",
        "withdrawn",
    ]
    assert clauses.clause_of(draft, "preamble").revision.n == 1


def test_a_suggestion_says_something_that_can_be_printed(draft, preamble, paula):
    with pytest.raises(suggestions.NothingSaid):
        remarks.suggest(draft, preamble, {"de": preamble.body.get("de")}, by=paula)
    with pytest.raises(clauses.ClauseTooLong):
        suggestion_by(draft, paula, "x" * (clauses.MAX_LENGTH + 1))
    with pytest.raises(clauses.ClauseTooLong):
        suggestion_by(draft, paula, "x\n" * (clauses.MAX_PARAGRAPHS + 1))


def test_what_was_said_stays_as_it_was_said(draft, preamble, paula):
    said = remarks.comment(draft, preamble, "So ist es", by=paula)
    made = suggestion_by(draft, paula)
    for rows in (Comment.objects.filter(pk=said.pk), Suggestion.objects.filter(pk=made.pk)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(side="x")


def test_a_frozen_text_is_not_talked_about(draft, preamble, bruno, paula, otto):
    made = suggestion_by(draft, paula)
    agree_by_all(draft, bruno, paula)  # an open suggestion warns, it does not stop anybody
    freeze(draft, by=otto, proof=proof_of(otto))
    for attempt in (
        lambda: remarks.comment(draft, preamble, "Zu spät", by=paula),
        lambda: suggestion_by(draft, paula, "Zu spät"),
        lambda: remarks.accept(draft, made, based_on=1, by=bruno),
        lambda: remarks.withdraw(draft, made, by=paula),
    ):
        with pytest.raises(DomainError, match="frozen"):
            attempt()


def test_one_mail_for_all_that_was_said_in_an_hour(
    draft, preamble, bruno, paula, do_work, settings
):
    noon = timezone.now().replace(minute=10, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False):
        remarks.comment(draft, preamble, "Eins", by=bruno)
        remarks.comment(draft, preamble, "Zwei", by=bruno)
        remarks.comment(draft, preamble, "Nur wir", by=bruno, is_internal=True)
        suggestion_by(draft, bruno)
    OutgoingMail.objects.all().delete()
    waiting = Effect.objects.filter(kind="agreement.remarks")
    assert waiting.get().due_at == noon + dt.timedelta(minutes=50)
    waiting.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    do_work()
    mails = OutgoingMail.objects.filter(kind="agreement_remarks")
    assert {mail.to for mail in mails} == {"paula@example.org", settings.OFFICE_EMAIL}
    body = mails.get(to="paula@example.org").body
    assert "2 comments; 1 suggested change" in body
    assert "Nur wir" not in body
    remarks.tell(draft)
    assert mails.count() == 2


def test_talking_through_pages(client, draft, bruno, paula):
    args = [draft.partnership.slug, draft.number]
    talk = reverse("agreement_remarks", args=[*args, "preamble"])
    login(client, paula)
    assert client.post(talk, {"text": "Gut so"}).status_code == 302
    suggest = reverse("agreement_suggest", args=[*args, "preamble"])
    page = client.post(suggest, {"de": "x" * 7000, "en": ""})
    assert "6000" in str(page.context["form"].errors)
    assert "x" * 7000 in page.content.decode()
    assert client.post(suggest, {"de": "Kürzer.", "en": "Shorter."}).status_code == 302
    client.logout()
    login(client, bruno)
    page = client.get(talk).content.decode()
    assert "Gut so" in page
    assert "<ins>" in page
    overview = client.get(reverse("agreement", args=args))
    assert overview.context["waiting"] == 1
    made = Suggestion.objects.get()
    accept = reverse("agreement_accept", args=[*args, made.pk])
    assert client.post(accept, {"based_on": 1}).status_code == 302
    assert clauses.clause_of(draft, "preamble").body.get("en") == "Shorter."
    assert client.post(accept, {"based_on": 2}).status_code == 404


def test_one_filled_button_and_labels_in_the_reader_s_language(client, draft, bruno):
    login(client, bruno)
    args = [draft.partnership.slug, draft.number]
    page = client.get(reverse("agreement_remarks", args=[*args, "preamble"])).content.decode()
    assert page.count("kern-btn--primary") == 1
    assert reverse("agreement_suggest", args=[*args, "preamble"]) in page
    amendment = SimpleNamespace(
        number=0,
        cells=[
            SimpleNamespace(language="de", heading="Schluss"),
            SimpleNamespace(language="en", heading="Closing"),
        ],
    )
    for language, label in (("de", "Schluss"), ("en", "Closing"), ("fi", "Schluss")):
        with translation.override(language):
            assert told.label_of(amendment) == label


def test_the_text_page_asks_no_more_for_three_talks_than_for_one(client, draft, bruno, paula):
    login(client, bruno)
    talk = reverse("agreement_remarks", args=[draft.partnership.slug, draft.number, "preamble"])

    def grow(n):
        clause = clauses.clause_of(draft, "preamble")
        remarks.comment(draft, clause, f"K{n}", by=paula)
        suggestion_by(draft, paula, f"V{n}")

    counted = []
    for rounds in (1, 2):
        for n in range(rounds):
            grow(f"{rounds}{n}")
        client.get(talk)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(talk).status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1]
