"""Mails of a session: whoever prepares it reads one and lets exactly those go."""

import pytest
from django.urls import reverse

from config.pages.desk import of_formats
from formats.models import Minutes
from formats.sittings import agenda, invitations, letters, meetings, minutes
from foundation.accounts.models import Role
from foundation.audit.models import Sighting
from foundation.mail.models import OutgoingMail
from tests.conftest import login, make_user
from tests.formats.factories import make_meeting, text
from tests.formats.rooms import five, opened, seat

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def vera(db):
    return make_user("Vera", Role.CHAIR, factor=True)


@pytest.fixture
def prepared(otto):
    five(otto)
    meeting = make_meeting(otto)
    agenda.add_item(meeting, text("Radwege", "Cycle paths"), by=otto)
    return meeting


def page_of(meeting) -> str:
    return reverse("meeting_letters", args=[meeting.year, meeting.ordinal])


def states_of(meeting) -> list[str]:
    mails = OutgoingMail.objects.filter(subject_id=str(meeting.pk), kind="meeting_invitation")
    return sorted(mails.values_list("state", flat=True))


def test_the_chair_invites_reads_one_mail_and_lets_all_go(client, prepared, otto, vera):
    other = make_meeting(otto)
    agenda.add_item(other, text("Anderes"), by=otto)
    invitations.invite(other, by=otto)
    chair = login(client, vera)
    place = [prepared.year, prepared.ordinal]

    told = chair.post(reverse("meeting_invite", args=place))
    assert told["Location"] == page_of(prepared)
    page = chair.get(page_of(prepared), headers=ENGLISH)
    (bundle,) = page.context["bundles"]
    assert [mail.subject_id for mail in bundle.mails] == [str(prepared.pk)] * 5
    body = page.content.decode()
    assert (bundle.samples[0].subject in body, "Let all 5 mails go" in body) == (True, True)
    assert Sighting.objects.filter(viewer_id=vera.pk, purpose="session-mails").count() == 5

    shown = {"mails": [mail.pk for mail in bundle.mails]}
    unread = chair.post(page_of(prepared), shown, headers=ENGLISH)
    assert "Read the mail first" in unread.content.decode()
    assert states_of(prepared) == ["held"] * 5
    chair.post(page_of(prepared), shown | {"is_read": "on"})
    assert states_of(prepared) == ["queued"] * 5
    assert states_of(other) == ["held"] * 5


def test_a_mail_of_another_session_or_kind_does_not_leave_from_here(client, prepared, otto, vera):
    foreign = make_meeting(otto)
    agenda.add_item(foreign, text("Anderes"), by=otto)
    for meeting in (prepared, foreign):
        invitations.invite(meeting, by=otto)
    mails = [mail.pk for mail in letters.waiting(foreign)]

    answer = login(client, vera).post(
        page_of(prepared), {"mails": mails, "is_read": "on"}, headers=ENGLISH
    )

    assert answer.context["form"].errors["mails"] == [
        "One of these mails has left or was changed meanwhile. Look at the list again."
    ]
    assert states_of(foreign) == ["held"] * 5


def test_minutes_laid_before_the_members_leave_from_the_same_page(client, otto, vera):
    meeting, _item = opened(otto, five(otto))
    meetings.hold(meeting, by=otto)
    found = Minutes.objects.get(meeting=meeting)
    minutes.name_people(found, chair="Vera", taker="Otto", guests="", by=otto)
    chair, place = login(client, vera), [meeting.year, meeting.ordinal]

    told = chair.post(reverse("minutes_submit", args=place))
    assert told["Location"] == page_of(meeting)
    room = chair.get(reverse("session_room", args=place)).content.decode()
    assert f'href="{page_of(meeting)}"' in room
    chair.post(reverse("minutes_take_back", args=place))
    assert not letters.waiting(meeting).exists()
    chair.post(reverse("minutes_submit", args=place))
    assert letters.waiting(meeting).count() == 5


def test_the_desk_and_the_session_lead_to_mails_that_have_not_left(client, prepared, otto, vera):
    line = f"5 mails of session {prepared.number} have not left yet"
    assert line not in [item.what for item in of_formats.items(vera)]
    invitations.invite(prepared, by=otto)
    (item,) = [each for each in of_formats.items(vera) if each.what == line]
    assert item.url == page_of(prepared)
    prepare = reverse("meeting_prepare", args=[prepared.year, prepared.ordinal])
    assert f'href="{page_of(prepared)}"' in login(client, vera).get(prepare).content.decode()
    dora = make_user("Dora", Role.DIV_MEMBER)
    assert line not in [item.what for item in of_formats.items(dora)]


@pytest.mark.parametrize("many", [1, 5])
def test_the_page_asks_twelve_questions_at_any_size(
    client, otto, vera, many, django_assert_max_num_queries
):
    for name in "ABCDE"[:many]:
        seat(otto, name)
    meeting = make_meeting(otto)
    agenda.add_item(meeting, text("Radwege"), by=otto)
    assert invitations.invite(meeting, by=otto) == many
    chair = login(client, vera)

    with django_assert_max_num_queries(12):
        chair.get(page_of(meeting))
