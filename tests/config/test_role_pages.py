"""Administrators manage roles on pages: a fresh factor each time, nothing typed is lost."""

import datetime as dt
import re

import pytest
from django.test import Client

from foundation.accounts import factor, letters, mandates
from foundation.accounts.appointments import Office
from foundation.accounts.models import Invitation, Mandate, Role, User
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.foundation.test_accounts_roles import invite

LIST, GRANT, INVITE = "/verwaltung/rollen/", "/verwaltung/rollen/vergeben/", "/verwaltung/einladen/"
NORA = {"email": "nora@example.org", "name": "Nora", "role": "reviewer", "subject": ""}


@pytest.fixture
def admin(anton):
    return login(Client(headers={"accept-language": "en"}), anton)


def text(page):
    return page.content.decode()


def test_a_role_is_given_with_a_code_in_the_same_form(admin, anton):
    page = admin.post(GRANT, {**NORA, "code": ""})
    assert "Please enter the code" in text(page) and 'value="Nora"' in text(page)
    page = admin.post(GRANT, {**NORA, "code": "000000"})
    assert "This code is not right" in text(page) and 'value="Nora"' in text(page)
    assert not User.objects.filter(email="nora@example.org").exists()
    assert admin.post(GRANT, {**NORA, "code": factor.current_code(anton)}).url == LIST
    assert "nora@example.org" in text(admin.get(LIST))
    second = {**NORA, "email": "nils@example.org"}  # still fresh: no code asked
    assert 'name="code"' not in text(admin.get(GRANT))
    assert admin.post(GRANT, second).url == LIST


def test_a_code_is_not_spent_on_a_form_with_other_mistakes(admin, anton):
    code = factor.current_code(anton)
    admin.post(GRANT, {**NORA, "email": "no address", "code": code})
    assert admin.post(GRANT, {**NORA, "code": code}).url == LIST


def test_a_role_needs_what_it_is_for(admin, anton):
    login(admin, anton, fresh=True)
    page = text(admin.post(GRANT, {**NORA, "role": "signatory"}))
    assert "Choose what this role is for." in page


def test_the_last_day_counts_whole(admin, anton):
    login(admin, anton, fresh=True)
    admin.post(GRANT, {**NORA, "role": "auditor", "last_day": "2099-07-31"})
    assert Mandate.objects.get(role="auditor").ends_at.isoformat() == "2099-07-31T22:00:00+00:00"


def test_a_deputy_gets_the_same_role(admin, anton, leo):
    login(admin, anton, fresh=True)
    principal = Mandate.objects.get(user=leo)
    admin.post(f"{LIST}{principal.pk}/vertretung/", {"email": "nora@example.org", "name": "Nora"})
    deputy = Mandate.objects.get(deputy_of=principal)
    assert (deputy.role, deputy.user.email) == (Role.LOTTERY_OFFICER, "nora@example.org")
    assert "deputy of Leo" in text(admin.get(LIST))


def test_a_role_is_taken_away_at_once(admin, anton, otto):
    his = login(Client(), otto)
    assert his.get("/postausgang/").status_code == 200
    login(admin, anton, fresh=True)
    mandate = Mandate.objects.get(user=otto)
    assert admin.get(f"{LIST}{mandate.pk}/entziehen/").status_code == 200
    assert his.get("/postausgang/").status_code == 200  # looking changes nothing
    admin.post(f"{LIST}{mandate.pk}/entziehen/")
    assert his.get("/postausgang/").status_code == 403


def test_a_lost_phone_is_reset(admin, anton, rita):
    login(admin, anton, fresh=True)
    admin.post(f"/verwaltung/personen/{rita.pk}/faktor/")
    assert not factor.has_second_factor(rita)
    page = text(admin.post(f"/verwaltung/personen/{anton.pk}/faktor/"))
    assert "Ask another administrator" in page


@pytest.mark.parametrize("person", ["clara", "otto", "rita", "dora"])
def test_roles_are_managed_by_administrators_only(request, person, leo):
    reader = login(Client(), request.getfixturevalue(person))
    mandate = Mandate.objects.get(user=leo)
    for path in [LIST, GRANT, INVITE, f"{LIST}{mandate.pk}/entziehen/"]:
        assert reader.get(path).status_code == 403
        assert reader.post(path, NORA).status_code in {403, 405}
    assert mandates.holds(leo, Role.LOTTERY_OFFICER)


