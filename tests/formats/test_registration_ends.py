"""What ends with an event: waiting, needs, names; what stays are figures and feedback."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from formats.events import (
    certificates,
    events,
    feedback,
    forgetting,
    registrations,
    waiting_list,
)
from formats.models import Feedback, Registration
from foundation import states
from foundation.audit.models import Sighting
from foundation.documents.models import StoredFile
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.event_factories import ask, code_of, mails_of, open_event, registered
from tests.formats.factories import text
from tests.formats.test_registrations import EVENT, own_page, state_of


def held_with(otto, *names):
    event = open_event(otto)
    rows = [registered(event, name) for name in names]
    with time_machine.travel(event.ends_at, tick=False):
        events.hold(event, by=otto)
    return event, rows


def test_attendance_certificate_and_feedback(client, otto, do_work):
    event, (clara, olaf) = held_with(otto, "Clara", "Olaf")
    office = login(client, otto)
    guests = reverse("event_guests", args=[event.slug])
    assert "clara@example.org" in office.get(guests).content.decode()
    assert Sighting.objects.filter(purpose="event-guests").count() == 2
    office.post(guests, {"present": [clara.pk]})
    office.post(reverse("event_certificates", args=[event.slug]))
    office.post(reverse("event_certificates", args=[event.slug]), {"again": "1"})
    do_work()

    mine, his = own_page(clara), own_page(olaf)
    pdf = mine.get(reverse("my_certificate", args=[EVENT]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert his.get(reverse("my_certificate", args=[EVENT])).status_code == 404
    assert mails_of(clara).count("event_certificate") == 1

    form = reverse("my_feedback", args=[EVENT])
    assert mine.post(form, {"rating": "5", "took_along": "Mut"}).status_code == 302
    assert mine.post(form, {"rating": "1"}).status_code == 404
    assert his.get(form).status_code == 404
    assert [(each.rating, each.took_along) for each in Feedback.objects.all()] == [(5, "Mut")]


def test_people_are_forgotten_thirty_days_after_the_event(otto, do_work):
    event, (clara,) = held_with(otto, "Clara")
    registrations.note_attendance(event, {clara.pk}, by=otto)
    certificates.order(event)
    do_work()
    with time_machine.travel(event.ends_at + dt.timedelta(days=29), tick=False):
        assert forgetting.forget_overdue() == 0
    with time_machine.travel(event.ends_at + dt.timedelta(days=32), tick=False):
        assert (forgetting.forget_overdue(), forgetting.forget_overdue()) == (1, 0)

    clara.refresh_from_db()
    assert (clara.name, clara.email, clara.certificate, clara.attended) == ("", "", None, True)
    assert StoredFile.objects.filter(name="teilnahme.pdf").count() == 0
    assert not re.search(
        "Clara|clara", "".join(OutgoingMail.objects.values_list("body", flat=True))
    )
    assert own_page(clara).get(reverse("my_registration", args=[EVENT])).status_code == 404


def test_forms_without_code_are_forgotten_after_two_days(otto):
    asked = ask(open_event(otto))
    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        with pytest.raises(registrations.WrongCode, match="too old"):
            registrations.confirm(asked, code_of(asked))
        assert forgetting.forget_overdue() == 1
    assert state_of(asked) == ["lapsed"]


def test_whoever_leaves_the_portal_gives_places_back(otto):
    event = open_event(otto, capacity=1)
    registered(event)
    olaf = registered(event, "Olaf")

    assert forgetting.forget_address("CLARA@example.org ") == 1
    assert state_of(olaf) == ["offered"]


def test_nothing_ties_an_answer_to_who_gave_it(otto):
    _event, rows = held_with(otto, "Clara", "Olaf", "Dora", "Paula")
    for n, each in enumerate(rows, start=1):
        feedback.give(each, rating=n, took_along="", wished="")
        feedback.give(each, rating=5, took_along="", wished="")
    keys = [each.pk for each in Feedback.objects.order_by("rating")]
    assert len(keys) == 4
    assert all(isinstance(key, uuid.UUID) and key.version == 4 for key in keys)
    moments = (models.DateTimeField, models.DateField)
    assert not [f.name for f in Feedback._meta.fields if isinstance(f, moments)]
    given = Registration.objects.filter(gave_feedback=True)
    told = {f.name for f in Registration._meta.fields if "feedback" in f.name}
    assert (len(given), told) == (4, {"gave_feedback"})
    assert not feedback.may_answer(given[0])


@pytest.mark.parametrize("fate", ["lost its day", "cancelled"])
def test_people_of_an_event_without_a_day_are_forgotten_too(otto, fate):
    event = open_event(otto, days=200)
    clara = registered(event)
    if fate == "cancelled":
        events.cancel(event, text("Sturm", "Storm"), by=otto)
    else:
        events.describe(
            event, starts_on=None, ends_on=None, starts_at=None, ends_at=None,
            registration_until=None, by=otto,
        )  # fmt: skip
    with time_machine.travel(timezone.now() + dt.timedelta(days=29), tick=False):
        assert forgetting.forget_overdue() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        assert forgetting.forget_overdue() == 1
    clara.refresh_from_db()
    assert (clara.name, clara.email) == ("", "")


def test_what_people_need_is_forgotten_as_soon_as_it_is_over(otto):
    event, called_off = open_event(otto), open_event(otto, title="Abgesagt")
    comes, gone = (registered(event, name, support="Rampe") for name in ("Clara", "Olaf"))
    waits = registered(called_off, "Dora", support="Rampe")
    forgetting.forget_overdue()
    assert needs_of(comes, gone, waits) == ["Rampe"] * 3

    registrations.cancel(gone)
    events.cancel(called_off, text("Sturm", "Storm"), by=otto)
    forgetting.forget_overdue()
    assert needs_of(comes, gone, waits) == ["Rampe", "", ""]
    with time_machine.travel(event.ends_at + dt.timedelta(days=1), tick=False):
        forgetting.forget_overdue()
    assert needs_of(comes) == [""]
    comes.refresh_from_db()
    assert comes.name == "Clara"


def needs_of(*rows: Registration) -> list[str]:
    return [Registration.objects.get(pk=row.pk).support for row in rows]


@pytest.mark.parametrize("fate", ["cancelled", "held"])
def test_after_the_end_nobody_waits_moves_or_gets_a_place(otto, fate):
    event = open_event(otto, capacity=1)
    clara, olaf, dora = (registered(event, name) for name in ("Clara", "Olaf", "Dora"))
    registrations.cancel(clara)
    before = mails_of(olaf)
    with time_machine.travel(event.ends_at, tick=False):
        if fate == "held":
            events.hold(event, by=otto)
        else:
            events.cancel(event, text("Sturm", "Storm"), by=otto)
        assert state_of(olaf, dora) == ["lapsed", "lapsed"]
        assert waiting_list.keep_deadlines() == 0
        told = ["event_cancelled"] if fate == "cancelled" else []
        assert mails_of(olaf) == before + told
        hour = dt.timedelta(hours=1)
        events.describe(
            event, starts_at=event.starts_at + hour, ends_at=event.ends_at + hour, by=otto
        )
        assert "event_moved" not in mails_of(clara) + mails_of(olaf)


@pytest.mark.parametrize("fate", ["cancelled", "held"])
def test_an_offer_is_not_taken_once_the_event_is_over(otto, fate):
    event = open_event(otto, capacity=1)
    clara, olaf = (registered(event, name) for name in ("Clara", "Olaf"))
    registrations.cancel(clara)
    states.advance(
        event, fate, by=otto, reason=text("Sturm") if fate == "cancelled" else event.reason
    )
    olaf.refresh_from_db()
    with pytest.raises(registrations.NotPossible, match="does not take place, or is over"):
        registrations.accept_offer(olaf)
    with pytest.raises(IntegrityError, match="places-of-announced"), transaction.atomic():
        states.advance(olaf, "confirmed", by=None)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        assert waiting_list.keep_deadlines() == 0
    assert state_of(olaf) == ["offered"]


def test_a_house_that_cannot_be_printed_keeps_nobody_from_their_certificate(otto, do_work):
    event, (clara, olaf) = held_with(otto, "Clara", "Olaf")
    Registration.objects.filter(pk=clara.pk).update(organisation="会社")
    Effect.objects.create(
        kind=certificates.EFFECT, key=str(olaf.pk), state="dead", queue="pdf", attempts=8,
        arguments={"registration_id": olaf.pk},
    )  # fmt: skip
    registrations.note_attendance(event, {clara.pk, olaf.pk}, by=otto)
    certificates.order(event)
    do_work()
    for each in (clara, olaf):
        each.refresh_from_db()
        assert each.certificate is not None
