"""The office reads, changes, holds and lets go; secrets stay secret; every reading is logged."""

import pytest
from django.test import Client

from foundation.audit.models import Entry, Sighting
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.conftest import login


@pytest.fixture
def office(otto):
    return login(Client(headers={"accept-language": "en"}), otto)


def queue(key, **options):
    return outbox.queue(
        "account_notice",
        key=key,
        to=options.pop("to", "clara@example.org"),
        to_name=options.pop("to_name", "Clara"),
        language="en",
        subject=None,
        context={"happened": "password-changed", "link": ""},
        **options,
    )


def text(page):
    return page.content.decode()


def test_a_mail_is_read_changed_and_let_go(office, otto, do_work, inbox):
    mail = queue("k", hold=True)
    assert "Your password was changed" in text(office.get("/postausgang/?state=held"))
    page = office.get(f"/postausgang/{mail.pk}/")
    assert "All other sessions have ended." in text(page)
    assert list(Sighting.objects.values_list("viewer_id", "subject_id", "purpose")) == [
        (otto.pk, str(mail.pk), "outbox")
    ]
    words = {"subject": "Better\r\nBcc: x@example.org", "body": "Better words"}
    office.post(f"/postausgang/{mail.pk}/aendern/", words)
    office.post(f"/postausgang/{mail.pk}/freigeben/")
    do_work()
    assert (inbox[0].subject, inbox[0].body) == ("Better Bcc: x@example.org", "Better words")
    assert "left" in text(office.get("/postausgang/?state=sent"))
    verbs = Entry.objects.filter(subject_type="mail.outgoingmail", actor_id=otto.pk)
    assert list(verbs.values_list("verb", flat=True)) == ["mail.rewritten", "state.queued"]


def test_a_mail_is_held_and_thrown_away(office, do_work, inbox):
    mail = queue("k")
    office.post(f"/postausgang/{mail.pk}/anhalten/")
    office.post(f"/postausgang/{mail.pk}/verwerfen/")
    do_work()
    mail.refresh_from_db()
    assert (mail.state, inbox) == ("cancelled", [])
    late = office.post(f"/postausgang/{mail.pk}/freigeben/", follow=True)
    assert "This step is not possible now" in text(late)


def test_a_dead_mail_is_shown_and_tried_again(office, do_work, inbox):
    mail = queue("k")
    Effect.objects.filter(kind="mail.deliver").update(state="dead", last_error="SMTPException")
    page = text(office.get("/schreibtisch/"))
    assert "A mail to Clara could not be delivered" in page
    assert "not delivered" in text(office.get("/postausgang/?state=failed"))
    office.post(f"/postausgang/{mail.pk}/erneut/")
    do_work()
    assert len(inbox) == 1
    assert "No message fits." in text(office.get("/postausgang/?state=failed"))


def test_a_letter_is_printed_and_a_call_is_noted(office):
    mail = queue("k", to="", postal_address="Weg 1\n33602 Bielefeld")
    page = text(office.get(f"/postausgang/{mail.pk}/brief/"))
    assert "Weg 1<br>33602 Bielefeld" in page and "All other sessions have ended." in page
    assert "1 letter is to be printed" in text(office.get("/schreibtisch/"))
    office.post(f"/postausgang/{mail.pk}/brief/verschickt/")
    empty = text(office.post(f"/postausgang/{mail.pk}/anruf/", {"note": ""}))
    assert "Please note in a few words" in empty
    office.post(f"/postausgang/{mail.pk}/anruf/", {"note": "accepts"})
    mail.refresh_from_db()
    assert (mail.phone_note, bool(mail.printed_at), bool(mail.phoned_at)) == ("accepts", True, True)
    assert "told by telephone" in text(office.get("/postausgang/"))


def test_what_a_secret_mail_says_is_not_shown(office):
    mail = queue("k", secret=True)
    for path in ["", "?state=queued", f"{mail.pk}/"]:
        page = text(office.get(f"/postausgang/{path}"))
        assert "Code or personal link" in page
        assert "Your password was changed" not in page
        assert "All other sessions have ended." not in page
    assert office.get(f"/postausgang/{mail.pk}/brief/").status_code == 403
    assert office.get(f"/postausgang/{mail.pk}/aendern/").status_code == 403


def test_what_a_secret_mail_says_is_not_found(office):
    queue("k", secret=True)
    queue("open")
    found = text(office.get("/postausgang/?q=password+was"))
    assert ("Your password was changed" in found, "Code or personal link" in found) == (True, False)
    assert "Code or personal link" in text(office.get("/postausgang/?q=clara"))


def test_no_way_to_the_words_without_a_note_of_who_read_them(office, otto):
    mail = queue("k", hold=True)
    page = office.get(f"/postausgang/{mail.pk}/aendern/")
    assert "All other sessions have ended." in text(page)
    page = office.post(f"/postausgang/{mail.pk}/anruf/", {"note": ""})
    assert "All other sessions have ended." in text(page)
    assert list(Sighting.objects.order_by("pk").values_list("viewer_id", "purpose")) == [
        (otto.pk, "rewrite"),
        (otto.pk, "outbox"),
    ]


@pytest.mark.parametrize("person", ["clara", "rita", "leo", "anton", "dora"])
def test_the_outbox_is_for_the_office(request, person):
    reader = login(Client(), request.getfixturevalue(person))
    mail = queue("k")
    for path in ["", f"{mail.pk}/", f"{mail.pk}/brief/", f"{mail.pk}/aendern/"]:
        assert reader.get(f"/postausgang/{path}").status_code == 403
    for step in ["anhalten", "freigeben", "verwerfen", "erneut", "brief/verschickt"]:
        assert reader.post(f"/postausgang/{mail.pk}/{step}/").status_code == 403
    mail.refresh_from_db()
    assert mail.state == "queued"


def test_strangers_are_led_to_the_login(db, client):
    assert client.get("/postausgang/").url == "/konto/anmelden/?next=/postausgang/"


def test_the_list_asks_as_much_for_three_as_for_one(office, django_assert_num_queries):
    queue("k0")
    office.get("/postausgang/")
    with django_assert_num_queries(6):
        office.get("/postausgang/")
    for n in range(1, 4):
        queue(f"k{n}", hold=n % 2 == 0)
    with django_assert_num_queries(6):
        office.get("/postausgang/")


def test_words_and_state_find_a_mail(office):
    queue("a", to="anna@example.org", to_name="Anna")
    queue("b", hold=True)
    assert "Anna" in text(office.get("/postausgang/?q=anna"))
    assert "Clara" not in text(office.get("/postausgang/?q=anna"))
    assert "No message fits." in text(office.get("/postausgang/?q=anna&state=held"))


def test_dead_letters_are_revived_from_the_desk(office, otto, clara):
    work.request("effects.heartbeat", "x")
    Effect.objects.update(state="dead", attempts=8, last_error="TimeoutError")
    effect = Effect.objects.get()
    assert "TimeoutError" in text(office.get("/schreibtisch/"))
    assert login(Client(), clara).post(f"/schreibtisch/erneut/{effect.pk}/").status_code == 403
    office.post(f"/schreibtisch/erneut/{effect.pk}/")
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == ("due", 0)
    assert Entry.objects.get(verb="effect.revived").actor_id == otto.pk
    assert office.post(f"/schreibtisch/erneut/{effect.pk}/").status_code == 404


def test_mails_on_hold_stand_on_the_desk_as_one_line(office):
    for n in range(3):
        queue(f"k{n}", hold=True)
    assert "3 mails are on hold" in text(office.get("/schreibtisch/"))
    assert OutgoingMail.objects.count() == 3
