"""Events: no more exact than known, announced, held, cancelled or replaced, and told below."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from formats.events import events, forums, outcomes, programmes, when
from formats.models import Contributor, Event, EventSession
from foundation import states
from foundation.documents.models import StoredFile
from foundation.states import UndeclaredMove
from partnerships.course import encounters
from partnerships.models import Encounter, Topic
from tests.conftest import login
from tests.formats.event_factories import announced, in_days, make_event, open_event, registered
from tests.formats.factories import text
from tests.formats.learning_factories import make_actor

ENGLISH = {"accept-language": "en"}
DAY, MONTH, SEASON = (
    Encounter.Precision.DAY, Encounter.Precision.MONTH, Encounter.Precision.SEASON,
)  # fmt: skip


def page_of(event: Event, client: Client | None = None) -> str:
    client = client or Client()
    return client.get(reverse("event", args=[event.slug]), headers=ENGLISH).content.decode()


@pytest.mark.req("R29")
@pytest.mark.req("R53")
@pytest.mark.req("R143")
@pytest.mark.req("R145")
@pytest.mark.parametrize(
    ("first", "last", "precision", "tentative", "german", "until"),
    [
        ((2020, 9, 1), None, MONTH, False, "September 2020", (2020, 9, 30)),
        ((2022, 7, 1), None, SEASON, False, "Sommer 2022", (2022, 8, 31)),
        ((2020, 10, 1), None, SEASON, True, "voraussichtlich Herbst 2020", (2020, 11, 30)),
        ((2026, 12, 5), None, SEASON, False, "Winter 2026/27", (2027, 2, 28)),
        ((2027, 1, 5), None, SEASON, False, "Winter 2027", (2027, 2, 28)),
        ((2018, 5, 28), (2018, 5, 30), DAY, False, "28. bis 30. Mai 2018", (2018, 5, 30)),
        ((2018, 5, 30), (2018, 6, 1), DAY, False, "30. Mai 2018 bis 1. Juni 2018", (2018, 6, 1)),
        ((2019, 2, 26), (2019, 2, 26), DAY, False, "26. Februar 2019", (2019, 2, 26)),
    ],
)
def test_dates_say_no_more_than_is_known(first, last, precision, tentative, german, until):
    first, last = dt.date(*first), dt.date(*last) if last else None

    with translation.override("de"):
        assert when.when_text(first, last, precision, is_tentative=tentative) == german
    assert when.last_day(first, last, precision) == dt.date(*until)


@pytest.mark.req("R145")
def test_attendance_may_be_rounded():
    with translation.override("de"):
        said = [
            when.attendance_text(n, about) for n, about in ((80, True), (1, False), (None, True))
        ]
    assert said == ["rund 80 Personen", "1 Person", ""]


def test_an_event_of_several_days_is_not_over_on_its_second(otto):
    today = timezone.localdate()
    event = announced(
        otto, starts_on=today - dt.timedelta(days=1), ends_on=today + dt.timedelta(days=1)
    )
    season = announced(otto, title="Saison", starts_on=today, precision=SEASON)
    gone = announced(otto, title="Vorbei", starts_on=today - dt.timedelta(days=1))
    someday = announced(otto, title="Irgendwann")

    coming = Event.objects.coming(today)
    assert list(coming) == [event, season, someday]
    assert list(Event.objects.over(today)) == [gone]


@pytest.mark.req("R54")
@pytest.mark.req("R40")
def test_places_in_several_cities_and_who_makes_it_happen(otto, pair):
    event = announced(otto, mode="on_site", partnership=pair)
    one, two = (party.municipality for party in pair.parties.order_by("position"))
    events.put_places(event, [("Rathaus", one, "Niederwall 25"), ("Tampere", two, "")], by=otto)
    programmes.involve(event, "initiator", function=text("Staatssekretär"), by=otto)
    programmes.involve(event, "organiser", function=text("Innovationsbüro"), by=otto)

    page = page_of(event)

    for words in ("Rathaus, Bielefeld", "Niederwall 25", "Tampere", "on site"):
        assert words in page
    assert "<dt>Organiser</dt><dd>Innovationsbüro</dd>" in page
    assert "<dt>Initiator</dt><dd>Staatssekretär</dd>" in page


@pytest.mark.req("R135")
def test_a_name_is_shown_only_with_consent(otto):
    event = announced(otto)
    who = {"function": text("Professorin"), "name": "Frida Fiktiv", "by": otto}

    with pytest.raises(programmes.NotAgreed):
        programmes.involve(event, "co_moderator", **who)
    with pytest.raises(programmes.NobodyNamed):
        programmes.involve(event, "moderator", name="Frida", agreed=True, by=otto)
    made = programmes.involve(event, "co_moderator", **who, agreed=True)

    assert made.named_since == timezone.localdate()
    assert "Frida Fiktiv, Professorin" in page_of(event)
    programmes.release(made, by=otto)
    assert "Frida" not in page_of(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contributor.objects.create(event=event, role="speaker", function=text("X"), name="Ohne")


@pytest.mark.req("R27")
def test_what_does_not_take_place_says_why_on_the_partnership_too(otto, pair):
    event = announced(otto, partnership=pair, kind="visit", mode="on_site")
    known = Encounter.objects.get(partnership=pair)
    assert (known.state, known.page) == ("planned", reverse("event", args=[event.slug]))

    with pytest.raises(events.ReasonMissing):
        events.cancel(event, text(""), by=otto)
    events.cancel(event, text("Pandemie", "Pandemic"), replaced=True, by=otto)

    known.refresh_from_db()
    assert (event.state, known.state, known.reason.get("en")) == (
        "replaced",
        "replaced",
        "Pandemic",
    )
    assert "Replaced by a digital form.</b> Pandemic" in page_of(event)
    with pytest.raises(UndeclaredMove):
        events.hold(event, by=otto)


def test_held_is_written_into_the_partnership_once(otto, pair):
    promise = pair.exchange_formats.get()
    event = announced(
        otto, partnership=pair, starts_on=timezone.localdate(), exchange_format=promise,
        mode="digital",
    )  # fmt: skip

    events.hold(event, attendance=80, is_about=True, by=otto)

    row = Encounter.objects.get()
    assert (row.state, row.on, row.setting, row.exchange_format) == (
        "held", timezone.localdate(), "digital", promise,
    )  # fmt: skip
    assert "about 80 people" in page_of(event)


def test_a_meeting_of_the_partnership_gets_its_page_and_no_twin(otto, pair):
    known = encounters.note(pair, title=text("Roundtable"), by=otto, on=dt.date(2020, 9, 1),
                            precision=MONTH, state=Encounter.State.HELD)  # fmt: skip
    event = make_event(otto, partnership=pair, encounter=known, starts_on=dt.date(2020, 9, 1),
                       precision=MONTH)  # fmt: skip
    events.publish(event, by=otto)
    events.hold(event, by=otto)

    assert Encounter.objects.get().subject_id == str(event.pk)
    with pytest.raises(encounters.NotInItsPlace):
        make_event(otto, title="Zweite", encounter=known)


def test_new_facts_reach_the_partnership(otto, pair):
    event = announced(otto, partnership=pair, starts_on=dt.date(2031, 5, 1))
    events.describe(event, title=text("Neuer Titel"), starts_on=dt.date(2031, 6, 1), by=otto)

    row = Encounter.objects.get()
    assert (row.title.get("de"), row.on) == ("Neuer Titel", dt.date(2031, 6, 1))


def test_what_has_not_begun_was_not_held(otto):
    event = announced(otto, starts_on=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(events.TooEarly):
        events.hold(event, by=otto)


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": dt.date(2031, 5, 2), "ends_on": dt.date(2031, 5, 1)},
        {"starts_at": in_days(3), "ends_at": in_days(2)},
        {"starts_at": in_days(3), "ends_at": in_days(3)},
        {"starts_on": dt.date(2031, 5, 2), "registration_until": in_days(1)},
        {"starts_at": in_days(3), "ends_at": in_days(4), "registration_until": in_days(5)},
    ],
)
def test_what_ends_before_it_begins_is_refused(otto, fields):
    with pytest.raises(events.NotInOrder):
        make_event(otto, **fields)
    assert Event.objects.count() == 0


def test_the_database_keeps_it_too(otto):
    event = make_event(otto, starts_on=dt.date(2031, 5, 2))
    for wrong in ({"ends_on": dt.date(2031, 5, 1)}, {"precision": "unknown"}, {"title": {}},
                  {"state": "held"}, {"ordinal": 1}, {"predecessor_id": event.pk}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**wrong)


@pytest.mark.req("R50")
@pytest.mark.req("R141")
def test_what_follows_is_linked_both_ways(otto):
    first = announced(otto, title="Erstes")
    second = announced(otto, title="Zweites", predecessor=first)
    hidden = make_event(otto, title="Geheim", predecessor=first)

    assert f'href="{reverse("event", args=[second.slug])}"' in page_of(first)
    assert f'href="{reverse("event", args=[first.slug])}"' in page_of(second)
    assert hidden.slug not in page_of(first)


@pytest.mark.req("R148")
def test_numbers_within_a_forum_are_given_once(otto):
    forum = forums.found("Ruhr-Konferenz", title=text("Innovation"), number=17, by=otto)
    forums.publish(forum, by=otto)
    event = announced(otto, forum=forum, ordinal=2)

    with pytest.raises(events.NumberTaken):
        make_event(otto, title="Noch eine", forum=forum, ordinal=2)
    with pytest.raises(forums.NumberTaken):
        forums.found("Ruhr-Konferenz", title=text("Anderes"), number=17, by=otto)
    assert "event no. 2 of the forum" in page_of(event)


@pytest.mark.req("R138")
def test_parts_of_the_programme_with_guiding_questions(client, otto):
    event = open_event(otto)
    office = login(client, otto)
    start = event.starts_at.astimezone(dt.UTC)
    add = reverse("session_create", args=[event.slug])
    office.post(add, {"title_de": "Workshop 1", "kind": "workshop",
                      "questions_de": "Wer vermarktet?\nWer zahlt?"})  # fmt: skip
    office.post(add, {"title_de": "Workshop 2", "kind": "workshop"})

    second = EventSession.objects.get(position=2)
    office.post(reverse("session_up", args=[event.slug, second.pk]))
    page = page_of(event)
    assert page.index("Workshop 2") < page.index("Workshop 1")
    assert "Wer vermarktet?<br>Wer zahlt?" in page
    with pytest.raises(programmes.OutsideTheEvent):
        programmes.add_session(
            event, title=text("Davor"), starts_at=start - dt.timedelta(hours=1),
            ends_at=start, by=otto,
        )  # fmt: skip


def test_files_of_an_event_are_pdfs_and_go_for_good(client, otto):
    event = announced(otto)
    add = reverse("event_material_add", args=[event.slug])
    office = login(client, otto)
    wrong = SimpleUploadedFile("a.pdf", b"MZ", "application/pdf")
    page = office.post(add, {"title_de": "Folien", "file": wrong}, headers=ENGLISH)
    assert "file" in page.context["form"].errors
    assert 'value="Folien"' in page.content.decode()
    right = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    office.post(add, {"title_de": "Folien", "file": right})

    material = event.materials.get()
    path = reverse("event_material", args=[event.slug, material.pk])
    assert f'<a href="{path}">Folien</a>' in page_of(event)
    answer = Client().get(path)
    assert (answer.content, answer["Content-Disposition"].split(";")[0]) == (
        b"%PDF-1.7\n%%EOF", "attachment",
    )  # fmt: skip
    office.post(reverse("event_material_remove", args=[event.slug, material.pk]))
    assert Client().get(path).status_code == 404
    assert StoredFile.objects.get(pk=material.file_id).purged_at is not None


def test_only_the_office_sees_what_is_in_planning(client, otto, clara):
    event = make_event(otto, title="Geheimplan")
    page = reverse("event", args=[event.slug])

    assert client.get(page).status_code == 404
    assert "Geheimplan" not in client.get(reverse("event_list")).content.decode()
    assert login(Client(), clara).get(page).status_code == 404
    office = login(Client(), otto)
    assert office.get(page).status_code == 200
    office.post(reverse("event_publish", args=[event.slug]))
    assert client.get(page).status_code == 200


def test_the_night_of_the_clock_change_is_refused_and_nothing_is_lost(client, otto):
    typed = {
        "kind": "workshop", "title_language": "de", "title_de": "Nachtschicht", "access": "open",
        "precision": "day", "time_zone": "Europe/Berlin", "starts_day": "2031-03-30",
        "starts_time": "02:30", "ends_time": "05:00", "place_1": "Sternwarte",
    }  # fmt: skip
    office = login(client, otto)

    page = office.post(reverse("event_create"), typed, headers=ENGLISH)

    assert page.context["form"].errors == {
        "starts_time": ["This time does not exist: the clocks are put forward then."]
    }
    assert 'value="Sternwarte"' in page.content.decode()
    assert Event.objects.count() == 0


@pytest.mark.req("R49")
def test_filters_find_topic_kind_words_and_month(client, otto, pair):
    topic = Topic.objects.create(slug="smart-city", name=text("Smart City"), sort_de="smart city")
    hit = announced(otto, title="Führung", kind="visit", topics=[topic], partnership=pair,
                    starts_on=dt.date(2031, 5, 2), mode="on_site")  # fmt: skip
    announced(otto, title="Anderes", starts_on=dt.date(2031, 6, 2))

    for query in ("?q=fuehrung", "?art=visit", "?thema=smart-city", "?wie=on_site",
                  f"?partnerschaft={pair.slug}", "?monat=2031-05"):  # fmt: skip
        page = client.get(reverse("event_list") + query).context
        assert list(page["page_obj"]) == [hit], query
    assert client.get(reverse("event_list") + "?art=quatsch&monat=2031-13").status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_many_questions_for_three_as_for_one(
    client, otto, pair, many, django_assert_num_queries
):
    for n in range(many):
        event = announced(
            otto, title=f"Termin {n}", partnership=pair, starts_on=dt.date(2031, 5, 2)
        )
        events.put_places(event, [("Rathaus", None, "")], by=otto)

    for query, asked in (("", 7), ("?monat=2031-05", 6)):
        with django_assert_num_queries(asked):
            client.get(reverse("event_list") + query)


def test_the_page_of_an_event_asks_no_more_with_more_on_it(client, otto, pair):
    asked = []
    for many in (1, 3):
        event = open_event(otto, title=f"Mit {many}", partnership=pair, capacity=9)
        house = make_actor(f"Haus {many}")
        for n in range(many):
            part = programmes.add_session(event, title=text(f"Teil {n}"), by=otto)
            for session in (part, None):
                programmes.involve(event, "speaker", actor=house, session=session, by=otto)
            outcomes.raise_topic(event, text(f"Thema {n}"), by=otto)
            outcomes.meet(event, name=f"Haus {n}", by=otto)
            registered(event, f"Gast{n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("event", args=[event.slug]))
        asked.append(len(queries))

    assert asked == [16, 16]


def test_the_form_of_the_office_does_not_ask_more_with_more_events(client, otto, pair):
    office = login(client, otto)
    office.get(reverse("event_list"))
    asked = []
    for n in range(3):
        announced(otto, title=f"Frei {n}")
        encounters.note(pair, title=text(f"Treffen {n}"), by=otto)
        with CaptureQueriesContext(connection) as queries:
            page = office.get(reverse("event_create"), headers=ENGLISH).content.decode()
        asked.append(len(queries))

    assert asked[0] == asked[2]
    assert f"{pair.name}: Treffen 0" in page
    assert "Frei 0 (en)" in page


def test_a_calendar_of_five_thousand_asks_no_more(client, otto, django_assert_num_queries):
    day = dt.date(2031, 1, 1)
    Event.objects.bulk_create(
        Event(
            slug=f"termin-{n}", kind="workshop", title=text(f"Termin {n}"), folded=f"termin {n}",
            starts_on=day + dt.timedelta(days=n % 300), until=day + dt.timedelta(days=n % 300),
        )
        for n in range(5000)
    )  # fmt: skip
    states.advance_all(Event.objects.all(), "published", by=otto, published_at=timezone.now())

    for query, asked in (("", 6), ("?page=200", 6), ("?q=termin+77", 6), ("?monat=2031-05", 5)):
        with django_assert_num_queries(asked):
            page = client.get(reverse("event_list") + query)
        assert page.status_code == 200
        assert len(page.content) < 60_000
