"""Registering by code: places are counted, the waiting list moves up, people are forgotten."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.events import (
    certificates,
    events,
    feedback,
    forgetting,
    registration_letters,
    registrations,
    waiting_list,
)
from formats.events.registration_links import token_of
from formats.models import Event, Feedback, Registration
from foundation import states
from foundation.audit.models import Sighting
from foundation.documents.models import StoredFile
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from foundation.posting.limits import TooOften
from tests.circles.test_races import at_once
from tests.conftest import login
from tests.formats.event_factories import ask, code_of, mails_of, open_event, registered
from tests.formats.factories import text

ENGLISH = {"accept-language": "en"}
EVENT = "runder-tisch"
PERSON = {
    "name": "Clara", "email": "Clara@Example.org", "organisation": "Verein",
    "stamp": human.new_stamp(age=60),
}  # fmt: skip


def own_page(registration: Registration) -> Client:
    client = Client(headers=ENGLISH)
    client.get(reverse("registration_enter", args=[token_of(registration)]))
    return client


def state_of(*rows: Registration) -> list[str]:
    return [Registration.objects.get(pk=row.pk).state for row in rows]


def test_form_code_place_and_back_again_without_an_account(client, otto, clara):
    event = open_event(otto, capacity=1, joining="https://example.org/raum")
    form = client.post(reverse("event_register", args=[event.slug]), PERSON)
    assert form["Location"] == reverse("event_code", args=[event.slug])
    asked = Registration.objects.get()
    assert (asked.state, asked.email, asked.listed_since, asked.photos_since) == (
        "unconfirmed", "clara@example.org", None, None,
    )  # fmt: skip

    done = client.post(form["Location"], {"code": code_of(asked)}, follow=True, headers=ENGLISH)

    assert "Registered." in done.content.decode()
    assert "https://example.org/raum" in done.content.decode()
    assert (
        "example.org/raum" not in client.get(reverse("event", args=[event.slug])).content.decode()
    )
    assert mails_of(asked) == ["event_code", "event_registered"]
    client.post(reverse("my_registration_cancel", args=[EVENT]))
    assert state_of(asked) == ["cancelled"]


def test_a_wrong_code_counts_and_the_sixth_try_is_refused(otto):
    asked = ask(open_event(otto))
    right = code_of(asked)
    wrong = "000000" if right != "000000" else "000001"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(registrations.WrongCode) as refusal:
            registrations.confirm(asked, wrong)
        assert (str(left) in refusal.value.message) == (left > 0)

    with pytest.raises(registrations.WrongCode, match="too often"):
        registrations.confirm(asked, right)
    registrations.send_code(asked)
    assert registrations.confirm(asked, code_of(asked)).state == "confirmed"


def test_the_code_can_be_typed_in_another_browser_by_the_link_of_the_mail(otto):
    asked = ask(open_event(otto))
    client = own_page(asked)
    page = client.post(reverse("event_code", args=[EVENT]), {"code": code_of(asked)})
    assert page["Location"] == reverse("my_registration", args=[EVENT])
    assert state_of(asked) == ["confirmed"]


def test_a_known_address_is_told_by_mail_and_nobody_else_learns_it(client, otto):
    event = open_event(otto)
    first = registered(event)

    answer = client.post(reverse("event_register", args=[event.slug]), PERSON)

    assert answer["Location"] == reverse("event_code", args=[event.slug])
    assert "event_known" in mails_of(first)
    again = Registration.objects.latest("pk")
    assert mails_of(again) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        states.advance(again, "confirmed", by=None, confirmed_at=timezone.now())


def test_a_full_event_makes_a_waiting_list_that_moves_up_and_tells(otto):
    event = open_event(otto, capacity=1)
    clara, olaf, dora = (registered(event, name) for name in ("Clara", "Olaf", "Dora"))
    assert state_of(clara, olaf, dora) == ["confirmed", "waiting", "waiting"]
    assert registrations.places_left(event) == 0

    registrations.cancel(clara)
    assert state_of(clara, olaf, dora) == ["cancelled", "offered", "waiting"]
    assert mails_of(olaf) == ["event_code", "event_waiting", "event_place_free"]
    late = registered(event, "Paula")
    assert late.state == "waiting", "nobody overtakes those who wait"

    olaf.refresh_from_db()
    registrations.cancel(olaf)
    assert state_of(olaf, dora, late) == ["cancelled", "offered", "waiting"]
    dora.refresh_from_db()
    registrations.accept_offer(dora)
    assert state_of(dora, late) == ["confirmed", "waiting"]


def test_silence_passes_the_place_on(otto):
    event = open_event(otto, capacity=1)
    clara, olaf, dora = (registered(event, name) for name in ("Clara", "Olaf", "Dora"))
    registrations.cancel(clara)
    assert waiting_list.keep_deadlines() == 0

    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        olaf.refresh_from_db()
        with pytest.raises(registrations.NotPossible, match="time to answer is over"):
            registrations.accept_offer(olaf)
        assert (waiting_list.keep_deadlines(), waiting_list.keep_deadlines()) == (1, 0)
        assert state_of(olaf, dora) == ["lapsed", "offered"]
    assert mails_of(olaf)[-1] == "event_offer_over"


def test_more_places_ask_more_people_and_fewer_are_refused(otto):
    event = open_event(otto, capacity=1)
    registered(event)
    olaf = registered(event, "Olaf")

    events.describe(event, capacity=2, by=otto)
    assert state_of(olaf) == ["offered"]
    with pytest.raises(events.StillBooked):
        events.describe(event, capacity=1, by=otto)


def test_a_closed_event_says_so_and_keeps_what_was_typed(client, otto):
    event = open_event(otto)
    with time_machine.travel(event.registration_until, tick=False):
        page = client.post(reverse("event_register", args=[event.slug]), PERSON, headers=ENGLISH)

    assert page.context["form"].non_field_errors() == [
        "Registration for this event is closed. Nothing was sent."
    ]
    assert 'value="Verein"' in page.content.decode()
    assert Registration.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_get_three_places(otto):
    event = open_event(otto, capacity=3)
    asked = [ask(event, f"Eile{n}") for n in range(8)]
    codes = [code_of(each) for each in asked]

    at_once(*[
        lambda e=each, c=code: registrations.confirm(e, c)
        for each, code in zip(asked, codes, strict=True)
    ])  # fmt: skip

    assert sorted(state_of(*asked)) == ["confirmed"] * 3 + ["waiting"] * 5


@pytest.mark.django_db(transaction=True)
def test_the_database_gives_no_place_twice_even_without_our_lock(otto):
    event = open_event(otto, capacity=1)
    asked = [ask(event, f"Eile{n}") for n in range(6)]
    refused = []

    def seize(each):
        try:
            states.advance(each, "confirmed", by=None, confirmed_at=timezone.now())
        except IntegrityError as error:
            refused.append(str(error))

    at_once(*[lambda e=each: seize(e) for each in asked])

    assert state_of(*asked).count("confirmed") == 1
    assert len([each for each in refused if "places-are-counted" in each]) == 5


def test_the_reminder_goes_out_exactly_once(otto):
    event = open_event(otto, days=20)
    clara = registered(event)
    waiting = registered(open_event(otto, title="Voll", capacity=1), "Olaf")
    with time_machine.travel(event.starts_at - dt.timedelta(hours=40), tick=False):
        registrations.cancel(waiting)
        first, second = registration_letters.remind_due(), registration_letters.remind_due()

    assert (first, second) == (1, 0)
    assert mails_of(clara).count("event_reminder") == 1


def test_everybody_is_told_of_a_new_time_and_of_the_end(otto):
    event = open_event(otto)
    clara = registered(event)
    hour = dt.timedelta(hours=1)

    events.describe(
        event, starts_at=event.starts_at + hour, ends_at=event.ends_at + hour, by=otto
    )  # fmt: skip
    events.describe(event, summary=text("Neues"), by=otto)
    events.cancel(event, text("Sturm", "Storm"), by=otto)

    assert mails_of(clara)[2:] == ["event_moved", "event_cancelled"]
    assert "Storm" in OutgoingMail.objects.get(kind="event_cancelled").body


def test_consents_are_separate_and_can_be_taken_back(otto):
    event = open_event(otto, mode="hybrid")
    asked = registered(event, listed=True, presence="digital")
    assert (asked.listed_since is not None, asked.photos_since) == (True, None)

    client = own_page(asked)
    client.post(
        reverse("my_registration", args=[EVENT]),
        {"name": "Clara", "presence": "on_site", "photos": "on"},
    )

    asked.refresh_from_db()
    assert (asked.listed_since, asked.photos_since is not None, asked.presence) == (
        None, True, "on_site",
    )  # fmt: skip


def test_only_those_who_agreed_are_told_to_those_who_have_a_place(otto):
    event = open_event(otto, capacity=3)
    clara = registered(event, "Clara")
    registered(event, "Olaf", listed=True, organisation="Verein")
    registered(event, "Dora")
    waiting = registered(event, "Paula", listed=True)

    page = own_page(clara).get(reverse("my_registration", args=[EVENT])).content.decode()
    assert "Olaf, Verein" in page
    assert "Dora" not in page
    assert "Paula" not in page
    kept_out = own_page(waiting).get(reverse("my_registration", args=[EVENT])).content.decode()
    assert "Olaf" not in kept_out


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


def test_the_list_for_the_door_is_no_formula(client, otto):
    event = open_event(otto)
    registered(event, "Clara", organisation="=1+1")
    answer = login(client, otto).get(reverse("event_guests_csv", args=[event.slug]))
    assert "Clara;'=1+1" in answer.content.decode("utf-8-sig")


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


@pytest.mark.django_db
def test_forged_links_open_nothing(client):
    assert client.get(reverse("registration_enter", args=["a~b"])).status_code == 404
    assert client.get(reverse("my_registration", args=[EVENT])).status_code == 404


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


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nickname": "bot"}, "A hidden field was filled in"),
        ({"stamp": ""}, "That was very quick."),
        ({"email": f"{'a' * 250}@example.org"}, "at most 254 characters"),
    ],
)
def test_a_program_registers_nobody_and_a_person_keeps_what_was_typed(
    client, otto, changed, sentence
):
    address = reverse("event_register", args=[open_event(otto).slug])
    page = client.post(address, {**PERSON, **changed}, headers=ENGLISH).content.decode()
    assert sentence in page
    assert 'value="Verein"' in page
    assert 'name="stamp" value="' in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize("limit", ["FOR_EVENT", "FROM_EVERYBODY"])
def test_nobody_has_the_portal_write_to_any_number_of_addresses(otto, limit):
    event, other = open_event(otto), open_event(otto, title="Anderer")
    asked = ask(event)
    most = getattr(registrations, limit)
    subject = str(event.pk) if limit == "FOR_EVENT" else "everybody"
    for _n in range(most.at_most - 1):
        most.use(subject)
    with pytest.raises(TooOften):
        ask(event, "Olaf")
    with pytest.raises(TooOften):
        registrations.send_code(asked)
    if limit == "FOR_EVENT":
        assert ask(other, "Olaf").pk
    assert OutgoingMail.objects.filter(kind="event_code").count() == 1 + (limit == "FOR_EVENT")


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


def test_whoever_is_invited_does_not_register_here(client, otto):
    event = open_event(otto)
    with pytest.raises(events.ByInvitation):
        events.describe(event, access="invited", by=otto)
    with pytest.raises(IntegrityError, match="for_everybody"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(access="invited")
    office = login(client, otto)
    address = reverse("event_edit", args=[event.slug])
    form = office.get(address, headers=ENGLISH).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    page = office.post(address, {**sent, "topics": [], "access": "invited"}, headers=ENGLISH)
    assert page.context["form"].errors == {
        "access": ["Everybody can register here. Open the event to everybody, or take the day out."]
    }


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
