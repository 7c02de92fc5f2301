"""Feedback of the members' networks: one version, personal links, each suggestion answered."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from circles.models import Contribution, ContributionAnswer, FeedbackRound, ReviewLink
from circles.proposing import (
    answers,
    balance,
    contributions,
    feedback_rounds,
    forgetting,
    proposals,
    review_links,
    sections,
    versions,
)
from circles.seating import acting, circles
from foundation import states
from foundation.audit.models import Entry
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from foundation.posting.limits import TooOften
from tests.circles.factories import circle_at_work, make_circle, seat_by_body, text
from tests.circles.proposing import HOUR, end_time, make_link, make_round, open_round, say, seat
from tests.conftest import player

pytestmark = [pytest.mark.usefixtures("round_ground"), pytest.mark.req("R126")]


@pytest.fixture(scope="module")
def round_ground(ground):
    return make_round(circle_at_work(player("Otto"), members=3)).pk


@pytest.fixture
def round_(round_ground):
    return FeedbackRound.objects.select_related("version__proposal__circle").get(pk=round_ground)


@pytest.fixture
def link(round_):
    return make_link(round_)


def close(round_, *, summary="Wir nehmen das Licht auf.", by=None):
    feedback_rounds.close_round(round_, summary=summary, by=by or seat(1))


# opening


def test_a_member_or_a_host_opens_one_round_about_a_version(round_, otto, olaf):
    with pytest.raises(feedback_rounds.RoundRefused) as refusal:
        open_round(round_.version)
    assert refusal.value.message == "There is an open round about this version already."
    proposal = round_.version.proposal
    sections.rename(
        sections.parts_of(proposal)[0].section, LocalizedText.of("de", "Hell"), by=seat(1)
    )
    version = versions.keep(proposal, by=otto)
    with pytest.raises(acting.NotAMember):
        feedback_rounds.open_round(version, question="?", closes_at=timezone.now() + HOUR, by=olaf)
    made = feedback_rounds.open_round(
        version, question="Und nun?", closes_at=timezone.now() + HOUR, by=otto
    )
    assert (made.member, made.opened_by) == (None, otto)


@pytest.mark.parametrize("hours", [-1, 0, 24 * 121])
def test_a_round_ends_at_a_time_that_lies_ahead(round_, hours):
    with pytest.raises(feedback_rounds.RoundRefused) as refusal:
        open_round(round_.version, hours=hours)
    assert refusal.value.message == "Choose a time that lies ahead, in at most 120 days."


# links


def test_of_a_link_only_the_digest_is_compared_and_the_token_is_stored_nowhere(link):
    token = review_links.token_of(link)
    assert review_links.find_by_token(token) == link
    stored = ReviewLink.objects.filter(pk=link.pk).values().get()
    assert token not in {str(value) for value in stored.values()}
    assert review_links.find_by_token("x" * 43) is None


def test_the_portal_mails_a_link_and_hides_to_whom(round_, do_work, inbox):
    made = review_links.make(
        round_, label="Frau Nachbarin", email="nachbarin@example.org", by=seat(2)
    )
    do_work()
    (mail,) = [each for each in inbox if each.to == ["nachbarin@example.org"]]
    assert review_links.token_of(made) in mail.body
    assert "Mitglied 2" not in mail.body  # the member has not agreed to be named
    assert "(Wissenschaft)" in mail.body
    assert "Frau Nachbarin" not in mail.body
    row = OutgoingMail.objects.get(kind="feedback_link")
    assert (row.to, row.body) == ("", "")


def test_forty_links_each_and_a_link_taken_back_makes_room(round_, monkeypatch):
    monkeypatch.setattr(review_links, "MOST", 2)
    first, _second = make_link(round_), make_link(round_)
    with pytest.raises(review_links.TooManyLinks) as refusal:
        make_link(round_)
    assert refusal.value.message == "You have 2 links. Take one back to make another."
    make_link(round_, by=seat(2))
    review_links.revoke(first, by=seat(2))  # not theirs: nothing happens
    with pytest.raises(review_links.TooManyLinks):
        make_link(round_)
    review_links.revoke(first, by=seat(1))
    make_link(round_)


def test_the_office_makes_no_links_and_nobody_after_the_time(round_, otto):
    with pytest.raises(acting.NotAMember):
        make_link(round_, by=otto)
    end_time(round_)
    with pytest.raises(feedback_rounds.RoundOver):
        make_link(round_)


# contributing


def test_other_words_are_a_suggestion_and_the_same_words_a_comment(link):
    comment = say(link, words="Der Text zu Licht.", said="Genau so.")
    suggestion = say(link, words="Der Text zu\r\nviel Licht.")
    assert (comment.is_suggestion, comment.words) == (False, "")
    assert (suggestion.is_suggestion, suggestion.words) == (True, "Der Text zu\nviel Licht.")
    with pytest.raises(contributions.NothingSaid) as refusal:
        say(link, words="Der Text zu Licht.", said="")
    assert refusal.value.message == "Write a comment, or change the text as you would have it."


def test_a_link_that_was_taken_back_says_so_and_so_does_the_database(link):
    review_links.revoke(link, by=seat(1))
    with pytest.raises(contributions.LinkRevoked) as refusal:
        say(link)
    assert refusal.value.message == "This link was taken back. Nothing was sent."
    section = sections.parts_of(link.round.version.proposal)[0].section
    with pytest.raises(IntegrityError, match="feedback-revoked"), transaction.atomic():
        Contribution.objects.create(link=link, section=section, is_suggestion=False, text="Doch")


def test_the_clock_of_the_database_ends_the_round(round_, link):
    made = say(link)
    end_time(round_)
    for late in (lambda: say(link), lambda: contributions.withdraw(made)):
        with pytest.raises(feedback_rounds.RoundOver) as refusal:
            late()
        assert (
            refusal.value.message == "The time of this round is over. What was said before is kept."
        )
    with pytest.raises(IntegrityError, match="feedback-over"), transaction.atomic():
        Contribution.objects.create(
            link=link, section=made.section, is_suggestion=False, text="Doch"
        )
    with pytest.raises(IntegrityError, match="feedback-over"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(
            withdrawn_at=timezone.now(), text="", on_behalf_of=""
        )


def test_no_section_of_another_proposal(link, otto):
    other = make_circle(otto)
    seat_by_body(other, 1, otto, email="elsewhere@example.org")
    circles.begin_work(other, reason=text("Es eilt."), by=otto)
    other.refresh_from_db()
    elsewhere = proposals.begin(other, text("Anderswo"), by=otto)
    section = sections.add(elsewhere, text("Dort"), by=otto)
    with pytest.raises(IntegrityError, match="feedback-elsewhere"), transaction.atomic():
        Contribution.objects.create(link=link, section=section, is_suggestion=False, text="Hier")


def test_words_are_never_changed_only_withdrawn(link):
    made = say(link, words="Der Text zu viel Licht.", said="Weil es dunkel ist.")
    with pytest.raises(IntegrityError, match="feedback-rewritten"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(words="Untergeschoben")
    with pytest.raises(IntegrityError, match="feedback-rewritten"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(on_behalf_of="Jemand anders")
    contributions.withdraw(made)
    made.refresh_from_db()
    assert (made.text, made.words, made.on_behalf_of, made.email) == ("", "", "", "")
    assert made.withdrawn_at
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()


def test_what_was_answered_is_not_withdrawn(link):
    made = say(link, words="Heller.")
    answers.answer(made, "accepted", by=seat(2))
    with pytest.raises(contributions.DecidedAlready) as refusal:
        contributions.withdraw(made)
    assert refusal.value.message == "The circle has answered this already. It stays as it is."


def test_one_link_cannot_flood_the_circle(link):
    for _turn in range(30):
        say(link)
    with pytest.raises(TooOften):
        say(link)
    say(make_link(link.round))


# answering


def test_partly_and_declined_need_a_reason_and_one_answer_is_enough(link):
    made = say(link, words="Heller.")
    for outcome in ("partly", "declined"):
        with pytest.raises(answers.ReasonMissing) as refusal:
            answers.answer(made, outcome, reason=" ", by=seat(2))
        assert refusal.value.message == "Say why. Whoever suggested it will read it."
    answers.answer(made, "declined", reason="Das ist nicht erlaubt.", by=seat(2))
    with pytest.raises(answers.AnsweredAlready):
        answers.answer(made, "accepted", by=seat(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionAnswer.objects.filter(contribution=made).update(reason="Anders")


def test_only_members_answer_and_a_withdrawn_one_needs_none(link, otto):
    made = say(link, words="Heller.")
    with pytest.raises(acting.NotAMember):
        answers.answer(made, "accepted", by=otto)
    contributions.withdraw(made)
    with pytest.raises(answers.AnsweredAlready):
        answers.answer(made, "accepted", by=seat(2))


def test_the_database_keeps_comments_and_suggestions_apart(link):
    comment, suggestion = say(link), say(link, words="Heller.")
    member = link.member
    for made, outcome in ((comment, "accepted"), (suggestion, "answered")):
        with pytest.raises(IntegrityError, match="feedback-answer"), transaction.atomic():
            ContributionAnswer.objects.create(
                contribution=made, outcome=outcome, reason="So", member=member
            )


def test_an_accepted_suggestion_becomes_a_wording_and_the_answer_knows_it(link):
    made = say(link, words="Der Text zu viel Licht.")
    answers.answer(made, "accepted", by=seat(2))
    part = sections.part_of(link.round.version.proposal, "abschnitt-1")
    body = LocalizedText.of("de", made.words)
    revision = answers.write_from(made, body, based_on=part.revision.n, by=seat(2))
    assert ContributionAnswer.objects.get(contribution=made).revision == revision
    assert sections.part_of(link.round.version.proposal, "abschnitt-1").author == (
        "Seat 2, Science: Mitglied 2"
    )


def test_members_see_all_by_section_and_also_the_sectors_that_kept_silent(link):
    say(link, 2, said="Zu den Wegen", sector="business")
    say(link, 1, words="Heller.", sector="business")
    rows = balance.rows_of(link.round)
    assert [(p.slug, len(each)) for p, each in balance.by_section(link.round, rows)] == [
        ("abschnitt-1", 1),
        ("abschnitt-2", 1),
    ]
    assert balance.of_rows(rows) == [
        ("administration", 0), ("science", 0), ("business", 2), ("politics", 0),
        ("civil society", 0), ("none of these", 0),
    ]  # fmt: skip
    (suggestion,) = [row for row in rows if row.is_waiting]
    assert [(p.kind, p.text) for p in suggestion.pieces] == [
        ("gone", "Der Text zu Licht."),
        ("new", "Heller."),
    ]


# closing


def test_a_round_is_closed_after_its_time_and_never_with_an_open_suggestion(round_, link):
    made = say(link, words="Heller.")
    with pytest.raises(feedback_rounds.RoundRuns) as refusal:
        close(round_)
    assert refusal.value.message == "The round still runs. It is closed after its time."
    end_time(round_)
    with pytest.raises(feedback_rounds.RoundRuns) as refusal:
        close(round_)
    assert (
        refusal.value.message
        == "1 suggestion has no answer yet. Answer it first; nothing was closed."
    )
    end = {"summary": "So", "counts": {}, "closed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="feedback-unanswered"), transaction.atomic():
        states.advance(round_, "closed", by=None, **end)
    answers.answer(made, "accepted", by=seat(2))
    close(round_)
    assert round_.state == "closed"
    with pytest.raises(feedback_rounds.RoundOver):
        close(round_)


def test_the_database_closes_nothing_before_its_time(round_):
    end = {"summary": "So", "counts": {}, "closed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="feedback-runs"), transaction.atomic():
        states.advance(round_, "closed", by=None, **end)


def test_after_closing_nothing_is_answered(round_, link):
    comment = say(link)
    end_time(round_)
    close(round_)
    with pytest.raises(feedback_rounds.RoundOver):
        answers.answer(comment, "answered", reason="Danke", by=seat(2))
    with pytest.raises(IntegrityError, match="feedback-closed"), transaction.atomic():
        ContributionAnswer.objects.create(
            contribution=comment, outcome="answered", reason="Danke", member=link.member
        )


def test_everybody_reads_figures_and_words_without_names(round_, link):
    first = say(link, words="Heller.", sector="science")
    second = say(link, words="Dunkler.", sector="science")
    say(link, sector="politics")
    contributions.withdraw(say(link, sector="politics"))
    answers.answer(first, "accepted", by=seat(2))
    answers.answer(second, "declined", reason="Zu dunkel.", by=seat(2))
    end_time(round_)
    close(round_)
    assert round_.counts == {
        "sectors": {
            "administration": 0, "science": 2, "business": 0, "politics": 1,
            "civil_society": 0, "": 0,
        },
        "comments": 1,
        "suggestions": {"accepted": 1, "partly": 0, "declined": 1},
    }  # fmt: skip
    (public,) = feedback_rounds.public_rounds(round_.version.proposal.circle)
    assert (public["accepted"], public["declined"], public["comments"]) == (1, 1, 1)
    assert "Seniorenrat" not in str(public)


def test_a_heading_changed_since_is_not_told(client, round_, link, do_work, inbox):
    said = say(link, said="Gut.", email="rat@example.org")
    sections.rename(said.section, text("Was niemand draußen weiß"), by=seat(1))
    client.get(f"/rueckmeldung/{review_links.token_of(link)}/")
    page = client.get("/rueckmeldung/").content.decode()
    assert (page.count("<b>Licht</b>"), "Was niemand" in page) == (1, False)
    end_time(round_)
    close(round_)
    do_work()
    (mail,) = [each for each in inbox if each.to == ["rat@example.org"]]
    assert ("Licht: der Zirkel" in mail.body, "Was niemand" in mail.body) == (True, False)


def test_reviewers_with_an_address_are_told_once(round_, link, do_work, inbox):
    email = {"email": "rat@example.org"}
    first = say(link, words="Heller.", **email)
    say(link, said="Nur so.", **email)
    say(make_link(round_), said="Ohne Adresse.")
    answers.answer(first, "partly", reason="Ein wenig.", by=seat(2))
    review_links.make(round_, label="Er", email="er@example.org", by=seat(1))
    end_time(round_)
    close(round_)
    do_work()
    (mail,) = [each for each in inbox if each.to == ["rat@example.org"]]
    assert "Wir nehmen das Licht auf." in mail.body
    assert "Licht: teilweise angenommen\nEin wenig." in mail.body
    assert "der Zirkel hat es gelesen" in mail.body
    assert OutgoingMail.objects.get(kind="feedback_closed").to == ""
    assert not round_.links.exclude(email="").exists()


def test_thirty_days_after_closing_nobody_knows_who_spoke(round_, link):
    made = say(link, said="Bleibt.", email="rat@example.org", sector="science")
    end_time(round_)
    close(round_)
    assert forgetting.forget_reviewers() == 0
    FeedbackRound.objects.filter(pk=round_.pk).update(closed_at=F("closed_at") - 30 * 24 * HOUR)
    assert forgetting.forget_reviewers() == 2
    made.refresh_from_db()
    assert (made.text, made.sector) == ("Bleibt.", "science")
    assert (made.email, made.on_behalf_of) == ("", "")
    assert ReviewLink.objects.get(pk=link.pk).label == ""


def test_a_round_that_nobody_closes_is_forgotten_too(round_, link):
    say(link, email="rat@example.org")
    FeedbackRound.objects.filter(pk=round_.pk).update(
        opened_at=timezone.now() - 190 * 24 * HOUR, closes_at=timezone.now() - 181 * 24 * HOUR
    )
    assert forgetting.forget_reviewers() == 2


def test_the_trail_names_neither_members_nor_reviewers(round_, link):
    made = say(link, words="Heller.", email="rat@example.org")
    answers.answer(made, "accepted", by=seat(2))
    about = Entry.objects.filter(verb__startswith="feedback.")
    assert {entry.actor_id for entry in about} == {None}
    assert "Seniorenrat" not in str(list(about.values_list("details", flat=True)))
