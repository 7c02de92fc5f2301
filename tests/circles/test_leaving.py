"""Deleting one's own account: what holds it back, what goes, what stays, and no way back."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles import lottery
from circles.models import Application, Nomination, Offer
from circles.seating import nominations
from circles.seating.offers import answer
from config import leaving
from foundation.accounts import leaving as accounts
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.accounts.proof import Proof, ProofMissing
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMail
from foundation.posting.limits import TooOften
from foundation.subscriptions.models import Subscriber
from tests.circles.factories import make_application, make_call, make_circle
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("drawn_ground")

ENGLISH = {"accept-language": "en"}
PAGE, CODE = "/konto/loeschen/", "/konto/loeschen/code/"


@pytest.fixture
def visitor(clara):
    return login(Client(headers=ENGLISH), clara)


def newest_code() -> str:
    mail = OutgoingMail.objects.filter(kind="account_leaving_code").latest("pk")
    return re.search(r"[A-Z]{4}-[A-Z]{4}", mail.body)[0]


def leave(user) -> None:
    accounts.send_code(user)
    leaving.delete_account(user, code=newest_code())


def test_by_a_mailed_code_the_account_goes_and_every_session_ends(visitor, clara, otto):
    other = login(Client(headers=ENGLISH), clara)
    make_application(make_call(otto), email=clara.email)

    assert 'name="code"' not in visitor.get(PAGE).content.decode()
    visitor.post(CODE)
    answer_ = visitor.post(PAGE, {"understood": "on", "code": newest_code().lower()})

    assert answer_.url == reverse("account_deleted")
    assert "Your account is deleted" in visitor.get(answer_.url).content.decode()
    assert other.get("/konto/").status_code == 302
    clara.refresh_from_db()
    assert (clara.name, clara.is_active, clara.has_usable_password()) == ("", False, False)
    assert clara.email.endswith("@erased.invalid") and str(clara) == "former account"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE email = 'clara@example.org'")
        assert cursor.fetchone() == (0,)


def test_the_last_mail_goes_to_the_old_address_and_all_others_are_forgotten(
    clara, otto, do_work, inbox
):
    do_work()
    inbox.clear()
    make_application(make_call(otto), email=clara.email)
    waiting = OutgoingMail.objects.filter(to=clara.email).count()
    leave(clara)

    (last,) = OutgoingMail.objects.filter(to="clara@example.org")
    assert waiting > 0 and last.kind == "account_erased"
    do_work()
    assert len(inbox) == 1
    assert inbox[0].to == ["Clara <clara@example.org>"]
    said = OutgoingMail.objects.exclude(pk=last.pk).values()
    assert "clara" not in str(list(said)).lower()
    last.refresh_from_db()
    assert last.body == ""


def test_subscriptions_of_the_address_end_too(clara):
    Subscriber.objects.create(email=clara.email)
    Subscriber.objects.create(email="andere@example.org")
    leave(clara)
    assert [each.email for each in Subscriber.objects.all()] == ["andere@example.org"]


def test_applications_are_erased_and_their_tickets_stay(drawn, do_work):
    offer = Offer.objects.order_by("place").first()
    person, ticket = offer.application.user, offer.application.ticket
    leave(person)

    gone = Application.objects.get(pk=offer.application_id)
    assert (gone.user, gone.email, gone.nonce, gone.ticket) == (None, "", "", ticket)
    assert drawn.draw.places.filter(ticket=ticket).count() == 1
    assert not Entry.objects.filter(actor_id=person.pk).exists()
    assert Entry.objects.filter(verb="account.erased", subject_id=str(person.pk)).count() == 1


def test_a_role_an_agreement_and_a_seat_hold_the_account_back(drawn, client):
    offer = Offer.objects.order_by("place").first()
    person = offer.application.user
    answer(offer, accept=True, by=person)
    mandates.grant(person, Role.DIV_MEMBER, by=None)

    page = login(client, person).get(PAGE, headers=ENGLISH).content.decode()

    assert "You still have a role: Member of the D.I.V." in page
    assert f"You have seat {offer.seat.number}" in page
    assert reverse("my_seat", args=[offer.seat_id]) in page
    assert "understood" not in page
    with pytest.raises(leaving.HeldBack):
        leave(person)
    assert User.objects.get(pk=person.pk).erased_at is None


def test_a_second_factor_has_to_be_fresh(client, db):
    rolf = make_user("Rolf", factor=True)
    old = Proof(rolf.pk, "totp", timezone.now() - 2 * accounts.WRONG_CODES.per)
    for proof in (None, old):
        with pytest.raises(ProofMissing):
            leaving.delete_account(rolf, proof=proof)
    login(client, rolf, fresh=True).post(PAGE, {"understood": "on"})
    assert User.objects.get(pk=rolf.pk).erased_at is not None


def test_without_the_tick_nothing_happens_and_the_code_is_kept(visitor, clara):
    visitor.post(CODE)
    code = newest_code()
    page = visitor.post(PAGE, {"code": code}).content.decode()
    assert "Please tick this box" in page and code in page
    assert User.objects.get(pk=clara.pk).is_active


def test_codes_cannot_be_guessed_and_belong_to_one_person(clara, olaf):
    accounts.send_code(olaf)
    for _n in range(accounts.WRONG_CODES.at_most):
        with pytest.raises(accounts.WrongCode):
            leaving.delete_account(clara, code=newest_code())
    with pytest.raises(TooOften):
        leaving.delete_account(clara, code=newest_code())


def test_a_code_gets_too_old(clara, monkeypatch):
    accounts.send_code(clara)
    code = newest_code()
    step = accounts._step()
    monkeypatch.setattr(accounts, "_step", lambda: step + 2)
    with pytest.raises(accounts.WrongCode):
        leaving.delete_account(clara, code=code)


def test_an_open_nomination_is_declined_and_forgotten(otto, clara):
    seat = make_circle(otto).seats.get(number=7)
    nominations.nominate(
        seat, name="Clara", email=clara.email, body="Beirat",
        nominated_on=timezone.localdate(), reason="Kennt sich aus", match="Passt", by=otto,
    )  # fmt: skip
    leave(clara)
    made = Nomination.objects.get()
    seat.refresh_from_db()
    assert (made.state, made.reason, seat.state, seat.holder) == ("declined", "", "free", None)


def test_the_database_lets_nobody_bring_an_account_back(clara):
    leave(clara)
    with pytest.raises(DatabaseError, match="erased-for-good"), transaction.atomic():
        User.objects.filter(pk=clara.pk).update(is_active=True, erased_at=None)
    with pytest.raises(DatabaseError, match="no-role-for-nobody"), transaction.atomic():
        mandates.grant(clara, Role.OFFICE, by=None)


def test_the_same_address_begins_anew(clara, otto):
    leave(clara)
    again = make_application(make_call(otto), email="clara@example.org")
    assert again.user.pk != clara.pk


def test_a_draw_can_still_be_recomputed_after_somebody_left(drawn):
    leave(drawn.draw.places.order_by("-number").first().application.user)
    again = lottery.Pool.from_bytes(bytes(drawn.draw.pool_txt))
    assert again.digest == drawn.draw.pool_sha256
    ranking = drawn.draw.places.order_by("number").values_list("ticket", flat=True)
    assert sorted(ranking) == sorted(again.tickets)
