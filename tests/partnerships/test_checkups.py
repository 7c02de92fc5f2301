"""Once a year the contact of an entry is asked; the office decides on what comes back."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.audit import trail
from foundation.mail.models import OutgoingMail
from partnerships.directory import checkups, directory, expert_invitations, imports, merging
from partnerships.directory.import_judging import snapshot
from partnerships.models import Actor, ActorCheckup, ActorContact
from tests.conftest import login
from tests.partnerships.factories import both


@pytest.fixture
def entry(tampere):
    made = directory.list_actor(
        "Anturi Oy", kind="sme", sector="business", municipality=tampere, by=None
    )
    checkups.set_contact(made, "Post@Example.org ", by=None)
    return made


def make_due(entry, days=0):
    due = timezone.localdate() - dt.timedelta(days=days)
    ActorContact.objects.filter(actor=entry).update(next_check_on=due)


def token_of(mail):
    return re.search(r"/akteure/angaben/([\w-]+)/", mail.body)[1]


@pytest.fixture
def mail(entry):
    make_due(entry)
    assert checkups.ask_all() == 1
    return OutgoingMail.objects.get(kind="actor_checkup")


def test_nobody_is_asked_in_the_first_year(entry):
    assert checkups.ask_all() == 0
    assert ActorContact.objects.get().next_check_on == timezone.localdate() + checkups.YEAR


def test_a_contact_is_asked_once_a_year_in_their_language(entry):
    make_due(entry, days=3)
    assert [checkups.ask_all() for _n in range(3)] == [1, 0, 0]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.secret) == ("post@example.org", "fi", True)
    make_due(entry)
    assert checkups.ask_all() == 1
    assert OutgoingMail.objects.count() == 2
    states = ActorCheckup.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["lapsed", "asked"]


def test_hidden_and_merged_entries_are_not_asked_about(entry, otto):
    make_due(entry)
    other = directory.list_actor("Andere", kind="sme", sector="business", by=None)
    merging.merge(other, entry, by=otto)
    assert checkups.ask_all() == 0
    Actor.objects.filter(pk=other.pk).update(is_published=False)
    assert checkups.ask_all() == 0


def test_the_link_lets_the_contact_confirm_without_an_account(client, mail, entry):
    assert client.get(reverse("checkup")).status_code == 404
    assert client.get(reverse("checkup_enter", args=["falsch"])).status_code == 404
    answer = client.get(reverse("checkup_enter", args=[token_of(mail)]))
    assert answer["Location"] == reverse("checkup")
    assert "post@example.org" not in client.get(reverse("checkup")).content.decode()
    client.post(reverse("checkup_confirm"))
    entry.refresh_from_db()
    assert entry.confirmed_on == timezone.localdate()
    client.post(reverse("checkup_confirm"))
    client.post(reverse("checkup_remove"))
    assert ActorCheckup.objects.get().state == "confirmed"


def test_an_old_link_leads_nowhere(client, mail, entry):
    make_due(entry, days=1)
    checkups.ask_all()
    assert client.get(reverse("checkup_enter", args=[token_of(mail)])).status_code == 404


def test_a_correction_waits_for_the_office(client, mail, entry, otto, clara):
    client.get(reverse("checkup_enter", args=[token_of(mail)]))
    same = {"name": entry.name}
    assert client.post(reverse("checkup_correct"), same).context["form"].non_field_errors()
    wrong = client.post(reverse("checkup_correct"), {"name": "", "website": "ö ö"})
    assert {"name", "website"} <= set(wrong.context["form"].errors)
    posted = {"name": "Anturit Oy", "website": "example.org", "description_de": "Sensoren"}
    client.post(reverse("checkup_correct"), posted)
    entry.refresh_from_db()
    assert entry.name == "Anturi Oy"
    assert login(client, clara).get(reverse("checkup_list")).status_code == 403
    login(client, otto)
    page = client.get(reverse("checkup_list")).content.decode()
    assert "Anturit Oy" in page
    assert "Sensoren" in page
    checkup = ActorCheckup.objects.get()
    client.post(reverse("checkup_accept", args=[checkup.pk]))
    entry.refresh_from_db()
    assert (entry.name, entry.website) == ("Anturit Oy", "https://example.org")
    assert entry.description.get("de") == "Sensoren"
    assert OutgoingMail.objects.filter(kind="actor_checkup_decided").count() == 1
    client.post(reverse("checkup_decline", args=[checkup.pk]))
    checkup.refresh_from_db()
    assert checkup.state == "accepted"


def test_a_wish_to_go_is_carried_out_by_the_office(client, mail, entry, otto):
    client.get(reverse("checkup_enter", args=[token_of(mail)]))
    client.post(reverse("checkup_remove"))
    assert client.get(reverse("actor", args=[entry.slug])).status_code == 200
    checkups.accept(ActorCheckup.objects.get(), by=otto)
    assert client.get(reverse("actor", args=[entry.slug])).status_code == 404
    assert not ActorContact.objects.exists()
    assert "actor.hidden" in [each.verb for each in trail.history_of(entry)]


def test_what_was_taken_out_only_a_new_consent_shows_again(mail, entry, otto):
    checkups.ask_for_removal(ActorCheckup.objects.get())
    checkups.accept(ActorCheckup.objects.get(), by=otto)
    entry.refresh_from_db()
    shown = directory.Listing(
        entry.name, entry.kind, entry.sector, entry.municipality, is_published=True
    )
    with pytest.raises(directory.ConsentMissing):
        directory.correct_actor(entry, shown, by=otto)
    with pytest.raises(IntegrityError, match="removed_is_hidden"), transaction.atomic():
        Actor.objects.filter(pk=entry.pk).update(is_published=True)
    imports.put([(entry, {**snapshot(entry), "is_published": True})])
    entry.refresh_from_db()
    assert not entry.is_published
    invitation = expert_invitations.invite(
        entry, email="post@example.org", purpose="event", occasion="Treffen",
        reply_by=timezone.localdate(), by=otto,
    )  # fmt: skip
    expert_invitations.answer(invitation, accepts=True, may_publish=True)
    entry.refresh_from_db()
    assert (entry.is_published, entry.removed_on) == (True, None)


def test_an_expert_who_goes_leaves_no_name_behind(mail, entry, otto):
    fields = {"kind": "expert", "website": "https://example.org/anturi"}
    Actor.objects.filter(pk=entry.pk).update(**fields, description=both("Sensoren"))
    checkups.ask_for_removal(ActorCheckup.objects.get())
    checkups.accept(ActorCheckup.objects.get(), by=otto)
    gone = Actor.objects.get(pk=entry.pk)
    assert (gone.name, gone.website, str(gone.description)) == (f"N. N. {gone.pk}", "", "")
    written = " ".join(str(getattr(gone, field.attname)) for field in Actor._meta.concrete_fields)
    assert "antur" not in written.lower()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client, otto, django_assert_max_num_queries
):
    login(client, otto)
    counts = []
    for names in (("A",), ("B", "C")):
        for name in names:
            actor = directory.list_actor(name, kind="sme", sector="business", by=None)
            checkups.set_contact(actor, "a@example.org", by=None)
            make_due(actor)
            checkups.ask_all()
            checkups.ask_for_removal(ActorCheckup.objects.get(actor=actor))
        with django_assert_max_num_queries(12) as seen:
            client.get(reverse("checkup_list"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