def test_the_list_asks_as_much_for_many_as_for_one(admin, anton, django_assert_num_queries):
    admin.get(LIST)
    with django_assert_num_queries(5):
        admin.get(LIST)
    for n in range(5):
        person = User.objects.create_user(f"p{n}@example.org")
        mandates.grant(person, Role.DIV_MEMBER, by=anton)
    with django_assert_num_queries(5):
        admin.get(LIST)


def _invite(admin, anton, do_work, inbox):
    login(admin, anton, fresh=True)
    admin.post(INVITE, {**NORA, "role": "reviewer", "language": "en"})
    do_work()
    return re.search(r"http://localhost:8000(/einladung/\S+)", inbox[-1].body)[1]


def test_somebody_from_outside_is_invited_and_comes_in(admin, anton, do_work, inbox):
    link = _invite(admin, anton, do_work, inbox)
    nora = Client(headers={"accept-language": "en"})
    assert nora.get(link).url == "/einladung/"
    page = text(nora.get("/einladung/"))
    assert "Anton invites you" in page and link.split("/")[2] not in page
    sent = nora.post("/einladung/bestaetigen/")
    assert sent.url == "/konto/code/eingeben/?next=%2Feinladung%2F"
    do_work()
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", inbox[-1].body)[0]
    assert inbox[-1].to == ["nora@example.org"]
    assert nora.post(sent.url, {"code": code}).url == "/einladung/"
    assert not Mandate.objects.filter(user__email="nora@example.org").exists()
    assert nora.post("/einladung/").url == "/konto/sicherheit/einrichten/"
    assert Mandate.objects.get(user__email="nora@example.org").role == Role.REVIEWER
    assert "no longer valid" in text(
        Client(headers={"accept-language": "en"}).get(link, follow=True)
    )


def test_the_link_is_of_no_use_to_somebody_else(admin, anton, clara, do_work, inbox):
    link = _invite(admin, anton, do_work, inbox)
    other = login(Client(headers={"accept-language": "en"}), clara)
    page = other.get(link, follow=True)
    assert "logged in under another address" in text(page)
    refused = other.post("/einladung/")
    assert (refused.status_code, "for another address" in text(refused)) == (409, True)
    assert not mandates.holds_any(User.objects.get(pk=clara.pk), Role.REVIEWER)
    assert Client().post("/einladung/").status_code == 409


def test_strangers_cannot_take_a_role_without_confirming(admin, anton, do_work, inbox):
    link = _invite(admin, anton, do_work, inbox)
    stranger = Client()
    stranger.get(link)
    assert stranger.post("/einladung/").status_code == 403
    assert Invitation.objects.get().accepted_at is None


def test_an_invitation_is_withdrawn(admin, anton, do_work, inbox):
    link = _invite(admin, anton, do_work, inbox)
    invitation = Invitation.objects.get()
    assert "nora@example.org" in text(admin.get(LIST))
    admin.post(f"/verwaltung/einladungen/{invitation.pk}/zurueckziehen/")
    page = Client(headers={"accept-language": "en"}).get(link, follow=True)
    assert (page.status_code, "no longer valid" in text(page)) == (409, True)


def test_the_last_day_is_shown_as_it_was_typed(admin, anton, rita):
    """A term ends with the midnight after its last day; nobody reads the day after."""
    ends_at = dt.datetime(2099, 7, 31, 22, tzinfo=dt.UTC)  # midnight in Bielefeld
    mandate = mandates.grant(rita, Role.OFFICE, by=anton, ends_at=ends_at)
    assert mandate.last_day == dt.date(2099, 7, 31)
    letters.tell_role(mandate, of_what="", link="", by=anton)
    own = login(Client(headers={"accept-language": "en"}), rita)
    token = invite(anton, office=Office(Role.AUDITOR, ends_at=ends_at))
    invited = Client(headers={"accept-language": "en"})
    shown = [
        text(admin.get(LIST)),
        text(own.get("/konto/")),
        OutgoingMail.objects.get(kind="account_role").body,
        text(invited.get(f"/einladung/{token}/", follow=True)),
    ]
    july = r"31 July 2099|07/31/2099|31[.] Juli 2099|31[.]07[.]2099"
    assert [bool(re.search(july, each)) for each in shown] == [True] * 4
    assert not any("August 2099" in each or "08.2099" in each for each in shown)
