"""Thread 1 of the demonstration: every step of the way, on its day, in words of invented people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone, translation

from circles.deciding.records import record_of
from circles.drawing import draws
from circles.models import (
    Circle,
    ConsentVoice,
    Contribution,
    Draw,
    FeedbackRound,
    Measure,
    OpenPoint,
    ProposalVersion,
    Result,
)
from circles.proposing import comparison
from circles.resulting import papers
from circles.seating.memberships import members_of
from config.demo import body, circles, past, people, repairing, weighing
from config.demo.circles import NOMINATED
from config.demo.names import fictional_names
from config.demo.repairing.beginning import NAMED
from config.pages.thread import whole
from formats.models import Meeting, Vision
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.documents import files, verification
from foundation.documents.authority import ensure_test_authority
from foundation.effects.models import Effect
from tests.config.test_demo_circles import drawn_again
from tests.conftest import login

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
GERMAN = {"accept-language": "de"}
# Kind of the step, and how many days ago (negative: ahead).
STEPS = [
    ("idea", 640), ("vision", 620), ("priority", 620), ("work_order", 612), ("circle", 600),
    ("call", 575), ("draw", 530), ("work", 520), ("decision", 515), ("decision", 462),
    ("decision", 448), ("presentation", 440), ("result", 430), ("measure", 430), ("measure", 270),
    ("answer", 250), ("measure", 60), ("answer", -120),
]  # fmt: skip


@pytest.fixture(scope="module")
def loaded(ground):
    """The body, the thread and the circles, once for all tests of this module."""
    ensure_test_authority()
    load()


def load() -> None:
    """What the command does of it, in German."""
    with translation.override("de"):
        cast = people.load_people()
        earlier, sessions = body.load_body(cast["otto"])
        repairing.load_thread(earlier, cast)
        orders = body.load_year(sessions, cast["otto"])
        circles.load_circles(orders, sessions, cast)
        weighing.load_weighing(orders, sessions, cast["otto"])


@pytest.fixture
def vision(loaded) -> Vision:
    return Vision.objects.select_related("action_field", "adopted_in__body").get(thread=1)


@pytest.fixture
def circle(vision) -> Circle:
    return Circle.objects.get(work_order__vision=vision)


@pytest.mark.req("R109")
def test_the_thread_has_every_step_on_its_day(vision):
    today = timezone.localdate()
    steps = whole.steps_of(vision, AnonymousUser())
    assert [(step.kind, (today - step.date).days) for step in steps] == STEPS
    # No step is late, and what is still to come is the next answer alone.
    assert [step.kind for step in steps if step.sign in ("late", "open")] == ["answer"]


def test_the_page_of_the_thread_tells_it_all(vision, client):
    words = client.get(reverse("thread", args=[1]), headers=GERMAN).content.decode()
    for sentence in (
        "Wer repariert meinen Toaster?", "Wir hätten mit den Lieferwegen begonnen.",
        "Wie finden Menschen mit kaputten Dingen zu denen, die sie reparieren?",
        "Ein Bonus für Reparaturen", "41 Werkstätten", "Bis zu diesem Tag antwortet das Büro",
    ):  # fmt: skip
        assert sentence in words


def test_fifteen_sat_in_the_circle_and_it_has_ended(circle):
    assert circle.state == Circle.State.FINISHED
    assert [term.seat.number for term in members_of(circle)] == [*range(1, 16)]
    assert circle.incomplete_reason.stored == {}
    assert circle.founded_at < circle.began_at < circle.ended_at < timezone.now()


def test_its_draw_verifies_from_the_published_files(circle):
    drawn = Draw.objects.get(call__circle=circle)
    public = draws.published_files(drawn)
    assert drawn_again(public) == public["result.txt"]
    session = drawn.call.meeting
    assert drawn.frozen_at < session.starts_at <= drawn.result.drawn_at <= session.ends_at
    assert session.agenda_items.filter(kind="draw").count() == 1


def test_feedback_was_answered_and_closed_with_a_summary(circle):
    round_ = FeedbackRound.objects.get(version__proposal__circle=circle)
    assert (round_.version.n, round_.state) == (1, "closed")
    assert round_.counts["suggestions"] == {"accepted": 1, "partly": 1, "declined": 2}
    said = Contribution.objects.filter(link__round=round_)
    assert said.count() == 8
    assert all(round_.opened_at < each.said_at < round_.closes_at for each in said)
    unexplained = said.filter(answer__outcome__in=["partly", "declined"], answer__reason="")
    assert not unexplained.exists()
    assert round_.closes_at < round_.closed_at


def test_versions_show_what_changed_and_no_point_is_open(circle):
    first, second, third = ProposalVersion.objects.filter(proposal__circle=circle).order_by("n")
    assert [each.kind for each in comparison.compare(first, second)] == ["changed", "changed"]
    assert [each.passage.number for each in comparison.compare(second, third)] == [2]
    settled = OpenPoint.objects.filter(proposal__circle=circle, settlements__reopened_at=None)
    assert settled.count() == OpenPoint.objects.filter(proposal__circle=circle).count() == 2
    authors = {
        revision.authorship.member.seat.number
        for section in circle.proposal.sections.all()
        for revision in section.paragraph.revisions.all()
    }
    assert len(authors) > 4


def test_the_objection_was_integrated_and_taken_back_by_whoever_had_it(circle):
    told = record_of(circle.decisions.get(n=2), with_rounds=True)
    assert (told.procedure, told.outcome, told.version) == ("consent", "adopted", 3)
    objection = told.rounds[0].objections[0]
    assert "Wer kein Internet hat" in objection.harm
    assert (objection.fate, objection.lifted_in) == ("lifted", 2)
    assert told.rounds[1].version == 3 and told.rounds[1].objection == 0
    own = ConsentVoice.objects.filter(place__round__decision__circle=circle, kind="objection")
    assert {each.place.term.seat.number for each in own.filter(place__round__decision__n=2)} == {9}


def test_the_bonus_went_to_a_vote_after_two_failed_rounds(circle):
    told = record_of(circle.decisions.get(n=3), with_rounds=True)
    assert [each.objection for each in told.rounds] == [1, 1]
    vote = told.votes[0]
    assert (vote.yes, vote.no, vote.abstain, told.outcome) == (9, 4, 1, "adopted")
    assert "in Werkzeug für die offenen Werkstätten" in told.statements[0].text


def test_two_people_published_and_the_document_is_a_sealed_sample(circle):
    result = Result.objects.get(work_order=circle.work_order)
    assert (result.prepared_by.name, result.settled_by.name) == ("Nora Gegenleser", "Otto Amtmann")
    assert papers.context_of(result)["muster"] is True
    # The worker makes it; loading does not wait for it.
    assert Effect.objects.filter(kind=papers.EFFECT, key=str(result.pk), state="due").exists()
    release = papers.issue(result.pk)
    assert release.number == f"ERG-{circle.work_order.number}"
    assert verification.verify(files.read(release.file)).verdict == verification.VALID_TEST


def test_measures_and_answers_go_on_until_today(circle):
    result = Result.objects.with_due().get(work_order=circle.work_order)
    measures = Measure.objects.filter(result=result)
    assert [each.state for each in measures] == ["done", "in_progress", "rejected"]
    assert measures.get(n=3).reason and all(each.steps.count() for each in measures)
    steps = [step.at for each in measures for step in each.steps.all()]
    assert max(steps) < timezone.now()
    answer = result.answers.get()
    assert answer.given_on <= answer.owed_on and not answer.was_late
    assert result.owed_on == timezone.localdate() + 120 * DAY


def test_numbers_are_of_the_year_in_which_it_happened(vision, circle):
    order = circle.work_order
    year = (timezone.localdate() - 612 * DAY).year
    assert order.number == f"AA-{year}-01"
    assert circle.number == f"IZ-{circle.founded_at.year}-01"
    assert all(each.number.startswith(circle.number) for each in circle.decisions.all())


def test_nothing_stands_behind_today_that_has_not_happened(loaded):
    """Every moment of the past lies before now, as its state says."""
    now = timezone.now()
    for model in ("circle", "decision", "feedbackround", "contribution", "measurestep"):
        for row in apps.get_model("circles", model)._base_manager.all():
            for name in ("founded_at", "began_at", "decided_at", "said_at", "closed_at", "at"):
                moment = getattr(row, name, None)
                assert moment is None or moment < now


def test_the_trail_keeps_the_real_times(circle):
    first = Entry.objects.filter(verb="circle.founded").order_by("pk").first()
    assert abs(first.at - timezone.now()) < DAY
    assert circle.founded_at < first.at - 500 * DAY


def test_the_loader_twice_changes_nothing(loaded):
    def counted() -> dict[str, int]:
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}

    before = counted()
    load()
    assert counted() == before


def test_nobody_in_it_is_a_real_person(loaded):
    invented = {name for _number, name, *_rest in (*NAMED, *NOMINATED)}
    invented |= {*fictional_names(280), *(person.name for person in people.PEOPLE)}
    invented |= {name for _key, name, *_rest in (*body.MEMBERS, body.DEPUTY)}
    for user in User.objects.all():
        assert user.email.endswith("@example.org")
        assert user.name in invented


def test_mia_finds_a_circle_in_the_middle_of_its_work(loaded, client):
    mia = people.person("wiebke")
    circle = Circle.objects.get(state=Circle.State.WORKING)
    login(client, mia)
    for page, sentences in (
        ("room", (
            "Mit dem Umweltbetrieb über Pegel sprechen", "Rückmeldungen kommen",
            "Skizze der Messpunkte (Demo)", "Treffen nach dem nächsten",
        )),
        ("decision_list", ("Was zuerst offen wird", "Treffen nur am Bildschirm")),
        ("proposal", ("Warum Messwerte allen gehören", "Wer haftet, wenn ein Sensor falsch misst")),
    ):  # fmt: skip
        words = client.get(reverse(page, args=[circle.slug]), headers=GERMAN).content.decode()
        for sentence in sentences:
            assert sentence in words
    round_ = FeedbackRound.objects.get(version__proposal__circle=circle)
    waiting = Contribution.objects.filter(link__round=round_, answer=None, is_suggestion=True)
    assert (round_.state, waiting.count()) == ("open", 3)
    current = circle.decisions.get(title="Was zuerst offen wird").rounds.get()
    assert current.phase == "consent" and current.consent_until > timezone.now()
    assert not ConsentVoice.objects.filter(place__round=current, place__term__person=mia).exists()
    late = circle.tasks.filter(state="open", due_on__lt=timezone.localdate())
    assert late.count() == 1
    assert circle.decisions.get(n=2).state == "rejected"
    for option in circle.date_polls.get().options.all():
        assert timezone.localtime(option.starts_at).hour == 18
    coming = Meeting.objects.filter(body=circle.body, starts_at__gt=timezone.now())
    assert coming.get().starts_at.date() == timezone.localdate() + 10 * DAY


def test_no_year_has_more_than_four_sessions_whatever_day_it_is():
    for n in range(4 * 366):
        today = dt.date(2027, 1, 1) + n * DAY
        years = [(today + days * DAY).year for days in body.SESSIONS]
        assert max(years.count(year) for year in years) <= 4


def test_the_past_is_for_demonstrations_only(settings):
    settings.PORTAL_MODE = "production"
    with pytest.raises(ImproperlyConfigured, match="Only a demonstration"), past.days_ago(3):
        pass
