"""Experts from outside are asked by mail to an occasion and answer by the link."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from foundation.audit import trail
from foundation.mail.models import OutgoingMail
from partnerships.directory import directory, expert_invitations, forgetting
from partnerships.directory_tasks import forget_invitations
from partnerships.models import ExpertInvitation
from tests.conftest import login

pytestmark = [pytest.mark.req("R15"), pytest.mark.req("R43")]


@pytest.fixture
def expert(db):
    return directory.list_actor(
        "Dr. Ada Abendrot", kind="expert", sector="science", is_published=False, by=None
    )


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


def asked(expert, otto, **fields):
    values = {"email": "ada@example.org", "purpose": "event", "occasion": "Roundtable",
              "reply_by": day(7), **fields}  # fmt: skip
    return expert_invitations.invite(expert, **values, by=otto)


def token():
    mail = OutgoingMail.objects.get(kind="expert_invitation")
    return re.search(r"/akteure/anfrage/([\w-]+)/", mail.body)[1]


def test_an_expert_is_invited_and_accepts(client, expert, otto):
    login(client, otto)
    url = reverse("actor_invite", args=[expert.slug])
    assert client.post(url, {"email": "keine"}).context["form"].errors.keys() >= {
        "email", "occasion", "reply_by",
    }  # fmt: skip
    posted = {"email": "ada@example.org", "language": "de", "purpose": "circle",
              "occasion": "Zirkel Wasser", "reply_by": f"{day(7):%Y-%m-%d}"}  # fmt: skip
    assert client.post(url, posted).status_code == 302
    assert "expert.invited" in [each.verb for each in trail.history_of(expert)]
    assert OutgoingMail.objects.get(kind="expert_invitation").to == "ada@example.org"
    client.logout()
    link = reverse("expert_enter", args=[token()])
    assert client.get(link)["Location"] == reverse("expert")
    page = client.get(reverse("expert")).content.decode()
    assert "Zirkel Wasser" in page
    assert "ada@example.org" not in page
    client.post(reverse("expert_answer"), {"answer": "yes", "words": "Gern", "may_publish": "on"})
    found = ExpertInvitation.objects.get()
    expert.refresh_from_db()
    assert (found.state, found.answer, expert.is_published) == ("accepted", "Gern", True)
    client.post(reverse("expert_answer"), {"answer": "no"})
    found.refresh_from_db()
    assert found.state == "accepted"


def test_without_consent_an_entry_stays_hidden(client, expert, otto):
    asked(expert, otto)
    client.get(reverse("expert_enter", args=[token()]))
    client.post(reverse("expert_answer"), {"answer": "no"})
    expert.refresh_from_db()
    assert (ExpertInvitation.objects.get().state, expert.is_published) == ("declined", False)


def test_links_end_with_the_day_and_with_a_withdrawal(client, expert, otto):
    found = asked(expert, otto)
    client.get(reverse("expert_enter", args=[token()]))
    ExpertInvitation.objects.update(reply_by=day(-1))
    late = client.post(reverse("expert_answer"), {"answer": "yes"})
    assert late.context["form"].non_field_errors()
    found.refresh_from_db()
    expert_invitations.withdraw(found, by=otto)
    assert client.get(reverse("expert")).status_code == 404
    assert client.get(reverse("expert_enter", args=["falsch"])).status_code == 404


def test_nobody_is_asked_to_answer_yesterday(expert, otto):
    with pytest.raises(expert_invitations.ReplyInThePast):
        asked(expert, otto, reply_by=day(-1))


def test_what_an_invitation_says_about_a_person_ends_after_thirty_days(expert, otto):
    old = asked(expert, otto, message="Liebe Ada")
    later = asked(expert, otto, on=day(20))
    answered = asked(expert, otto)
    expert_invitations.answer(answered, accepts=True, words="Gern, meine Nummer ist 0521")
    with time_machine.travel(timezone.now() + dt.timedelta(days=37)):
        assert forgetting.forget_invitations() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=38)):
        forget_invitations()
        assert forgetting.forget_invitations() == 0
    kept = {each.pk: (each.email, each.message, each.answer) for each in expert.invitations.all()}
    assert kept[old.pk] == kept[answered.pk] == ("", "", "")
    assert kept[later.pk][0] == "ada@example.org"
