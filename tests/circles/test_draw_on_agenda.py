"""The draw is an item of a session; once its pool is closed, the item leads to the live view."""

import pytest
from django.test import Client
from django.urls import reverse

from circles.calling import calls
from formats.models import AgendaItem
from formats.sittings import agenda
from tests.circles.factories import make_call
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


@pytest.mark.req("R121")
def test_the_draw_is_an_item_that_leads_to_the_live_view(client, frozen):
    call = frozen.call
    item = agenda.item_of(call)
    live = reverse("draw_live", args=[call.draw_id])
    assert (item.meeting_id, item.kind, item.leads_to) == (call.meeting_id, "draw", live)
    page = client.get(reverse("meeting", args=[call.meeting.year, call.meeting.ordinal]))
    assert f'href="{live}"' in page.content.decode()
    assert client.get(live).status_code == 200


def test_an_item_of_a_call_is_taken_off_on_the_page_of_the_call_only(otto):
    call = make_call(otto, opened=False)
    calls.put_on_agenda(call, by=otto)
    item = agenda.item_of(call)
    place = [call.meeting.year, call.meeting.ordinal, item.position]
    desk = login(Client(), otto, fresh=True)
    page = desk.post(reverse("agenda_remove", args=place), follow=True, headers=ENGLISH)
    assert "It is moved on their pages." in page.content.decode()
    assert AgendaItem.objects.filter(pk=item.pk).exists()
