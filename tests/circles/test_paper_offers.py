"""Whoever applied on paper has the same rights after the draw: letters, days and objections."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, paper
from circles.models import Application, Call, Departure, DrawEvent, Offer
from circles.seating import departures, offers
from foundation.audit.models import Entry
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("english", "drawn_ground")


def ahead(**time: float) -> None:
    Call.objects.update(clock_ahead=F("clock_ahead") + dt.timedelta(**time))


@pytest.fixture
def letter(drawn):
    """The offer to the first, who applied by letter; as the freeze and the draw would have it."""
    offer = Offer.objects.select_related("application", "draw__call").get(place=1)
    Application.objects.filter(pk=offer.application_id).update(
        email="", identity="ref:AB", way="letter", postal_address="Weg 1, 33602 Bielefeld"
    )
    offer.refresh_from_db()
    OutgoingMail.objects.filter(kind="offer", subject_id=str(offer.application_id)).delete()
    offers._mail("offer", offer, offer.draw.call, token="geheim")
    return offer


@pytest.mark.req("R120")
def test_the_letter_has_an_address_and_no_link(letter):
    mail = OutgoingMail.objects.get(kind="offer", subject_id=str(letter.application_id))
    assert (mail.to, mail.postal_address) == ("", "Weg 1, 33602 Bielefeld")
    assert "geheim" not in mail.body and letter.draw.call.contact in mail.body
    assert "innerhalb von 14 Tagen nach diesem Brief" in mail.body


@pytest.mark.req("R120")
def test_the_days_begin_when_the_letter_is_printed(letter, otto):
    ahead(days=15)
    offers.expire_overdue(letter.draw)
    letter.refresh_from_db()
    assert letter.state == Offer.State.OPEN

    Offer.objects.filter(pk=letter.pk).update(answer_by=timezone.now())
    outbox.note_printed(
        OutgoingMail.objects.get(kind="offer", subject_id=str(letter.application_id)), by=otto
    )
    Call.objects.update(clock_ahead=dt.timedelta(days=13))
    offers.expire_overdue(letter.draw)
    letter.refresh_from_db()
    assert letter.state == Offer.State.OPEN
    ahead(days=2)
    offers.expire_overdue(letter.draw)
    letter.refresh_from_db()
    assert letter.state == Offer.State.EXPIRED


@pytest.mark.req("R120")
def test_the_office_notes_a_no_an_objection_and_a_yes(client, letter, otto, rita):
    desk = login(client, otto, fresh=True)
    address = reverse("offer_note", args=[letter.draw.call_id, letter.pk])
    assert address in desk.get(reverse("draw_desk", args=[letter.draw.call_id])).content.decode()

    def say(said: str) -> str:
        sent = desk.post(address, {"said": said, "name_is_public": "on", "reference": "AZ 7/26"})
        assert sent.status_code == 302
        letter.refresh_from_db()
        return letter.state

    assert (say("no"), letter.entered_by) == ("declined", None)
    departure = Departure.objects.get(offer=letter)
    departures.tell(departure, channel="phone", by=rita)
    ahead(hours=49)
    with pytest.raises(departures.NotYet, match="selbst daran gearbeitet"):
        departures.confirm(departure, by=otto)
    ahead(hours=-48)
    assert say("objects") == "open"
    departure.refresh_from_db()
    assert (departure.state, departure.closed_by) == ("objected", otto)
    assert (say("yes"), letter.entered_by) == ("accepted", otto)
    assert Entry.objects.filter(verb="offer.noted", actor_id=otto.pk).count() == 3


def test_the_office_notes_nothing_for_somebody_online(drawn, otto):
    offer = Offer.objects.select_related("application").get(place=2)
    with pytest.raises(paper.NotOnPaper):
        paper.note_answer(offer, said=paper.SAID_YES, reference="AZ 7", by=otto)
    with pytest.raises(IntegrityError, match="offer_entered_was_accepted"), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(entered_by=otto)


def test_the_hours_to_object_begin_when_they_are_asked(letter, otto, rita):
    offers.answer(letter, accept=False, by=otto)
    departure = Departure.objects.get(offer=letter)
    assert departure.entered_by == otto
    ahead(hours=47)
    departures.tell(departure, channel="letter", by=otto)
    ahead(hours=2)
    with pytest.raises(departures.NotYet):
        departures.confirm(departure, by=rita)


@pytest.mark.req("R120")
def test_a_second_no_is_told_again_and_an_objection_is_followed_by_a_reminder(drawn):
    offer = Offer.objects.select_related("application").get(place=1)
    offers.remind(offer.pk)
    ahead(days=14)
    offers.expire_overdue(drawn.draw)
    departures.object_to(Offer.objects.get(pk=offer.pk), by=None)
    departure = Departure.objects.filter(offer=offer).get()
    work = Effect.objects.get(kind=offers.REMINDER, arguments__departure_pk=departure.pk)
    offers.remind(**work.arguments)
    ahead(hours=49)
    offers.expire_overdue(drawn.draw)

    sent = OutgoingMail.objects.filter(subject_id=str(offer.application_id))
    counts = [sent.filter(kind=kind).count() for kind in ("offer_expired", "offer_reminder")]
    assert counts == [2, 2]


def test_the_clock_writes_no_untrue_event_and_no_mail(drawn):
    offer = Offer.objects.select_related("application").get(place=1)
    offers.answer(offer, accept=True, by=offer.application.user)
    offers.take_back_accepted(Offer.objects.get(pk=offer.pk), by=None, is_forgotten=True)
    applications.withdraw(offer.application, by=None, tell=False, kind=DrawEvent.Kind.ERASED)
    events = DrawEvent.objects.filter(ticket=offer.application.ticket)
    assert list(events.values_list("kind", "reason")) == [("erased", "")]
    assert not OutgoingMail.objects.filter(kind="seat_returned").exists()
