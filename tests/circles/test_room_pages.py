"""The room as five people find it, what it costs, and the ways into it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles import permissions
from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.models import Offer, RoomFile, Task
from circles.seating import circles, memberships, offers
from formats.sittings import agenda, places
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from tests.circles.factories import circle_at_work, text
from tests.conftest import login, make_user

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.req("R114")]
ENGLISH = {"accept-language": "en"}
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PDF = b"%PDF-1.7\nWort\n%%EOF\n"
CANARY = "Kanari-im-Raum"


@pytest.fixture
def circle(otto):
    return circle_at_work(otto, members=4)


def member(n: int) -> User:
    return User.objects.get(email=f"seat{n}@example.org")


def fill(circle, otto, many=1):
    """Everything a room holds, with the canary in each private field."""
    seats = list(memberships.members_of(circle))
    start = timezone.now() + 9 * DAY
    for n in range(many):
        tasks.add(
            circle, title=CANARY, note=CANARY, owner=seats[n % 3],
            due_on=timezone.localdate() + DAY, by=otto,
        )  # fmt: skip
        room_files.add(circle, name=CANARY, data=PDF, by=otto)
        announcements.announce(circle, title=CANARY, text=CANARY, by=otto)
        when = start + n * DAY
        date_polls.ask(circle, title=CANARY, place=CANARY, options=[(when, when + HOUR)], by=otto)
        meeting = gatherings.plan(
            circle, starts_at=when, ends_at=when + HOUR, place=CANARY, by=otto
        )
        agenda.add_item(meeting, text(CANARY), explanation=text(CANARY), is_public=False, by=otto)
    return meeting


def inner(circle, meeting) -> list[str]:
    """Every page of the room that is read."""
    slug, place = circle.slug, [circle.slug, meeting.year, meeting.ordinal]
    pages = [
        reverse(name, args=[slug])
        for name in ("room", "announcement_list", "gathering_list", "task_list", "room_file_list")
    ]
    pages += [reverse(name, args=place) for name in ("gathering", "gathering_calendar")]
    pages.append(reverse("room_file", args=[slug, circle.files.latest("pk").pk]))
    pages.append(reverse("date_poll", args=[slug, circle.date_polls.latest("pk").pk]))
    return pages


@pytest.fixture
def strangers(circle, otto, clara, dora, olaf):
    """Nobody of the circle: outsider, applicant, member elsewhere, member of the D.I.V., former."""
    elsewhere = circle_at_work(otto, members=5, name="Anderswo")
    former = member(4)
    memberships.give_back(circle.seats.get(number=4), by=former)
    of_another = holder_of(elsewhere, 5)
    return {
        "outsider": olaf, "applicant": clara, "other circle": of_another, "D.I.V.": dora,
        "former member": former,
    }  # fmt: skip


def holder_of(circle, number) -> User:
    return circle.seats.get(number=number).holder


def test_whoever_does_not_belong_there_finds_nothing(client, circle, otto, strangers):
    meeting = fill(circle, otto)
    everywhere = [
        reverse("circle", args=[circle.slug]), reverse("my"), reverse("my_data"), reverse("home"),
        reverse("event_calendar"), reverse("div"), reverse("div_calendar"), reverse("desk"),
    ]  # fmt: skip
    for who, person in strangers.items():
        assert not permissions.can_enter_room(person, circle), who
        login(client, person)
        for path in inner(circle, meeting):
            assert client.get(path).status_code == 404, (who, path)
        for path in everywhere:
            answer = client.get(path, follow=True)
            assert CANARY not in answer.content.decode(), (who, path)
            assert f"/zirkel/{circle.slug}/raum/" not in answer.content.decode(), (who, path)
    client.logout()
    for path in inner(circle, meeting):
        assert reverse("account_login") in client.get(path)["Location"]


def test_members_the_chair_and_the_office_enter(client, circle, otto):
    meeting = fill(circle, otto)
    viktor = make_user("Viktor", factor=True)
    mandates.grant(viktor, Role.CHAIR, circle, by=None)
    for person in (member(1), viktor, otto):
        assert permissions.can_enter_room(person, circle)
        login(client, person)
        for path in inner(circle, meeting):
            assert client.get(path).status_code == 200, path
        circle_page = client.get(reverse("circle", args=[circle.slug])).content.decode()
        assert f'href="/zirkel/{circle.slug}/raum/"' in circle_page


@pytest.mark.usefixtures("drawn_ground")
def test_whoever_is_reached_by_a_shared_mailbox_gets_in_and_works(client, drawn, otto, clara):
    circle = drawn.draw.call.circle
    circles.begin_work(circle, reason=text("Ein Anfang."), by=otto)
    circle.refresh_from_db()
    offer = Offer.objects.select_related("application__user").get(place=1)
    offers.answer(offer, accept=True, by=offer.application.user)
    type(offer.application).objects.filter(pk=offer.application_id).update(reached_by=clara)
    start = timezone.now() + 9 * DAY
    poll = date_polls.ask(
        circle, title="Auftakt", place="x", options=[(start, start + HOUR)], by=otto
    )
    login(client, clara)
    assert client.get(reverse("room", args=[circle.slug])).status_code == 200
    path = reverse("date_poll", args=[circle.slug, poll.pk])
    client.post(path, {f"option_{poll.options.get().pk}": "yes"})
    said = poll.options.get().answers.get()
    assert said.member.person == offer.application.user
    assert "Auftakt" not in client.get(reverse("my")).content.decode()


@pytest.mark.parametrize("who", ["member", "office"])
def test_the_front_page_asks_as_often_for_many_as_for_one(client, circle, otto, who):
    asked = []
    for many in (1, 8):
        fill(circle, otto, many)
        login(client, member(1) if who == "member" else otto)
        path = reverse("room", args=[circle.slug])
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] == 12


@pytest.mark.parametrize(
    "name", ["gathering_list", "task_list", "room_file_list", "announcement_list"]
)
def test_the_lists_ask_as_often_for_three_as_for_one(client, circle, otto, name):
    asked = []
    for many in (1, 2):
        fill(circle, otto, many)
        login(client, member(1))
        client.get(reverse(name, args=[circle.slug]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name, args=[circle.slug]))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_a_meeting_asks_as_often_for_three_items_as_for_one(client, circle, otto):
    meeting, asked = fill(circle, otto), []
    path = reverse("gathering", args=[circle.slug, meeting.year, meeting.ordinal])
    for more in (0, 2):
        for _ in range(more):
            agenda.add_item(meeting, text("Noch einer"), is_public=False, by=otto)
        login(client, otto)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_waits_for_a_member_stands_in_the_room_on_the_own_page_and_on_the_desk(
    client, circle, otto
):
    tasks.add(
        circle, title="Umfrage auswerten", owner=memberships.term_of(circle, member(1)),
        due_on=timezone.localdate() - DAY, by=otto,
    )  # fmt: skip
    login(client, member(1))
    for path in (reverse("room", args=[circle.slug]), reverse("my")):
        words = client.get(path, headers=ENGLISH).content.decode()
        assert "Umfrage auswerten" in words
        assert "overdue" in words
    mandates.grant(member(1), Role.DIV_MEMBER, by=None)
    login(client, member(1))
    desk = client.get(reverse("desk"), headers=ENGLISH).context["desk"]
    assert "Umfrage auswerten" in [item.what for item in desk.due]
    login(client, member(2))
    assert "Umfrage auswerten" not in client.get(reverse("my")).content.decode()


def test_the_desk_of_the_office_leads_to_rooms_and_their_meetings(client, circle, otto):
    login(client, otto)
    items = client.get(reverse("desk"), headers=ENGLISH).context["desk"]
    every = [*items.waiting, *items.coming, *items.due]
    assert [item.url for item in every if "/raum/" in item.url] == [
        reverse("room", args=[circle.slug])
    ]
    fill(circle, otto)
    items = client.get(reverse("desk"), headers=ENGLISH).context["desk"]
    every = [*items.waiting, *items.coming, *items.due]
    meeting = gatherings.of_circle(circle).get()
    assert [item.url for item in every if "/raum/" in item.url] == [places.path_of(meeting)]


def test_a_file_is_taken_along_and_never_shown_as_a_page(client, circle):
    login(client, member(1))
    path = reverse("room_file_list", args=[circle.slug])
    client.post(path, {"name": "Plan", "file": SimpleUploadedFile("a.pdf", PDF)})
    kept = RoomFile.objects.get()
    answer = client.get(reverse("room_file", args=[circle.slug, kept.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="Plan.pdf"'
    assert (answer["Content-Type"], answer.content) == ("application/pdf", PDF)
    refused = client.post(
        path, {"name": "Seite", "file": SimpleUploadedFile("a.html", b"<script>")},
        headers=ENGLISH,
    )  # fmt: skip
    words = refused.content.decode()
    assert "none of these kinds" in words
    assert 'value="Seite"' in words, "what was typed is kept"
    assert RoomFile.objects.count() == 1


def test_a_task_without_its_words_says_what_is_missing_and_keeps_the_rest(client, circle):
    login(client, member(1))
    answer = client.post(
        reverse("task_list", args=[circle.slug]), {"title": "Wege zählen"}, headers=ENGLISH
    )
    words = answer.content.decode()
    assert "Please choose who does it." in words
    assert 'value="Wege zählen"' in words
    assert not Task.objects.exists()


def test_dates_are_shown_in_two_zones(client, circle, otto):
    starts = dt.datetime(timezone.localdate().year + 1, 7, 1, 16, tzinfo=dt.UTC)
    poll = date_polls.ask(
        circle, title="Auftakt", place="x", options=[(starts, starts + HOUR)], by=otto
    )
    login(client, member(1))
    path = reverse("date_poll", args=[circle.slug, poll.pk])
    assert "18:00" in client.get(path, headers=ENGLISH).content.decode()
    both = client.get(path, {"zone": "Europe/Helsinki"}, headers=ENGLISH).content.decode()
    assert "18:00 in Berlin, 19:00 in Helsinki" in both
    nowhere = client.get(path, {"zone": "Mars/Olympus"}, headers=ENGLISH)
    assert (nowhere.status_code, nowhere.context["other_zone"]) == (200, "")


def test_a_date_poll_is_asked_and_settled_on_pages(client, circle, otto):
    office = login(client, otto)
    day = timezone.localdate() + 20 * DAY
    answer = office.post(
        reverse("date_poll_ask", args=[circle.slug]),
        {"title": "Auftakt", "place": "Raum 3", "day_1": f"{day}", "starts_1": "18:00",
         "ends_1": "20:00", "day_2": f"{day + DAY}", "starts_2": "18:00", "ends_2": "17:00"},
        headers=ENGLISH,
    )  # fmt: skip
    assert "The meeting ends before it begins." in answer.content.decode()
    office.post(
        reverse("date_poll_ask", args=[circle.slug]),
        {"title": "Auftakt", "place": "Raum 3", "day_1": f"{day}", "starts_1": "18:00",
         "ends_1": "20:00"},
    )  # fmt: skip
    poll = circle.date_polls.get()
    office.post(reverse("date_poll_settle", args=[circle.slug, poll.pk, 1]))
    poll.refresh_from_db()
    assert (poll.state, timezone.localtime(poll.meeting.starts_at).date()) == ("settled", day)
    assert office.post(
        reverse("date_poll_settle", args=[circle.slug, poll.pk, 2])
    ).status_code == 404  # fmt: skip


def test_the_room_says_who_can_see_it(client, circle):
    login(client, member(1))
    words = client.get(reverse("room", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "Only its members, whoever leads it and the office see this room" in words


@pytest.mark.req("R123")
def test_the_public_page_says_that_decisions_are_preparatory(client, circle):
    words = client.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "What the circle decides prepares decisions of the council" in words


@pytest.mark.req("R124")
def test_the_public_page_shows_the_purpose_of_innovation(client, circle):
    words = client.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "Zweck des Zirkels" in words
    assert "The circle is a cell of innovation" in words
