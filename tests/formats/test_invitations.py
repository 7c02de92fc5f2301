"""Inviting in time or with consent; each mail brings the date, the invitation also the papers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.models import AgendaItem, Meeting, Paper
from formats.sittings import agenda, invitations, meetings, minutes, packs, papers, resolutions
from foundation import states
from foundation.documents import files
from foundation.documents.conformance import demand_conformance
from foundation.documents.rendering import render_pdf
from foundation.documents.uploads import UploadRefused
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.factories import make_meeting, text
from tests.formats.ics import parsed
from tests.formats.rooms import DAY, HOUR, five, invited, opened

PDF = b"%PDF-1.7 eine Unterlage %%EOF"


def prepared(otto, **fields):
    meeting = make_meeting(otto, **fields)
    agenda.add_item(meeting, text("Radwege", "Cycle paths"), by=otto)
    return meeting


def test_too_late_only_with_a_consent_on_record(otto):
    meeting = prepared(otto, starts_at=timezone.now() + 13 * DAY)
    with pytest.raises(invitations.TooLate, match="14 days before"):
        invitations.invite(meeting, by=otto)
    with pytest.raises(IntegrityError, match="notice-is-kept"), transaction.atomic():
        states.advance(meeting, "invited", by=otto, invited_at=timezone.now())
    invitations.invite(meeting, short_notice_consent="Alle, am 3. Mai", by=otto)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.short_notice_consent) == ("invited", "Alle, am 3. Mai")


def test_in_time_no_consent_is_kept(otto):
    meeting = prepared(otto)
    invitations.invite(meeting, short_notice_consent="unnötig", by=otto)
    meeting.refresh_from_db()
    assert meeting.short_notice_consent == ""


def test_the_mail_brings_date_and_papers(otto, do_work, inbox):
    five(otto)
    meeting = prepared(otto)
    item = meeting.agenda_items.get()
    papers.attach(item, name="Karte", data=PDF, is_public=False, by=otto)
    assert invitations.invite(meeting, by=otto) == 5
    for mail in OutgoingMail.objects.filter(kind="meeting_invitation"):
        outbox.release(mail, by=otto)
    do_work()
    ours = [mail for mail in inbox if "Einladung" in mail.subject or "Invitation" in mail.subject]
    assert len(ours) == 5
    (date_name, date, kind), (paper_name, paper, paper_kind) = ours[0].attachments
    assert (date_name, kind) == (f"{meeting.reference}.ics", "text/calendar")
    assert (paper_name, paper, paper_kind) == (
        f"{meeting.reference}-V1.pdf", PDF, "application/pdf",
    )  # fmt: skip
    (event,) = parsed(date).events
    assert event["UID"] == f"div-{meeting.year}-{meeting.ordinal}@localhost"
    assert event.begins == meeting.starts_at.replace(microsecond=0)


def test_a_paper_is_a_pdf_or_is_refused(otto):
    item = prepared(otto).agenda_items.get()
    with pytest.raises(UploadRefused):
        papers.attach(item, name="Bild", data=b"GIF89a", is_public=True, by=otto)


def test_moving_tells_the_invited_with_the_next_version_of_the_date(otto):
    five(otto)
    meeting = prepared(otto, starts_at=timezone.now() + 40 * DAY)
    invitations.invite(meeting, by=otto)
    later = meeting.starts_at + HOUR
    meetings.move(meeting, starts_at=later, ends_at=later + HOUR, place="Aula", by=otto)
    mail = OutgoingMail.objects.filter(kind="meeting_moved").first()
    (event,) = parsed(files.read(mail.attachments.get().file)).events
    assert (event["SEQUENCE"], event["LOCATION"]) == ("1", "Aula")
    assert event.begins == later.replace(microsecond=0)
    assert OutgoingMail.objects.filter(kind="meeting_moved").count() == 5


def test_bringing_a_session_forward_needs_the_period_of_notice_anew(otto):
    meeting = prepared(otto, starts_at=timezone.now() + 40 * DAY)
    invitations.invite(meeting, by=otto)
    soon = timezone.now() + 5 * DAY
    plan = {"starts_at": soon, "ends_at": soon + HOUR, "place": "Aula", "by": otto}
    if soon.year == meeting.year:
        with pytest.raises(invitations.TooLate):
            meetings.move(meeting, **plan)
        meetings.move(meeting, short_notice_consent="Alle", **plan)
        meeting.refresh_from_db()
        assert meeting.short_notice_consent == "Alle"


def test_a_number_belongs_to_its_year(otto):
    meeting = prepared(otto)
    other = dt.datetime(meeting.year + 1, 6, 1, 17, tzinfo=dt.UTC)
    with pytest.raises(meetings.NotNow, match="Cancel this session and plan one"):
        meetings.move(meeting, starts_at=other, ends_at=other + HOUR, place="Aula", by=otto)


def test_cancelling_takes_the_date_out_and_stops_waiting_invitations(otto):
    five(otto)
    meeting = prepared(otto)
    invitations.invite(meeting, by=otto)
    meetings.cancel(meeting, reason="Kein Raum", by=otto)
    states_of = OutgoingMail.objects.filter(kind="meeting_invitation").values_list(
        "state", flat=True
    )
    assert set(states_of) == {"cancelled"}
    mail = OutgoingMail.objects.filter(kind="meeting_cancelled").first()
    assert "Kein Raum" in mail.body
    (event,) = parsed(files.read(mail.attachments.get().file)).events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")


# The agenda


def test_the_customary_agenda_with_draw_and_results_in_their_place(otto):
    meeting = make_meeting(otto)
    draw = agenda.add_item(
        meeting, text("Auslosung"), otto, kind=AgendaItem.Kind.DRAW,
        leads_to="/auslosung/demo/live/", by=otto,
    )  # fmt: skip
    agenda.add_item(meeting, text("Ergebnis"), meeting, kind=AgendaItem.Kind.RESULT, by=otto)
    assert agenda.lay_out(meeting, by=otto) == 8
    kinds = list(meeting.agenda_items.values_list("position", "kind"))
    assert kinds == [
        (1, "opening"), (2, "agenda"), (3, "minutes"), (4, "orders"), (5, "visions"),
        (6, "priorities"), (7, "draw"), (8, "result"), (9, "resolutions"), (10, "other"),
    ]  # fmt: skip
    assert agenda.lay_out(meeting, by=otto) == 0
    with pytest.raises(IntegrityError, match="leads_nowhere_else"), transaction.atomic():
        AgendaItem.objects.filter(pk=draw.pk).update(leads_to="//evil.example/")


def test_after_the_invitation_the_order_stands(otto):
    meeting = invited(otto)
    item = meeting.agenda_items.get()
    for step in (agenda.raise_item, agenda.remove_item):
        with pytest.raises(agenda.AgendaFixed, match="Add late items"):
            step(item, by=otto)
    assert agenda.add_item(meeting, text("Spät"), by=otto).is_late


def test_items_move_up_and_go(otto):
    meeting = make_meeting(otto)
    first, second = (agenda.add_item(meeting, text(word), by=otto) for word in ("A", "B"))
    agenda.raise_item(second, by=otto)
    assert [str(item.title) for item in meeting.agenda_items.all()] == ["B", "A"]
    agenda.remove_item(second, by=otto)
    first.refresh_from_db()
    assert first.position == 1


def words_of(item, **changed):
    return {"title": item.title, "explanation": item.explanation, "is_public": True, **changed}


@pytest.mark.parametrize("part", ["title", "explanation"])
def test_other_words_than_those_of_the_invitation_are_a_late_item(otto, part):
    _meeting, item = opened(otto, five(otto))
    translated = item.title.with_text("en", "Bicycle paths")
    agenda.edit_item(item, **words_of(item, title=translated), by=otto)
    item.refresh_from_db()
    assert (item.is_late, item.title) == (False, translated)
    agenda.edit_item(item, **words_of(item, **{part: text("Parkhaus")}), by=otto)
    item.refresh_from_db()
    assert item.waits_for_admission
    agenda.admit_late(item, by=otto)
    agenda.edit_item(item, **words_of(item, **{part: text("Zwei Parkhäuser")}), by=otto)
    item.refresh_from_db()
    assert item.waits_for_admission


def test_what_was_put_to_the_vote_keeps_its_words_and_its_readers(otto):
    _meeting, item = opened(otto, five(otto))
    resolutions.open_vote(item, wording="Radwege", procedure="hands", by=otto)
    for change in ({"title": text("Parkhaus")}, {"is_public": False}):
        with pytest.raises(agenda.AgendaFixed, match="put to the vote"):
            agenda.edit_item(item, **words_of(item, **change), by=otto)
        with pytest.raises(IntegrityError, match="item-was-voted-on"), transaction.atomic():
            AgendaItem.objects.filter(pk=item.pk).update(**change)


def test_an_item_with_papers_goes_to_no_other_session(otto):
    meeting = make_meeting(otto)
    item = agenda.add_item(meeting, text("Auslosung"), otto, by=otto)
    paper = papers.attach(item, name="Karte", data=PDF, is_public=True, by=otto)
    with pytest.raises(agenda.AgendaFixed, match="Take them off there first"):
        agenda.take_off(meeting, otto, by=otto)
    papers.remove(paper, by=otto)
    agenda.take_off(meeting, otto, by=otto)
    assert not meeting.agenda_items.exists()


def test_an_item_that_was_dealt_with_goes_to_no_other_session(otto):
    meeting, _item = opened(otto, five(otto))
    item = agenda.add_item(meeting, text("Auslosung"), otto, by=otto)
    minutes.write(item, "Es wird gelost.", by=otto)
    with pytest.raises(agenda.AgendaClosed, match="has dealt with this item"):
        agenda.take_off(meeting, otto, by=otto)


# Papers


def test_a_paper_that_is_taken_off_is_gone_from_pack_and_mails(client, otto, do_work, inbox):
    five(otto)
    meeting = prepared(otto)
    item = meeting.agenda_items.get()
    data = render_pdf("<p>Geheim</p>", title="Geheim", language="de")
    kept, paper = (
        papers.attach(item, name=name, data=data, is_public=True, by=otto)
        for name in ("Karte", "Liste")
    )
    invitations.invite(meeting, by=otto)
    do_work()
    meeting.refresh_from_db()
    pack, address = meeting.pack, reverse("paper", args=[meeting.year, meeting.ordinal, paper.pk])
    assert client.get(address).status_code == 200
    papers.remove(paper, by=otto)
    assert client.get(address).status_code == 404
    for gone in (paper.file, pack):
        gone.refresh_from_db()
        assert gone.purged_at is not None
    for mail in OutgoingMail.objects.filter(kind="meeting_invitation"):
        outbox.release(mail, by=otto)
    do_work()
    assert [len(mail.attachments) for mail in inbox] == [2] * 5
    meeting.refresh_from_db()
    name = f"{meeting.reference}-V1.pdf"
    demand_conformance(
        files.read(meeting.pack), languages=["de"], attachments={name: kept.file.sha256}
    )
    third = papers.attach(item, name="Plan", data=PDF, is_public=True, by=otto)
    assert third.file.name == f"{meeting.reference}-V3.pdf"


def test_papers_of_an_open_session_stay_but_can_be_hidden(client, otto):
    meeting, item = opened(otto, five(otto))
    paper = papers.attach(item, name="Karte", data=PDF, is_public=True, by=otto)
    with pytest.raises(agenda.AgendaClosed, match="its papers stay"):
        papers.remove(paper, by=otto)
    meetings.hold(meeting, by=otto)
    place = [meeting.year, meeting.ordinal, paper.pk]
    desk = login(Client(), otto)
    for step, status in (("paper_hide", 404), ("paper_show", 200)):
        desk.post(reverse(step, args=place))
        assert client.get(reverse("paper", args=place)).status_code == status


def test_taking_a_paper_off_asks_first(otto):
    meeting = prepared(otto)
    item = meeting.agenda_items.get()
    paper = papers.attach(item, name="Karte", data=PDF, is_public=True, by=otto)
    address = reverse("paper_remove", args=[meeting.year, meeting.ordinal, paper.pk])
    desk = login(Client(), otto)
    prepare = desk.get(reverse("meeting_prepare", args=[meeting.year, meeting.ordinal]))
    assert address in prepare.content.decode()
    asked = desk.get(address, headers={"accept-language": "en"})
    assert "Take this paper off?" in asked.content.decode()
    assert Paper.objects.exists()
    desk.post(address)
    assert not Paper.objects.exists()


# The pack


def test_the_pack_is_made_with_the_invitation_and_anew_for_a_late_item(otto, do_work):
    five(otto)
    meeting = prepared(otto)
    item = meeting.agenda_items.get()
    paper = render_pdf("<p>Karte</p>", title="Karte", language="de")
    papers.attach(item, name="Karte", data=paper, is_public=True, by=otto)
    invitations.invite(meeting, by=otto)
    do_work()
    meeting.refresh_from_db()
    first = meeting.pack
    pdf = files.read(first)
    name = f"{meeting.reference}-V1.pdf"
    demand_conformance(pdf, languages=["de"], attachments={name: files.digest_of_bytes(paper)})
    agenda.add_item(meeting, text("Spät"), by=otto)
    do_work()
    meeting.refresh_from_db()
    assert meeting.pack != first
    assert meeting.pack_digest == packs.digest_of(meeting)


def test_the_pack_follows_a_change_that_is_taken_back_and_a_move(otto, do_work):
    meeting = prepared(otto, starts_at=timezone.now() + 40 * DAY)
    invitations.invite(meeting, by=otto)
    do_work()
    item = meeting.agenda_items.get()
    for public in (False, True):
        agenda.edit_item(
            item, title=item.title, explanation=item.explanation, is_public=public, by=otto
        )
        do_work()
        meeting.refresh_from_db()
        assert meeting.pack_digest == packs.digest_of(meeting)
    later = meeting.starts_at + HOUR
    meetings.move(meeting, starts_at=later, ends_at=later + HOUR, place="Aula", by=otto)
    do_work()
    meeting.refresh_from_db()
    assert meeting.pack_digest == packs.digest_of(meeting)


def test_the_session_of_an_open_room_is_not_moved(otto):
    meeting, _item = opened(otto, [])
    later = timezone.now() + DAY
    if later.year == meeting.year:
        with pytest.raises(meetings.NotNow):
            meetings.move(meeting, starts_at=later, ends_at=later + HOUR, place="x", by=otto)
    assert Meeting.objects.get(pk=meeting.pk).sequence == 0
