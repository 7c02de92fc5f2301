"""A reviewer's pages: by a link, without an account, without seeing anybody else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.applying import own_data
from circles.models import Contribution, ContributionAnswer, FeedbackRound
from circles.proposing import answers, review_links, sections
from foundation.posting import human
from tests.circles.factories import circle_at_work
from tests.circles.proposing import end_time, make_link, make_round, say, seat
from tests.conftest import login, player

pytestmark = [pytest.mark.usefixtures("round_ground"), pytest.mark.req("R126")]


@pytest.fixture(scope="module")
def round_ground(ground):
    return make_round(circle_at_work(player("Otto"), members=3)).pk


@pytest.fixture
def round_(round_ground):
    return FeedbackRound.objects.select_related("version__proposal__circle").get(pk=round_ground)


@pytest.fixture
def link(round_):
    return make_link(round_, label="Kanari-Nachbarin")


@pytest.fixture
def reviewer(link):
    return visitor(link)


def visitor(link) -> Client:
    """A new browser that came by the link."""
    client = Client()
    came = client.get(reverse("feedback_enter", args=[review_links.token_of(link)]))
    assert came["Location"] == reverse("feedback")
    return client


def typed(**more) -> dict[str, str]:
    return {
        "text": "Das fehlt.", "words": "Der Text zu Licht.", "on_behalf_of": "Für mich",
        "sector": "", "email": "", "stamp": human.new_stamp(age=60), **more,
    }  # fmt: skip


def address(round_, name, *args):
    return reverse(name, args=[round_.version.proposal.circle.slug, *args])


WRITE = ("feedback_write", [1])


def test_the_token_leaves_the_address_and_an_unknown_one_is_nothing(client, reviewer):
    shown = reviewer.get(reverse("feedback")).content.decode()
    assert "Fehlt etwas?" in shown
    assert "Der Text zu Licht." in shown
    assert client.get(reverse("feedback_enter", args=["x" * 43])).status_code == 404
    assert client.get(reverse("feedback")).status_code == 404
    assert client.get(reverse(*WRITE[:1], args=WRITE[1])).status_code == 404


def test_a_reviewer_comments_and_suggests_and_sees_only_that(reviewer, link, round_):
    page = reverse(WRITE[0], args=WRITE[1])
    assert reviewer.post(page, typed()).status_code == 302
    suggestion = typed(words="Der Text zu viel Licht.", text="", sector="science")
    assert reviewer.post(page, suggestion).status_code == 302
    say(make_link(round_, by=seat(2)), said="Von jemand anderem.")
    kept = link.contributions.order_by("pk").values_list("is_suggestion", "sector", "language")
    assert list(kept) == [(False, "", "de"), (True, "science", "de")]
    shown = reviewer.get(reverse("feedback")).content.decode()
    assert "Das fehlt." in shown
    assert "Von jemand anderem." not in shown
    # Neither the room nor who sits in it, nor for whom the link was made.
    assert "Mitglied 1" not in shown and "Kanari-Nachbarin" not in shown
    assert reviewer.get(address(round_, "proposal")).status_code == 302
    # What was said of the person is not asked twice, but no other browser sees it.
    assert 'value="Für mich"' in reviewer.get(page).content.decode()
    assert 'value="Für mich"' not in visitor(link).get(page).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"on_behalf_of": ""},
        {"text": "x" * 50_000},
        {"text": ""},
        {"email": "keine adresse"},
        {"nickname": "ein Programm"},
        {"stamp": "gefälscht"},
        {"sector": "nirgends"},
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(reviewer, wrong):
    sent = typed(words="Der Text zu Licht.") | wrong
    answer = reviewer.post(reverse(WRITE[0], args=WRITE[1]), sent)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Bitte prüfen" in shown
    assert sent["text"] in shown
    assert Contribution.objects.count() == 0


@pytest.mark.parametrize("said", ["<img src=x onerror=alert(1)>", "שלום \u202edrow"])
def test_mark_up_and_right_to_left_arrive_as_typed(reviewer, round_, client, said):
    assert reviewer.post(reverse(WRITE[0], args=WRITE[1]), typed(text=said)).status_code == 302
    assert Contribution.objects.get().text == said
    shown = login(client, seat(2)).get(address(round_, "feedback_round", round_.pk))
    assert "<img src=x" not in shown.content.decode()
    assert '<p dir="auto">' in shown.content.decode()


def test_a_link_taken_back_says_so(reviewer, link):
    say(link)
    review_links.revoke(link, by=seat(1))
    shown = reviewer.get(reverse("feedback")).content.decode()
    assert "Dieser Link wurde zurückgenommen" in shown
    assert "Der Text zu Licht." not in shown
    assert reviewer.post(reverse(WRITE[0], args=WRITE[1]), typed()).status_code == 404
    (said,) = link.contributions.all()
    assert reviewer.post(reverse("feedback_withdraw", args=[said.pk])).status_code == 404


def test_after_the_time_the_form_says_so_and_keeps_the_words(reviewer, round_):
    page = reverse(WRITE[0], args=WRITE[1])
    end_time(round_)
    late = reviewer.post(page, typed(text="Gerade noch geschrieben."))
    assert late.status_code == 200
    assert "Gerade noch geschrieben.</textarea>" in late.content.decode()


def test_what_was_said_is_withdrawn_by_the_same_link_only(reviewer, link, round_):
    own, other = say(link), say(make_link(round_))
    assert reviewer.post(reverse("feedback_withdraw", args=[other.pk])).status_code == 404
    reviewer.post(reverse("feedback_withdraw", args=[own.pk]))
    own.refresh_from_db()
    assert (own.text, own.withdrawn_at is not None) == ("", True)


def test_a_member_makes_links_that_nobody_else_reads(client, round_):
    login(client, seat(1))
    page = address(round_, "feedback_links", round_.pk)
    client.post(page, {"label": "Kanari-Freundin", "email": ""})
    (made,) = round_.links.all()
    shown = client.get(page).content.decode()
    assert "Kanari-Freundin" in shown and review_links.token_of(made) in shown
    for person, status in ((seat(2), 200), (player("Otto"), 403)):
        answer = login(client, person, fresh=True).get(page)
        assert (answer.status_code, "Kanari-Freundin" in answer.content.decode()) == (status, False)
    login(client, seat(2))
    revoke = address(round_, "link_revoke", round_.pk, made.pk)
    assert client.post(revoke).status_code == 404
    login(client, seat(1)).post(revoke)
    made.refresh_from_db()
    assert made.revoked_at


def test_accepting_leads_to_the_editor_with_the_suggested_words(client, round_, link):
    made = say(link, words="Der Text zu viel Licht.", said="Es ist dunkel.")
    login(client, seat(2))
    answer = client.post(
        address(round_, "contribution_answer", round_.pk, made.pk), {"outcome": "accepted"}
    )
    editor = answer["Location"]
    assert editor == address(round_, "section_write", "abschnitt-1") + f"?wegen={made.pk}"
    shown = client.get(editor).content.decode()
    assert ">\nDer Text zu viel Licht.</textarea>" in shown
    assert "Es ist dunkel." in shown
    client.post(editor, {"body_de": "Der Text zu viel mehr Licht.", "based_on": "2"})
    assert ContributionAnswer.objects.get().revision.n == 3
    page = client.get(address(round_, "feedback_round", round_.pk)).content.decode()
    assert address(round_, "section", "abschnitt-1") + "#wortlaut-3" in page
    assert client.get(address(round_, "section_write", "abschnitt-2") + f"?wegen={made.pk}"
                      ).status_code == 404  # fmt: skip


def test_declining_without_a_reason_is_a_sentence(client, round_, link):
    made = say(link, words="Heller.")
    login(client, seat(2))
    page = address(round_, "contribution_answer", round_.pk, made.pk)
    refused = client.post(page, {"outcome": "declined", "reason": " "})
    assert refused.status_code == 200
    assert "Sagen Sie, warum." in refused.content.decode()
    client.post(page, {"outcome": "declined", "reason": "Geht nicht."})
    assert client.get(page).status_code == 404


def test_closing_tells_how_many_wait_and_keeps_the_words(client, round_, link):
    made = say(link, words="Heller.", sector="science")
    end_time(round_)
    login(client, seat(3))
    page = address(round_, "round_close", round_.pk)
    refused = client.post(page, {"summary": "Wir nehmen es auf."})
    assert "1 Änderungsvorschlag hat noch keine Antwort." in refused.content.decode()
    assert "Wir nehmen es auf.</textarea>" in refused.content.decode()
    answers.answer(made, "accepted", by=seat(2))
    client.post(page, {"summary": "Wir nehmen es auf."})
    client.logout()
    shown = client.get(address(round_, "circle")).content.decode()
    assert "Wir nehmen es auf." in shown
    assert "Seniorenrat" not in shown and "Heller." not in shown
    mine = visitor(link).get(reverse("feedback")).content.decode()
    assert "Angenommen" in mine


def test_a_round_is_opened_from_a_version(client, round_, otto):
    proposal = round_.version.proposal
    login(client, otto, fresh=True)
    part = sections.parts_of(proposal)[0]
    assert client.post(address(round_, "section_rename", part.slug), {"heading_de": "Hell"})
    client.post(address(round_, "version_keep"), {"note": ""})
    page = address(round_, "round_open", 2)
    past = client.post(page, {"question": "Nun?", "day": "2020-01-01", "time": "12:00"})
    assert past.status_code == 200
    assert "Wählen Sie einen Zeitpunkt in der Zukunft" in past.content.decode()
    day = f"{timezone.localdate() + dt.timedelta(days=9):%Y-%m-%d}"
    made = client.post(page, {"question": "Nun?", "day": day, "time": "12:00"})
    assert made.status_code == 302
    assert FeedbackRound.objects.count() == 2


def test_members_read_their_own_work_in_their_data(round_, link):
    answers.answer(say(link, words="Heller."), "declined", reason="Zu hell.", by=seat(1))
    told = own_data.of(seat(1))["proposals"]
    assert [each["text"]["de"]["text"] for each in told["wordings"]] == [
        "", "Der Text zu Licht.", "", "Der Text zu Wege.",
    ]  # fmt: skip
    assert [each["label"] for each in told["links"]] == ["Kanari-Nachbarin"]
    assert [each["reason"] for each in told["answers"]] == ["Zu hell."]
    assert own_data.of(seat(2))["proposals"]["links"] == []
