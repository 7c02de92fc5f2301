"""Minutes: written live, laid before the members, approved by the next session, then sealed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from formats.models import MinorityOpinion, MinuteEntry, Minutes
from formats.sittings import agenda, meetings, minutes, minutes_paper, resolutions
from foundation.documents import files
from foundation.documents.conformance import demand_conformance
from foundation.documents.rendering import TextBeyondLimits, render_measured
from foundation.documents.verification import VALID_TEST, verify
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.factories import text
from tests.formats.rooms import DAY, five, opened
from tests.formats.test_sessions import vote

ENGLISH = {"accept-language": "en"}
ODD = "  Wir bleiben dabei:\n\n\tNEIN! (sic)  "


def held(otto, members, **fields):
    """A session that is over, two days ago, with an entry, a vote and a minority opinion."""
    meeting, item = opened(
        otto, members, starts_at=timezone.now() - fields.pop("ago", 2 * DAY), **fields
    )
    minutes.write(item, "Beantragt mehr Radwege.", speaker=members[0], by=otto)
    agenda.add_item(meeting, text("Grundstückskauf"), is_public=False, by=otto)
    made = vote(item, yes=3, no=2, abstain=0, by=otto)
    resolutions.add_minority_opinion(made, on_behalf_of="Stelle Bert", text=ODD, by=otto)
    minutes.set_result(item, text("Empfohlen", "Recommended"), by=otto)
    meetings.hold(meeting, by=otto)
    found = Minutes.objects.get(meeting=meeting)
    minutes.name_people(found, chair="Vera Vorsitz", taker="Otto Amt", guests="", by=otto)
    return Minutes.objects.select_related("meeting__body").get(pk=found.pk)


def approved(otto, members, do_work):
    found = held(otto, members)
    minutes.submit(found, by=otto)
    later, _item = opened(otto, members)
    minutes.approve(found, later, by=otto)
    do_work()
    return found


def test_a_minority_opinion_is_kept_word_for_word(otto):
    found = held(otto, five(otto))
    opinion = MinorityOpinion.objects.get()
    assert opinion.text == ODD
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MinorityOpinion.objects.update(text="Ja")
    assert found.state == "draft"


def test_what_cannot_be_printed_is_refused_while_somebody_can_mend_it(otto):
    meeting, item = opened(otto, five(otto))
    for step in (
        lambda: minutes.write(item, "Gut \U0001f600", by=otto),
        lambda: resolutions.open_vote(item, wording="\U0001f600", procedure="hands", by=otto),
        lambda: agenda.add_item(meeting, text("\U0001f600"), by=otto),
    ):
        with pytest.raises(TextBeyondLimits, match="cannot be printed"):
            step()


def test_members_read_the_minutes_before_the_next_session(client, otto):
    members = five(otto)
    found = held(otto, members)
    place = [found.meeting.year, found.meeting.ordinal]
    reader = login(client, members[0].user)
    assert reader.get(reverse("minutes_internal", args=place)).status_code == 404
    assert minutes.submit(found, by=otto) == 5
    assert OutgoingMail.objects.filter(kind="minutes_submitted").count() == 5
    answer = reader.get(reverse("minutes_internal", args=place))
    assert answer.content.startswith(b"%PDF-")
    entry = MinuteEntry.objects.first()
    with pytest.raises(minutes.MinutesClosed):
        minutes.rewrite(entry, "anders", by=otto)
    with pytest.raises(IntegrityError, match="entry-is-open"), transaction.atomic():
        MinuteEntry.objects.filter(pk=entry.pk).update(text="anders")
    minutes.take_back(found, by=otto)
    minutes.rewrite(entry, "anders", by=otto)
    assert minutes.submit(found, by=otto) == 5


def test_minutes_name_chair_and_taker_and_end_with_the_session(otto):
    members = five(otto)
    meeting, _item = opened(otto, members)
    found = meeting.minutes
    with pytest.raises(minutes.NotReady, match="Close the session first"):
        minutes.submit(found, by=otto)
    meetings.hold(meeting, by=otto)
    with pytest.raises(minutes.NotReady, match="who led"):
        minutes.submit(Minutes.objects.get(pk=found.pk), by=otto)


def test_only_a_later_session_of_the_same_body_approves(otto):
    members = five(otto)
    found = held(otto, members)
    minutes.submit(found, by=otto)
    earlier, _item = opened(otto, members, starts_at=timezone.now() - 5 * DAY)
    for wrong in (earlier, found.meeting):
        with pytest.raises(minutes.NotApprovable):
            minutes.approve(found, wrong, by=otto)


def test_approved_minutes_are_sealed_and_never_change(otto, do_work):
    found = approved(otto, five(otto), do_work)
    for internal in (False, True):
        listed = minutes_paper.issued(found, internal=internal)
        pdf = files.read(listed.file)
        assert verify(pdf).verdict == VALID_TEST
        demand_conformance(pdf, languages=["de"], attachments={})
    with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
        Minutes.objects.filter(pk=found.pk).update(chair="Jemand")
    with pytest.raises(resolutions.VoteClosed, match="minutes are approved"):
        resolutions.add_minority_opinion(
            found.meeting.resolutions.get(), on_behalf_of="x", text="x", by=otto
        )


def test_the_approval_stands_on_the_agenda_of_the_later_session(otto):
    members = five(otto)
    found = held(otto, members)
    minutes.submit(found, by=otto)
    later, _item = opened(otto, members)
    item = agenda.add_item(later, text("Niederschrift"), found, by=otto)
    minutes.approve(found, later, objections="Seite 2", by=otto)
    item.refresh_from_db()
    assert str(item.result) == f"The minutes of session {found.meeting.number} are approved."


def test_the_public_minutes_hold_no_names_and_nothing_that_was_not_public(otto):
    found = held(otto, five(otto))
    public = minutes_paper.page_of(found, internal=False)
    internal = minutes_paper.page_of(found, internal=True)
    assert "Stelle Ada" in public and "Vera Vorsitz" not in public and "Ada (" not in public
    assert "Vera Vorsitz" in internal and "Ada (Stelle Ada)" in internal
    assert "NEIN! (sic)" in public and "Ja 3, Nein 2" in public
    assert "Grundstückskauf" not in minutes_paper.page_of(found, internal=False)
    assert "Grundstückskauf" in minutes_paper.page_of(found, internal=True)


def test_minutes_of_forty_items_take_less_than_two_seconds(otto):
    members = five(otto)
    meeting, _item = opened(otto, members)
    for n in range(39):
        item = agenda.add_item(meeting, text(f"Punkt {n}"), by=otto)
        agenda.admit_late(item, by=otto)
        minutes.write(item, "Beraten wurde ausführlich. " * 12, speaker=members[n % 5], by=otto)
        vote(item, yes=3, no=1, abstain=1, by=otto)
    found = Minutes.objects.get(meeting=meeting)
    began = time.process_time()
    page = minutes_paper.page_of(found, internal=True)
    _pdf, facts = render_measured(page, title="Niederschrift", language="de")
    spent = time.process_time() - began + facts["seconds"]
    assert page.count("<h3>TOP") == 40
    assert spent <= 2.0, f"{spent:.2f} CPU s for {facts['pages']} pages"


def test_the_commands_write_pdfs_and_say_what_is_missing(otto, do_work, tmp_path: Path, capsys):
    found = approved(otto, five(otto), do_work)
    number = found.meeting.reference
    out = tmp_path / "n.pdf"
    call_command("minutes", number, out=out)
    sealed = minutes_paper.issued(found, internal=False)
    assert out.read_bytes() == files.read(sealed.file)
    short = f"{found.meeting.ordinal}/{found.meeting.year}"
    call_command("session_pack", short, out=out)
    demand_conformance(out.read_bytes(), languages=["de"], attachments={})
    with pytest.raises(CommandError, match="no session"):
        call_command("session_pack", "DIV-1999-01", out=out)
    with pytest.raises(CommandError, match="no minutes"):
        call_command("minutes", "unsinn", out=out)


def test_the_session_page_shows_what_is_public(client, otto, do_work):
    found = approved(otto, five(otto), do_work)
    place = [found.meeting.year, found.meeting.ordinal]
    page = client.get(reverse("meeting", args=place), headers=ENGLISH).content.decode()
    assert "Read the sealed minutes" in page and "Recommended" in page
    assert "3 yes, 2 no, 0 abstentions" in page and "NEIN! (sic)" in page
    assert "Ada" not in page.replace("Stelle Ada", "") and "Vera Vorsitz" not in page
    pdf = client.get(reverse("minutes_pdf", args=place))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    assert client.get(reverse("minutes_internal", args=place)).status_code == 302


@pytest.mark.parametrize("many", [1, 3])
def test_three_items_cost_the_session_page_no_more_than_one(
    client, otto, many, django_assert_num_queries
):
    meeting, _item = opened(otto, five(otto))
    for n in range(many):
        item = agenda.add_item(meeting, text(f"Punkt {n}"), by=otto)
        agenda.admit_late(item, by=otto)
        vote(item, yes=3, no=1, abstain=1, by=otto)
    with django_assert_num_queries(8):
        client.get(reverse("meeting", args=[meeting.year, meeting.ordinal]))
