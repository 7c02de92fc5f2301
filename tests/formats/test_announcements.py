"""A public session is announced when its members are invited; an internal one is not."""

import pytest

from formats.sittings import agenda, invitations, meetings
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from foundation.subscriptions.wishes import Wish
from tests.config.test_subscriptions import subscribed
from tests.formats.factories import make_meeting


def invited(otto, **fields):
    meeting = make_meeting(otto, **fields)
    agenda.add_item(meeting, LocalizedText.of("de", "Bericht", en="Report"), by=otto)
    invitations.invite(meeting, by=otto)
    return meeting


@pytest.mark.req("R100")
def test_a_public_session_is_announced(db, otto, do_work, inbox):
    subscribed(Wish("sessions"))
    subscribed(Wish("calls"), email="bo@example.org")
    do_work()
    inbox.clear()
    invited(otto)
    do_work()
    assert [mail.to for mail in inbox] == [["ada@example.org"]]
    assert inbox[0].subject.startswith("Public session: ")
    assert "1. Report" in inbox[0].body
    assert "Großer Saal" in inbox[0].body


def test_what_is_not_public_stands_in_no_announcement(db, otto, do_work, inbox):
    subscribed(Wish("sessions"))
    do_work()
    inbox.clear()
    meeting = make_meeting(otto)
    agenda.add_item(meeting, LocalizedText.of("de", "Bericht", en="Report"), by=otto)
    secret = LocalizedText.of("de", "Vertraulich", en="Confidential")
    agenda.add_item(meeting, secret, is_public=False, by=otto)
    invitations.invite(meeting, by=otto)
    do_work()
    (mail,) = inbox
    assert "Report" in mail.body and "Confidential" not in mail.body


def test_an_internal_session_and_a_cancelled_one_are_not(db, otto, do_work):
    subscribed(Wish("sessions"))
    invited(otto, is_public=False)
    meetings.cancel(invited(otto), by=otto)
    do_work()
    assert not OutgoingMail.objects.filter(kind="announcement_session").exists()
