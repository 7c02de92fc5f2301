"""Two members behind one mailbox: each acts once, and says for whom; nobody else is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.deciding import overview
from circles.gathering import date_polls
from circles.models import Call, ConsentVoice, Offer
from circles.proposing import proposals, sections
from circles.seating import circles, memberships, offers, reach
from tests.circles.deciding import (
    adopt_rules,
    begin_other,
    fail_rounds,
    open_vote,
    to_voices,
)
from tests.circles.factories import seat_by_body, text
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("drawn_ground", "english")
ENGLISH = {"accept-language": "en"}
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ASKED = "For whom are you doing this?"


@pytest.fixture
def circle(drawn, otto):
    """Two drawn people and seven of the named seats."""
    circle = drawn.draw.call.circle
    for number in range(1, 8):
        seat_by_body(circle, number, otto)
    # The clock of a draw in a demonstration runs ahead; who takes a seat sits there from now on.
    Call.objects.update(clock_ahead=dt.timedelta(0))
    for place in (1, 2):
        offer = Offer.objects.select_related("application__user").get(place=place)
        offers.answer(offer, accept=True, by=offer.application.user)
    circles.begin_work(circle, reason=text("Ein Anfang."), by=otto)
    circle.refresh_from_db()
    return circle


@pytest.fixture
def reader(circle):
    """Whose mailbox the second reads, too."""
    first, second = (Offer.objects.select_related("application__user").get(place=n) for n in (1, 2))
    form = type(second.application).objects.filter(pk=second.application_id)
    form.update(reached_by=first.application.user)
    return first.application.user


def test_a_date_is_answered_for_each(client, circle, reader, otto):
    start = timezone.now() + 9 * DAY
    poll = date_polls.ask(
        circle, title="Auftakt", place="x", options=[(start, start + HOUR)], by=otto
    )
    option, path = poll.options.get(), reverse("date_poll", args=[circle.slug, poll.pk])
    first, second = memberships.terms_of(circle, reader)
    login(client, reader)
    assert ASKED in client.get(path, headers=ENGLISH).content.decode()
    client.post(path, {f"option_{option.pk}": "yes", "seat": second.pk})
    assert [(each.member, each.word) for each in option.answers.all()] == [(second, "yes")]
    assert "Auftakt" in client.get(reverse("my")).content.decode(), "the other has not answered"
    assert client.get(path).context["form"]["seat"].initial == first
    strange = memberships.members_of(circle).first()
    refused = client.post(path, {f"option_{option.pk}": "no", "seat": strange.pk})
    assert refused.status_code == 200, "only one's own seats are to choose from"
    client.post(path, {f"option_{option.pk}": "no", "seat": first.pk})
    assert "Auftakt" not in client.get(reverse("my")).content.decode()
    assert option.answers.count() == 2

    login(client, strange.person)
    assert ASKED not in client.get(path, headers=ENGLISH).content.decode()


def test_each_has_a_voice_and_a_ballot(client, circle, reader, otto):
    adopt_rules(circle, otto)
    asked = begin_other(circle, otto, "Licht")
    current = to_voices(asked, otto)
    own = list(memberships.terms_of(circle, reader))
    login(client, reader)
    for term in own:
        page = client.get(reverse("decision", args=[circle.slug, asked.n]), headers=ENGLISH)
        assert page.context["voice_form"]["seat"].initial == term
        assert ASKED in page.content.decode()
        client.post(
            reverse("decision_voice", args=[circle.slug, asked.n]),
            {"kind": "consent", "seat": term.pk},
        )
    spoken = ConsentVoice.objects.filter(place__round=current)
    assert sorted(spoken.values_list("place__term", flat=True)) == sorted(t.pk for t in own)

    decision = begin_other(circle, otto, "Wege")
    fail_rounds(decision, otto)
    vote = open_vote(decision, otto)
    for term, choice in zip(own, (vote.YES, vote.NO), strict=True):
        assert [each.kind for each in overview.waiting_for(reader, circle)] == ["ballot"]
        client.post(
            reverse("vote_ballot", args=[circle.slug, decision.n]),
            {"choice": choice, "seat": term.pk},
        )
    assert overview.waiting_for(reader, circle) == []
    assert vote.places.filter(term__in=own, voter__has_voted=True).count() == 2


def test_a_section_is_signed_by_whoever_wrote_it(client, circle, reader):
    proposal = proposals.begin(circle, text("Licht"), by=reader)
    section = sections.add(proposal, text("Wege"), by=reader)
    path = reverse("section_write", args=[circle.slug, section.paragraph.slug])
    _first, second = memberships.terms_of(circle, reader)
    login(client, reader)
    assert ASKED in client.get(path, headers=ENGLISH).content.decode()
    client.post(path, {"body_de": "Mehr Licht.", "based_on": 1, "seat": second.pk})
    written = section.paragraph.revisions.latest("n")
    assert (written.body.get("de"), written.authorship.member) == ("Mehr Licht.", second)


def test_members_and_former_ones_are_reached_as_they_wrote_into_their_form(circle, reader):
    first, second = (Offer.objects.select_related("application__user").get(place=n) for n in (1, 2))
    ways = {first: ("wir@example.org", ""), second: ("", "Weg 1, 33602 Lindenau")}
    for offer, (email, post) in ways.items():
        person = offer.application.user
        person.email = f"ref-{offer.pk}@paper.invalid"
        person.save(update_fields=["email"])
        form = type(offer.application).objects.filter(pk=offer.application_id)
        form.update(email=email, postal_address=post)
    seated = memberships.members_of(circle)
    before = reach.of_seats(circle, [term.seat for term in seated.select_related("seat__holder")])
    memberships.give_back(first.application.user.seats.get(), by=first.application.user)
    people = [offer.application.user for offer in ways]
    found = reach.of_people(circle, people)
    assert [(each.to, each.letter_to) for each in found.values()] == list(ways.values())
    assert set(found.values()) <= set(before.values())
    (named,) = reach.of_people(circle, [seated[0].person]).values()
    assert (named.to, named.letter_to) == ("seat1@example.org", "")
