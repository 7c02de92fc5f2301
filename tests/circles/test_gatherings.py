"""Meetings of a circle, from planning to approved minutes, on pages of its own and nowhere else."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from circles.gathering import gatherings
from circles.models import Circle, Offer, SeatTerm
from circles.seating import acting, circles, memberships, messages, offers
from circles.views.call_plan import sessions as sessions_for_draws
from formats.events import calendar_links, event_calendars
from formats.forms.div import AdoptionForm
from formats.forms.order import ResultForm
from formats.models import AgendaItem, Meeting, Minutes
from formats.sittings import agenda, minutes_paper, places, session_calendars, sessions
from foundation import states
from foundation.accounts.models import User
from foundation.mail.models import OutgoingMail
from tests.circles.factories import circle_at_work, text
from tests.conftest import login

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.req("R114")]
HOUR = dt.timedelta(hours=1)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def circle(otto):
    return circle_at_work(otto, members=4)


def plan(circle, otto, *, hours=24 * 20) -> Meeting:
    starts = timezone.now() + hours * HOUR
    return gatherings.plan(circle, starts_at=starts, ends_at=starts + HOUR, place="Raum 3", by=otto)


def member(n: int) -> User:
    return User.objects.get(email=f"seat{n}@example.org")


def page(circle, meeting, route="gathering", *more) -> str:
    return reverse(route, args=[circle.slug, meeting.year, meeting.ordinal, *more])


def test_from_planning_to_approved_minutes(client, circle, otto, do_work):
    office = login(client, otto)
    soon = timezone.localtime() + dt.timedelta(minutes=30)
    if (soon.hour, soon.minute) == (23, 59):
        soon += dt.timedelta(minutes=1)
    # It ends on the day on which it begins, also late in the evening.
    ends = min(soon + HOUR, soon.replace(hour=23, minute=59))
    answer = office.post(
        reverse("gathering_plan", args=[circle.slug]),
        {"day": f"{soon:%Y-%m-%d}", "starts": f"{soon:%H:%M}", "ends": f"{ends:%H:%M}",
         "place": "Raum 3"},
    )  # fmt: skip
    meeting = Meeting.objects.get(body=circle.body)
    assert (answer["Location"], meeting.is_public) == (page(circle, meeting), False)
    for title in ("Erstens", "Zweitens"):
        office.post(page(circle, meeting), {"title": title})
    office.post(page(circle, meeting, "gathering_raise", 2))
    assert [str(item.title) for item in meeting.agenda_items.all()] == ["Zweitens", "Erstens"]
    assert not AgendaItem.objects.filter(is_public=True).exists()

    office.post(page(circle, meeting, "gathering_invite"))
    held = OutgoingMail.objects.filter(kind="meeting_invitation")
    assert sorted(held.values_list("to", "state")) == [
        (f"seat{n}@example.org", "held") for n in range(1, 5)
    ]
    shown = office.get(page(circle, meeting, "gathering_letters"))
    mails = [mail.pk for mail in shown.context["bundles"][0].mails]
    office.post(page(circle, meeting, "gathering_letters"), {"mails": mails, "is_read": "on"})
    assert set(held.values_list("state", flat=True)) == {"queued"}

    office.post(page(circle, meeting, "gathering_open"))
    seats = circle.body.memberships.order_by("pk")
    for each in seats[:3]:
        office.post(page(circle, meeting, "gathering_arrive", each.pk))
    office.post(page(circle, meeting, "gathering_leave", seats[0].pk))
    shown = office.get(page(circle, meeting), headers=ENGLISH).content.decode()
    assert "2 of 4 votes present, 3 needed" in shown
    office.post(page(circle, meeting, "gathering_item", 1), {"text": "Alle waren gehört."})
    office.post(page(circle, meeting, "gathering_result", 1), {"result_de": "Es bleibt dabei."})
    office.post(page(circle, meeting, "gathering_close"))
    office.post(page(circle, meeting, "gathering_people"), {"chair": "Vera", "taker": "Otto"})
    office.post(page(circle, meeting, "gathering_submit"))
    found = Minutes.objects.get(meeting=meeting)
    assert found.state == "submitted"
    told = OutgoingMail.objects.filter(kind="minutes_submitted")
    assert {page(circle, meeting) in mail.body for mail in told} == {True}
    assert office.get(page(circle, meeting, "gathering_approve")).status_code == 404

    later = plan(circle, otto, hours=0.9)
    agenda.add_item(later, text("Niederschrift"), by=otto)
    gatherings.invite(circle, later, by=otto)
    sessions.open_session(later, by=otto)
    office.post(page(circle, meeting, "gathering_approve"), {"objections": ""})
    do_work()
    found.refresh_from_db()
    assert (found.state, found.approved_in) == ("approved", later)
    assert minutes_paper.issued(found, internal=False) is None
    words = minutes_paper.page_of(found, internal=True)
    assert "Gremium 2" in words
    assert "Mitglied 2" not in words, "minutes of a circle say who sent somebody, no names"
    paper = login(client, member(4)).get(page(circle, meeting, "gathering_paper"))
    assert paper.content.startswith(b"%PDF")


def test_mails_lead_to_the_room_and_never_to_the_pages_of_the_div(circle, otto):
    meeting = plan(circle, otto)
    agenda.add_item(meeting, text("Erstens"), is_public=False, by=otto)
    gatherings.invite(circle, meeting, by=otto)
    gatherings.move(
        circle, meeting, starts_at=meeting.starts_at + HOUR, ends_at=meeting.ends_at + HOUR,
        place="Raum 4", by=otto,
    )  # fmt: skip
    gatherings.cancel(meeting, reason="krank", by=otto)
    mails = OutgoingMail.objects.filter(subject_type="formats.meeting")
    assert {mail.kind for mail in mails} == {
        "meeting_invitation", "meeting_moved", "meeting_cancelled"
    }  # fmt: skip
    name = "Innovationszirkel Abends gut nach Hause"
    invited = mails.filter(kind="meeting_invitation").latest("pk")
    assert f"wir laden Sie zum Treffen {meeting.number} ein: {name}." in invited.body
    for mail in mails:
        assert "/div/" not in mail.body
        assert "nicht öffentlich" not in mail.body  # nothing here ever is
        assert f"des {name}" not in mail.body
        assert page(circle, meeting) in mail.body
        data = mail.attachments.get().file
        assert data.name.endswith(".ics")
    entry = session_calendars.calendar([meeting], title="x").decode().replace("\r\n ", "")
    assert re.search(r"URL:\S+" + re.escape(page(circle, meeting)), entry)
    assert not Meeting.objects.exclude(pack=None).exists()


def test_whoever_left_gets_no_invitation_also_today(circle, otto):
    meeting = plan(circle, otto, hours=1)
    agenda.add_item(meeting, text("Erstens"), by=otto)
    memberships.give_back(circle.seats.get(number=2), by=member(2))
    gatherings.invite(circle, meeting, by=otto)
    told = OutgoingMail.objects.filter(kind="meeting_invitation")
    assert sorted(told.values_list("to", flat=True)) == [
        "seat1@example.org", "seat3@example.org", "seat4@example.org"
    ]  # fmt: skip


def test_nothing_of_it_stands_where_everybody_reads(client, circle, otto, dora, olaf):
    meeting = plan(circle, otto)
    item = agenda.add_item(meeting, text("Geheimes Wort"), by=otto)
    for stranger in (AnonymousUser(), dora, olaf):
        assert not Meeting.objects.visible_to(stranger).filter(pk=meeting.pk).exists()
        assert not AgendaItem.objects.visible_to(stranger).filter(pk=item.pk).exists()
    lists = [reverse(name) for name in ("div_calendar", "div_feed", "home", "circle_list", "div")]
    lists += [reverse("circle", args=[circle.slug])]
    lists += [
        reverse("oparl_list", args=[kind])
        for kind in ("meeting", "agendaitem", "membership", "organization", "paper")
    ]
    for user in (None, otto, member(1)):
        if user is not None:
            login(client, user)
        for path in lists:
            answer = client.get(path)
            words = answer.content.decode()
            assert "Geheimes Wort" not in words, path
            assert "Raum 3" not in words, path
            assert circle.body.name not in words, path


def test_forms_of_the_div_do_not_offer_it(circle, otto):
    meeting = plan(circle, otto, hours=0.9)
    for form in (AdoptionForm(), ResultForm()):
        assert meeting not in form.fields["meeting"].queryset
    assert meeting not in sessions_for_draws()
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)
    assert meeting not in sessions_for_draws()


def test_pages_and_master_data_of_bodies_leave_circles_alone(client, circle, anton):
    sits = circle.body.memberships.first()
    admin = login(client, anton, fresh=True)
    for route in ("member_end", "member_term"):
        assert admin.get(reverse(route, args=[sits.pk])).status_code == 404
    for kind, thing in (("body", circle.body), ("membership", sits)):
        assert "Gremium 1" not in admin.get(
            reverse(f"admin:formats_{kind}_changelist")
        ).content.decode()  # fmt: skip
        path = reverse(f"admin:formats_{kind}_change", args=[thing.pk])
        assert admin.get(path).status_code == 302, "nothing there: back to the start"


def test_members_find_it_in_their_own_secret_calendar_until_they_leave(client, circle, otto):
    meeting = plan(circle, otto)
    token = calendar_links.make(member(1))
    owner = calendar_links.owner_of(token)
    assert event_calendars.meetings_of(owner) == [meeting]
    assert places.path_of(meeting) == page(circle, meeting)
    memberships.give_back(circle.seats.get(number=1), by=member(1))
    assert event_calendars.meetings_of(User.objects.get(pk=owner.pk)) == []


def test_a_circle_that_has_ended_changes_nothing_any_more(circle, otto):
    meeting = plan(circle, otto)
    states.advance(circle, Circle.State.FINISHED, by=otto, ended_at=timezone.now())
    for act in (
        lambda: plan(circle, otto),
        lambda: gatherings.invite(circle, meeting, by=otto),
        lambda: gatherings.open_meeting(circle, meeting, by=otto),
        lambda: gatherings.add_item(circle, meeting, text("x"), explanation=text("y"), by=otto),
    ):
        with pytest.raises(acting.NotAtWork, match="can be read, not changed"):
            act()
    gatherings.cancel(meeting, reason="Der Zirkel ist fertig.", by=otto)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


@pytest.mark.usefixtures("drawn_ground")
def test_a_shared_mailbox_gets_the_mail_and_paper_a_letter(drawn, otto):
    circle = drawn.draw.call.circle
    circles.begin_work(circle, reason=text("Ein Anfang."), by=otto)
    circle.refresh_from_db()
    reached = {"wir@example.org": "", "": "Weg 1"}
    for place, (email, post) in enumerate(reached.items(), start=1):
        offer = Offer.objects.select_related("application__user").get(place=place)
        person = offer.application.user
        person.email = f"ref-{place}@paper.invalid"
        person.save(update_fields=["email"])
        type(offer.application).objects.filter(pk=offer.application_id).update(
            email=email, postal_address=post
        )
        offers.answer(offer, accept=True, by=person)
    meeting = plan(circle, otto)
    agenda.add_item(meeting, text("Erstens"), by=otto)
    gatherings.invite(circle, meeting, by=otto)
    told = OutgoingMail.objects.filter(kind="meeting_invitation")
    assert sorted(told.values_list("to", "postal_address")) == sorted(
        [("wir@example.org", ""), ("", "Weg 1")]
    )
    assert SeatTerm.objects.current().count() == 2


def test_what_waits_for_somebody_who_leaves_is_thrown_away(circle, otto):
    """Invitations, minutes and messages tell of the room; others still get theirs."""
    meeting = plan(circle, otto)
    agenda.add_item(meeting, text("Vertrauliches"), is_public=False, by=otto)
    gatherings.invite(circle, meeting, by=otto)
    messages.write(circle, subject="Nur für uns", text="Wort", by=otto)
    gone = User.objects.get(email="seat1@example.org")
    memberships.give_back(gone.seats.get(), by=gone)
    about = OutgoingMail.objects.filter(kind__in=["meeting_invitation", "circle_message"])
    assert set(about.filter(to=gone.email).values_list("state", flat=True)) == {"cancelled"}
    assert about.filter(state="held").count() == 6
    meeting.refresh_from_db()
    later = meeting.starts_at + HOUR
    gatherings.move(circle, meeting, starts_at=later, ends_at=later + HOUR, place="Raum 4", by=otto)
    assert OutgoingMail.objects.filter(kind="meeting_moved", state="held").count() == 3
    assert not OutgoingMail.objects.filter(to=gone.email, state="held").exists()
