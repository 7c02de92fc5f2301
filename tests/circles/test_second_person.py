"""An office of one person: the second one for an ending on paper is invited, for this call only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, paper
from circles.models import Application
from config.pages.desk import of_circles
from foundation.accounts import invitations
from foundation.accounts.appointments import Office
from foundation.accounts.models import Role
from tests.circles.factories import answers_yes, make_call
from tests.conftest import login, make_user
from tests.foundation.test_accounts_roles import invitation_of, invite

pytestmark = pytest.mark.usefixtures("open_ground", "english")
ENGLISH = {"accept-language": "en"}
REFERENCE = "AZ 12/2026-7"


@pytest.fixture
def on_paper(call, otto):
    return applications.enter_on_paper(
        call, name="Paula Papier", phone="0521", answers=answers_yes(call), by=otto
    )


@pytest.fixture
def nora(call, anton):
    """From another department: invited as a reviewer of this one call, for thirty days."""
    person = make_user("Nora", factor=True)
    ends_at = timezone.now() + dt.timedelta(days=30)
    token = invite(anton, person.email, Office(Role.REVIEWER, call, ends_at=ends_at))
    invitations.accept(invitation_of(token), by=person)
    return person


def address_of(application, name="application_withdraw"):
    return reverse(name, args=[application.call_id, application.reference])


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.mark.req("R120")
def test_who_is_invited_for_the_call_confirms_what_the_office_has_noted(
    client, on_paper, otto, nora
):
    address = address_of(on_paper)
    guest = login(client, nora, fresh=True)
    assert guest.get(address).status_code == 403, "nothing is noted yet"
    paper.withdraw(on_paper, reference=REFERENCE, by=otto)

    assert address in [item.url for item in of_circles.items(nora)]
    assert address not in [item.url for item in of_circles.items(otto)], "he noted it himself"
    review = guest.get(address_of(on_paper, "application_review")).content.decode()
    assert f'href="{address}"' in review
    assert guest.get(address_of(on_paper, "application_erase")).status_code == 403
    shown = guest.get(address)
    refused = guest.post(address, {"reference": "AZ 1/1"}, headers=ENGLISH).content.decode()
    assert "You can only confirm what the office has noted." in refused
    assert 'value="AZ 1/1"' in refused and state_of(on_paper) == Application.State.SUBMITTED
    guest.post(address, shown.context["form"].initial)

    assert state_of(on_paper) == Application.State.WITHDRAWN
    ending = on_paper.endings.get()
    assert (ending.entered_by, ending.confirmed_by) == (otto, nora)
    assert guest.get(address).status_code == 403, "there is nothing left to confirm"


def test_the_second_person_also_confirms_that_somebody_is_forgotten(client, on_paper, otto, nora):
    paper.erase(on_paper, reference=REFERENCE, by=otto)
    address = address_of(on_paper, "application_erase")
    guest = login(client, nora, fresh=True)
    guest.post(address, guest.get(address).context["form"].initial)
    assert Application.objects.get(pk=on_paper.pk).name == ""


def test_an_invitation_for_another_call_opens_nothing(client, on_paper, otto, anton):
    olaf = make_user("Olaf", factor=True)
    other = make_call(otto, draw_id="demo-other")
    ends_at = timezone.now() + dt.timedelta(days=1)
    token = invite(anton, olaf.email, Office(Role.REVIEWER, other, ends_at=ends_at))
    invitations.accept(invitation_of(token), by=olaf)
    paper.withdraw(on_paper, reference=REFERENCE, by=otto)
    assert login(client, olaf, fresh=True).get(address_of(on_paper)).status_code == 403
    assert address_of(on_paper) not in [item.url for item in of_circles.items(olaf)]


def test_a_reviewer_who_is_biased_or_notes_something_alone_is_refused(on_paper, otto, nora):
    with pytest.raises(paper.NothingNoted, match="only confirm what the office has noted"):
        paper.withdraw(on_paper, reference=REFERENCE, by=nora)
    paper.withdraw(on_paper, reference=REFERENCE, by=otto)
    on_paper.recusals.create(person=nora)
    assert not paper.may_end(nora, on_paper, is_erasure=False)
