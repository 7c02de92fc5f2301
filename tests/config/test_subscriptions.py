"""Notifications by e-mail: asked for, confirmed by the mailbox, ended with one click, then gone."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMail
from foundation.subscriptions import asking, keeping, links
from foundation.subscriptions.models import Subscriber, Subscription
from foundation.subscriptions.tasks import forget
from foundation.subscriptions.wishes import Wish
from partnerships.directory import checkups, directory
from tests.conftest import login

pytestmark = pytest.mark.django_db

CALLS, SESSIONS, NEWS = Wish("calls"), Wish("sessions"), Wish("news")
ADA = "ada@example.org"


@pytest.fixture
def reader():
    return Client(headers={"accept-language": "en"})


def text(page):
    return page.content.decode()


def token_in(mail):
    """The token of the link in a mail to a subscriber."""
    return re.search(r"/benachrichtigungen/(?:bestaetigen|meine)/([^/\s]+)/", mail.body)[1]


def ask(*wishes, email=ADA, language="en"):
    return asking.ask(email, wishes, named=["calls"], language=language)


def subscribed(*wishes, email=ADA, language="en"):
    ask(*wishes, email=email, language=language)
    return asking.confirm(token_in(OutgoingMail.objects.latest("pk")))


@pytest.mark.req("R100")
def test_a_stranger_subscribes_and_the_mailbox_confirms(reader, do_work, inbox):
    sent = reader.post("/benachrichtigungen/", {"general": ["calls"], "email": "Ada@Example.org"})
    assert sent["Location"] == "/benachrichtigungen/unterwegs/"
    do_work()
    assert [mail.to for mail in inbox] == [[ADA]]
    assert "Public calls of the innovation circles" in inbox[0].body
    assert keeping.wishes_of(Subscriber.objects.get()) == set()

    page = reader.get(f"/benachrichtigungen/bestaetigen/{token_in(inbox[0])}/", follow=True)
    assert "Public calls of the innovation circles" in text(page)
    assert keeping.wishes_of(Subscriber.objects.get()) == set(), "opening the link is no yes"

    page = reader.post("/benachrichtigungen/bestaetigen/", follow=True)
    assert "You get these mails from now on" in text(page)
    assert keeping.wishes_of(Subscriber.objects.get()) == {CALLS}


def test_without_a_choice_or_an_address_nothing_typed_is_lost(reader):
    page = reader.post("/benachrichtigungen/", {"email": ADA})
    assert "Please choose at least one thing" in text(page)
    assert f'value="{ADA}"' in text(page)
    page = reader.post("/benachrichtigungen/", {"general": ["news"], "email": "nobody"})
    assert 'value="news"' in text(page)
    assert re.search(r'value="news"[^>]* checked', text(page))
    assert Subscriber.objects.count() == 0


def test_a_link_chooses_beforehand(reader):
    page = reader.get("/benachrichtigungen/?was=calls&was=<b>")
    assert re.search(r'value="calls"[^>]* checked', text(page))
    assert "<b>" not in text(page)


@pytest.mark.req("R100")
def test_nobody_learns_whether_an_address_is_known(reader, do_work, inbox):
    subscribed(CALLS)
    other = Client(headers={"accept-language": "en"})
    answers = [
        browser.post("/benachrichtigungen/", {"general": ["calls"], "email": email})
        for browser, email in ((reader, ADA), (other, "bo@example.org"))
    ]
    known, unknown = [(each.status_code, each["Location"], each.content) for each in answers]
    assert known == unknown
    pages = [text(browser.get("/benachrichtigungen/unterwegs/")) for browser in (reader, other)]
    same = [re.sub(r'middlewaretoken" value="\w+"', "", page) for page in pages]
    assert same[0] == same[1]
    do_work()
    assert "You get all of this already" in inbox[-2].body


def test_what_strangers_ask_for_changes_nothing_that_was_confirmed():
    ada = subscribed(CALLS, language="de")
    ask(NEWS, language="en")
    ada.refresh_from_db()
    assert keeping.wishes_of(ada) == {CALLS}
    assert ada.language == "de"


def test_the_link_ends_after_two_days_and_counts_once(reader):
    ask(CALLS)
    token = token_in(OutgoingMail.objects.get())
    Subscription.objects.update(asked_at=timezone.now() - asking.VALID_FOR)
    page = reader.get(f"/benachrichtigungen/bestaetigen/{token}/", follow=True)
    assert (page.status_code, "no longer valid" in text(page)) == (404, True)
    with pytest.raises(asking.LinkOver):
        asking.confirm(token)
    Subscription.objects.update(asked_at=timezone.now())
    asking.confirm(token)
    with pytest.raises(asking.LinkOver):
        asking.confirm(token)


def test_only_the_digest_of_the_link_is_kept(do_work):
    ask(CALLS)
    token = token_in(OutgoingMail.objects.get())
    assert Subscription.objects.get().token_digest == asking.digest_of(token)
    do_work()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.to, mail.subject, mail.body) == ("sent", "", "", "")


def test_asking_too_often_is_refused_by_address(reader):
    for _ in range(3):
        ask(CALLS)
    page = reader.post("/benachrichtigungen/", {"general": ["calls"], "email": ADA})
    assert "too often" in text(page)
    assert OutgoingMail.objects.count() == 3


@pytest.mark.req("R100")
def test_the_choice_is_changed_by_the_own_link(reader):
    ada = subscribed(CALLS)
    page = reader.get(f"/benachrichtigungen/meine/{links.token_of(ada)}/", follow=True)
    assert re.search(r'value="calls"[^>]* checked', text(page))
    reader.post("/benachrichtigungen/meine/", {"general": ["sessions"], "language": "fi"})
    ada.refresh_from_db()
    assert (keeping.wishes_of(ada), ada.language) == ({SESSIONS}, "fi")
    page = reader.post("/benachrichtigungen/meine/", {"language": "fi"})
    assert "or end the subscription below" in text(page)
    assert keeping.wishes_of(ada) == {SESSIONS}


@pytest.mark.req("R100")
def test_the_mail_program_ends_it_with_one_click_and_a_get_changes_nothing(reader):
    url = links.unsubscribe_url(subscribed(CALLS)).removeprefix("http://localhost:8000")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(url).status_code == 200
    assert strict.head(url).status_code == 200
    assert Subscriber.objects.count() == 1
    done = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert done["Location"] == "/benachrichtigungen/beendet/"
    assert Subscriber.objects.count() == 0
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 302, "once more"


def test_a_forged_link_ends_nothing():
    ada = subscribed(CALLS)
    for forged in (ada.handle, f"{ada.handle}~{'A' * 43}", f"{ada.pk}~x"):
        assert Client().post(f"/benachrichtigungen/abmelden/{forged}/").status_code == 404
    assert Subscriber.objects.count() == 1


@pytest.mark.req("R100")
def test_ending_it_erases_address_choice_and_waiting_mails(reader, do_work, inbox):
    ada = subscribed(CALLS)
    reader.get(f"/benachrichtigungen/meine/{links.token_of(ada)}/")
    page = reader.post("/benachrichtigungen/meine/beenden/", follow=True)
    assert "You get no more mails" in text(page)
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (0, 0)
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.to, mail.body, mail.subject) == ("cancelled", "", "", "")
    assert ADA not in str(list(Entry.objects.values()))
    do_work()
    assert inbox == []


def test_what_nobody_confirmed_is_erased_after_two_days():
    bo = subscribed(CALLS, email="bo@example.org")
    ask(CALLS)
    ask(NEWS, email="bo@example.org")
    old = timezone.now() - asking.VALID_FOR - dt.timedelta(minutes=1)
    Subscriber.objects.update(created_at=old)
    forget()
    assert Subscriber.objects.count() == 2, "two days are not over"
    Subscription.objects.filter(confirmed_at=None).update(asked_at=old)
    forget()
    assert list(Subscriber.objects.all()) == [bo]
    assert keeping.wishes_of(bo) == {CALLS}
    assert not OutgoingMail.objects.filter(to=ADA).exists()


def test_the_database_keeps_what_a_subscription_is():
    ada = subscribed(CALLS)
    wrong = [
        {"topic": "calls", "confirmed_at": timezone.now()},
        {"topic": "news"},
        {"topic": "news", "confirmed_at": timezone.now(), "token_digest": "0" * 64},
        {"topic": "news", "confirmed_at": timezone.now(), "subject_type": "a.b"},
        {"topic": "no words", "confirmed_at": timezone.now()},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(subscriber=ada, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="Ada@example.org")


@pytest.mark.req("R100")
def test_the_office_sees_numbers_and_no_address(otto, django_assert_num_queries):
    office = login(Client(headers={"accept-language": "en"}), otto)
    assert "Nobody has subscribed yet" in text(office.get("/verwaltung/benachrichtigungen/"))
    subscribed(CALLS)
    subscribed(CALLS, SESSIONS, email="bo@example.org")
    ask(CALLS, email="cy@example.org")
    page = text(office.get("/verwaltung/benachrichtigungen/"))
    numbers = re.findall(
        r'<th scope="row">([^<]+)</th><td class="n">(\d)</td><td class="n">(\d)', page
    )
    assert numbers == [
        ("Public calls of the innovation circles", "2", "1"),
        ("Public sessions of the D.I.V.", "1", "0"),
    ]
    for address in ("/verwaltung/benachrichtigungen/", "/postausgang/", "/postausgang/?q=ada@"):
        assert "@example.org" not in text(office.get(address)).partition("<footer")[0].replace(
            "digitalisierungsbuero@example.org", ""
        )
    mail = OutgoingMail.objects.earliest("pk")
    assert ADA not in text(office.get(f"/postausgang/{mail.pk}/"))


@pytest.mark.req("R100")
def test_an_organisation_gets_a_link_and_says_yes_itself(otto, do_work, inbox):
    actor = directory.list_actor("Gartenhof", kind="sme", sector="business", by=None)
    checkups.set_contact(actor, "hof@example.org", by=None)
    office = login(Client(headers={"accept-language": "en"}), otto, fresh=True)
    office.post(f"/akteure/{actor.slug}/benachrichtigungen/")
    do_work()
    assert [mail.to for mail in inbox] == [["hof@example.org"]]
    assert keeping.numbers()[0].confirmed == 0
    hof = asking.confirm(token_in(inbox[0]))
    assert keeping.wishes_of(hof) == {CALLS, SESSIONS}


def test_pages_ask_the_database_as_often_for_many_as_for_one(
    reader, otto, django_assert_max_num_queries
):
    office = login(Client(), otto)
    for number in range(3):
        subscribed(CALLS, SESSIONS, NEWS, email=f"p{number}@example.org")
        with django_assert_max_num_queries(8):
            reader.get("/benachrichtigungen/")
        with django_assert_max_num_queries(9):
            office.get("/verwaltung/benachrichtigungen/")
