"""A circle from its founding to what became of its result, by web pages.

Consent first: one objection is integrated, one is outvoted and heard; one member leaves, and the
next in the order of the lot takes part from the next round on. What fifteen people do alike goes
by the doors of the domain.
"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from circles.deciding import voices
from circles.drawing import freezing
from circles.models import Circle, Contribution, Decision, FeedbackRound, Offer, Result
from circles.seating import offers
from formats.models import WorkOrder
from foundation.accounts.models import User
from foundation.effects.models import Effect
from tests.circles.conftest import declare, draw, make_closed_call, proof_of, throw
from tests.circles.deciding import open_round, vote_all
from tests.circles.factories import make_meeting, make_work_order, seat_by_body
from tests.circles.results import second_office
from tests.conftest import login
from tests.stories import circle as told
from tests.stories.circle import BEN, CEM, SLUG, TEN
from tests.stories.test_citizen import day, post

ENGLISH = {"accept-language": "en"}
DAY = dt.timedelta(days=1)
People = dict[str, User]


@pytest.mark.req("R114")
@pytest.mark.req("R125")
@pytest.mark.req("R127")
@pytest.mark.req("R128")
@pytest.mark.req("R130")
def test_a_circle_works_and_what_becomes_of_it(otto, rita, leo, vera, do_work, inbox):
    office = by(otto)
    circle = found(office, otto)
    people = seat_fifteen(circle, otto, rita, leo, vera)
    post(office, "circle_begin", (SLUG,), reason_de="")
    rules = put(by(people["Ada Anders"]), circle, "decision_rules", quorum=8, rounds_before_vote=2,
                voting_days=7, statement_days=14)  # fmt: skip
    decide(rules, office, people)

    write_and_ask(office, people)
    light = put(by(people[BEN]), circle, "decision_new", version=version_of(circle, 1),
                **told.PROPOSAL)  # fmt: skip
    decide(light, office, people, objecting=BEN)
    leave_and_move_up(people)
    write(by(people[BEN]), told.WARM)
    integrate(light, office, integration=told.INTEGRATION, version=version_of(circle, 2))
    decide(light, office, people)

    traffic = put(by(people[BEN]), circle, "decision_new", **told.TRAFFIC)
    decide(traffic, office, people, objecting=CEM)
    integrate(traffic, office, integration="Erst ab 22 Uhr.", wording=told.FROM_TEN["wording"])
    decide(traffic, office, people, objecting=CEM)
    outvote(traffic, office, people)

    Effect.objects.all().delete()  # the mails of until now are read elsewhere
    session = make_meeting(otto)
    finalise(office, circle, light, session)
    with time_machine.travel(session.starts_at + DAY):
        publish(otto, circle.work_order, session)
    do_work()  # the seal of the tests is one of today
    read_as_everybody(circle.work_order, [light, traffic], inbox)
    with time_machine.travel(session.starts_at + 90 * DAY):
        say_what_became_of_it(otto, circle.work_order)


def found(office: Client, otto: User) -> Circle:
    order = make_work_order(otto)
    post(office, "circle_found", (order.number,), **told.FOUNDING)
    # The clock of a demonstration stands in for the days before a draw.
    Circle.objects.update(is_demo=True)
    return Circle.objects.select_related("work_order").get(slug=SLUG)


def seat_fifteen(circle: Circle, otto: User, rita: User, leo: User, vera: User) -> People:
    """Ten are named by bodies, five of seven are drawn; two stay in reserve."""
    people = {
        name: seat_by_body(circle, number, otto, name=name, email=told.address_of(name))
        for number, name in enumerate(TEN, start=1)
    }
    call = make_closed_call(otto, rita, circle=circle)
    frozen = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    draw(throw(declare(frozen, leo, vera), leo, vera), leo)
    for offer in Offer.objects.all():
        people[f"drawn {offer.place}"] = offer.application.user
        offers.answer(offer, accept=True, by=offer.application.user)
    return people


def by(person: User) -> Client:
    """The browser of one of them."""
    return login(Client(), person)


def put(member: Client, circle: Circle, name: str, **words: object) -> Decision:
    """Something is put to the circle."""
    post(member, name, (SLUG,), **words)
    return circle.decisions.latest("n")


def decide(decision: Decision, office: Client, people: People, *, objecting: str = ""):
    """One whole round; whoever objects does so with harm and lift."""
    told.ask_for_voices(decision, office)
    current = open_round(decision)
    for name, person in people.items():
        if name == objecting:
            told.object_to(decision, by(person))
        else:
            voices.give(current, "consent", by=person)
    post(office, "decision_close", told.at(decision))
    decision.refresh_from_db()
    assert decision.state == ("consent" if objecting else "adopted")


def integrate(decision: Decision, office: Client, **changes: object):
    words = {"wording": decision.wording, **changes}
    post(office, "decision_integrate", told.at(decision), **words)


def write_and_ask(office: Client, people: People):
    """One version, released; five people outside review it, each suggestion is answered."""
    ben = by(people[BEN])
    post(ben, "proposal_begin", (SLUG,), title_de="Licht am Fluss")
    post(ben, "section_add", (SLUG,), heading_de="Licht")
    write(ben, told.LAMPS)
    post(office, "version_release", (SLUG, 1), agreed="on")
    post(ben, "round_open", (SLUG, 1), question="Fehlt etwas?", day=day(14), time="23:59")
    round_ = FeedbackRound.objects.get()
    told.make_links(round_, [ben], each=5)
    told.reviewers_speak(round_.links.all(), suggesting=1)
    told.end_time(round_)
    suggestion = Contribution.objects.get(is_suggestion=True)
    words = {"summary": told.SUMMARY}
    refusal = ben.post(reverse("round_close", args=[SLUG, round_.pk]), words, headers=ENGLISH)
    assert "1 suggestion has no answer yet." in refusal.content.decode()
    post(ben, "contribution_answer", (SLUG, round_.pk, suggestion.pk), outcome="accepted")
    post(ben, "round_close", (SLUG, round_.pk), **words)


def write(member: Client, words: str):
    """The section anew, and a version of it."""
    form = member.get(reverse("section_write", args=[SLUG, "abschnitt-1"])).context["form"]
    based_on = form["based_on"].value()
    post(member, "section_write", (SLUG, "abschnitt-1"), body_de=words, based_on=based_on)
    post(member, "version_keep", (SLUG,), note="")


def version_of(circle: Circle, n: int) -> int:
    return circle.proposal.versions.get(n=n).pk


def leave_and_move_up(people: People):
    """Somebody drawn gives the seat back; the next in the order accepts and speaks from now on."""
    leaving = Offer.objects.select_related("seat").get(place=1)
    gone = by(people.pop("drawn 1"))
    post(gone, "my_seat_return", (leaving.seat_id,))
    assert gone.get(reverse("room", args=[SLUG])).status_code == 404
    offer = Offer.objects.get(state="open")
    assert (offer.place, offer.seat_id) == (6, leaving.seat_id)
    offers.answer(offer, accept=True, by=offer.application.user)
    people["drawn 6"] = offer.application.user


def outvote(decision: Decision, office: Client, people: People):
    """After two failed rounds a vote is moved, opened by somebody else, counted; Cem is heard."""
    post(by(people[BEN]), "vote_move", told.at(decision), n="1")
    post(office, "vote_open", told.at(decision))
    vote = decision.votes.get()
    others = [person for name, person in people.items() if name != CEM]
    vote_all(vote, others, yes=9, no=4, abstain=1)
    cem = by(people[CEM])
    post(cem, "vote_ballot", told.at(decision), choice=vote.NO)
    post(office, "vote_close", told.at(decision))
    post(cem, "vote_statement", told.at(decision), text=told.MINORITY)
    vote.refresh_from_db()
    assert (vote.yes, vote.no, vote.abstain, vote.quorum) == (9, 5, 1, 8)


def finalise(office: Client, circle: Circle, decision: Decision, session):
    post(
        office, "circle_finalise", (SLUG,), decision=decision.pk, meeting=session.pk,
        result_de="Warmes Licht am Fluss.",
    )  # fmt: skip
    page = Client().get(reverse("meeting", args=[session.year, session.ordinal]), headers=ENGLISH)
    assert f"Result of work order {circle.work_order.number}" in page.content.decode()


def publish(otto: User, order: WorkOrder, session):
    """Otto prepares, Olga publishes with a fresh second factor; neither he nor a member may."""
    office, olga = (login(Client(), each, fresh=True) for each in (otto, second_office()))
    number = (order.number,)
    post(office, "work_order_present", number, meeting=session.pk)
    post(office, "result_prepare", number, with_paper="on", **told.RESULT)
    for title, state, note in told.MEASURES:
        post(
            office, "measure_new", number, title_de=title, responsible="Amt für Verkehr",
            due_on=day(60), state=state, note_de=note,
        )  # fmt: skip
    seen = olga.get(reverse("result_publish", args=number)).context["form"]["seen"].value()
    words = {"answer_due_on": day(60), "seen": seen}
    for client, sentence in (
        (office, "You have prepared this result. A second person must look at it."),
        (by(User.objects.get(email=told.address_of(BEN))), "This page is not open"),
    ):
        answer = client.post(reverse("result_publish", args=number), words, headers=ENGLISH)
        assert sentence in answer.content.decode()
    post(olga, "result_publish", number, **words)


def read_as_everybody(order: WorkOrder, decided: list[Decision], inbox):
    page = Client().get(reverse("result", args=[order.number]), headers=ENGLISH).content.decode()
    for title, *_rest in told.MEASURES:
        assert title in page
    for decision in decided:
        assert reverse("decision_public", args=told.at(decision)) in page
    pages = [
        Client().get(reverse("decision_public", args=told.at(decision)), headers=ENGLISH)
        for decision in decided
    ]
    light, traffic = (answer.content.decode() for answer in pages)
    assert "Lifted in round 2 by the member who raised it." in light and told.HARM in light
    assert "Adopted by 9 to 5." in traffic and told.MINORITY in traffic
    assert not any(name in light + traffic for name in TEN)
    paper = Client().get(reverse("result_document", args=[order.number]))
    assert paper.content.startswith(b"%PDF-")
    published = [mail for mail in inbox if mail.subject == "Veröffentlicht: Licht am Fluss"]
    assert len(published) == 16  # also whoever has left


def say_what_became_of_it(otto: User, order: WorkOrder):
    address = reverse("result", args=[order.number])
    assert "Answer overdue since" in Client().get(address, headers=ENGLISH).content.decode()
    office = login(Client(), otto)
    post(office, "result_answer", (order.number,), text_de=told.ANSWER, is_final="on")
    page = Client().get(address, headers=ENGLISH).content.decode()
    assert told.ANSWER in page and "Answer overdue since" not in page
    assert Result.objects.get().answers.get().was_late
    post(office, "circle_end", (SLUG,))
