"""Roles: given with a fresh factor, scoped, ending; invitations for one address and a week."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts import appointments, factor, invitations, mandates
from foundation.accounts.appointments import Office
from foundation.accounts.models import Invitation, Mandate, Role, User
from foundation.accounts.people import person_with
from foundation.accounts.proof import Proof, ProofMissing
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMail
from tests.conftest import make_user


def proof_of(user):
    return Proof(user_id=user.pk, factor="totp", at=timezone.now())


def appoint(email, by, office=None, **options):
    return appointments.appoint(
        email,
        options.pop("name", "Nora"),
        office or Office(Role.REVIEWER),
        of_what="",
        link="http://localhost/konto/anmelden/",
        by=by,
        proof=options.pop("proof", proof_of(by)),
    )


def invite(by, email="nora@example.org", office=None):
    tokens = []

    def link_to(token):
        tokens.append(token)
        return f"http://localhost/einladung/{token}/"

    invitations.invite(
        email,
        office or Office(Role.AUDITOR, ends_at=timezone.now() + dt.timedelta(days=30)),
        of_what="",
        link_to=link_to,
        language="en",
        by=by,
        proof=proof_of(by),
    )
    return tokens[0]


def invitation_of(token):
    return invitations.find(invitations.digest_of(token))


def test_staff_roles_rest_without_a_second_factor(db):
    nora = make_user("Nora", Role.OFFICE, Role.DIV_MEMBER)
    assert mandates.holds(nora, Role.DIV_MEMBER)
    assert not mandates.holds(nora, Role.OFFICE)
    assert mandates.rest_without_factor(nora)


def test_an_administrator_appoints_and_the_person_is_told(anton):
    mandate = appoint("Nora@Example.org", anton)
    assert (mandate.user.email, mandate.user.name, mandate.granted_by) == (
        "nora@example.org",
        "Nora",
        anton,
    )
    assert not mandate.user.has_usable_password()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.subject_type) == (
        "account_role",
        "nora@example.org",
        "accounts.mandate",
    )
    assert "mandate.granted" in Entry.objects.values_list("verb", flat=True)


def test_nobody_else_appoints(otto, anton):
    with pytest.raises(PermissionDenied):
        appoint("nora@example.org", otto)
    with pytest.raises(ProofMissing):
        appoint("nora@example.org", anton, proof=proof_of(otto))
    assert not User.objects.filter(email="nora@example.org").exists()


@pytest.mark.parametrize(
    ("office", "code"),
    [
        (Office(Role.SIGNATORY), "role-needs-object"),
        (Office(Role.AUDITOR), "role-needs-term"),
        (
            Office(Role.REVIEWER, ends_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
            "term-is-over",
        ),
    ],
)
def test_roles_without_what_they_need_are_refused(anton, office, code):
    with pytest.raises(appointments.NotAppointable) as refusal:
        appoint("nora@example.org", anton, office)
    assert refusal.value.code == code


def test_a_role_is_given_once_and_again_after_its_term(anton, clara):
    mandate = mandates.grant(
        clara, Role.REVIEWER, by=anton, ends_at=timezone.now() + dt.timedelta(hours=1)
    )
    with pytest.raises(mandates.MandateExists):
        mandates.grant(clara, Role.REVIEWER, by=anton)
    Mandate.objects.filter(pk=mandate.pk).update(
        starts_at=timezone.now() - dt.timedelta(days=2),
        ends_at=timezone.now() - dt.timedelta(days=1),
    )
    again = mandates.grant(clara, Role.REVIEWER, by=anton)
    mandate.refresh_from_db()
    assert (mandate.revoked_at, again.revoked_at) == (mandate.ends_at, None)


def test_a_role_on_one_object_is_none_on_another(anton, clara, olaf):
    mandates.grant(clara, Role.DIV_MEMBER, olaf, by=anton)
    assert mandates.holds(clara, Role.DIV_MEMBER, olaf)
    assert not mandates.holds(clara, Role.DIV_MEMBER, anton)
    assert not mandates.holds(clara, Role.DIV_MEMBER)


def test_a_role_taken_away_counts_no_more(anton, rita):
    mandate = Mandate.objects.get(user=rita)
    appointments.dismiss(mandate, by=anton, proof=proof_of(anton))
    assert not mandates.holds(User.objects.get(pk=rita.pk), Role.REVIEWER)
    appointments.dismiss(mandate, by=anton, proof=proof_of(anton))
    assert Entry.objects.filter(verb="mandate.revoked").count() == 1


def test_the_last_administrator_stays(anton, db):
    own = Mandate.objects.get(user=anton)
    make_user("Nora", Role.ADMINISTRATOR)  # has no second factor, so could not log in
    with pytest.raises(appointments.LastAdministrator):
        appointments.dismiss(own, by=anton, proof=proof_of(anton))
    make_user("Nils", Role.ADMINISTRATOR, factor=True)
    appointments.dismiss(own, by=anton, proof=proof_of(anton))


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once(anton):
    nils = make_user("Nils", Role.ADMINISTRATOR, factor=True)
    outcome, start = [], threading.Barrier(2)

    def dismiss(by, other):
        start.wait(10)
        try:
            appointments.dismiss(Mandate.objects.get(user=other), by=by, proof=proof_of(by))
            outcome.append("dismissed")
        except appointments.LastAdministrator as refusal:
            outcome.append(refusal.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=dismiss, args=pair) for pair in [(anton, nils), (nils, anton)]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcome) == ["dismissed", "last-administrator"]


def test_an_administrator_resets_the_factor_of_another(anton, rita, client):
    client.force_login(rita, backend="allauth.account.auth_backends.AuthenticationBackend")
    with pytest.raises(appointments.NotAppointable):
        appointments.reset_factor(anton, by=anton, proof=proof_of(anton))
    appointments.reset_factor(rita, by=anton, proof=proof_of(anton))
    assert not factor.has_second_factor(rita)
    assert rita.factor_reset_at is not None
    assert client.get("/konto/").status_code == 302  # her sessions have ended


def test_one_address_is_one_person(db):
    assert person_with(" Nora@Example.ORG ", name="Nora").pk == person_with("nora@example.org").pk
    assert User.objects.get(email="nora@example.org").name == "Nora"


@pytest.mark.django_db(transaction=True)
def test_one_address_is_one_person_also_for_two_at_once():
    found, start = [], threading.Barrier(5)

    def find():
        start.wait(10)
        found.append(person_with("nora@example.org").pk)
        connection.close()

    threads = [threading.Thread(target=find) for _n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 5 and len(set(found)) == 1


def test_the_token_stands_in_the_mail_and_nowhere_else(anton, do_work, inbox):
    token = invite(anton)
    mail = OutgoingMail.objects.get()
    assert (mail.secret, f"/einladung/{token}/" in mail.body) == (True, True)
    assert Invitation.objects.get().token_digest == invitations.digest_of(token)
    do_work()
    mail.refresh_from_db()
    assert (mail.body, token in inbox[0].body) == ("", True)


def test_an_invitation_is_taken_once_by_whom_it_is_for(anton, clara):
    token = invite(anton)
    nora = person_with("nora@example.org")
    with pytest.raises(invitations.AnotherAddress):
        invitations.accept(invitation_of(token), by=clara)
    invitation = invitation_of(token)
    mandate = invitations.accept(invitation, by=nora)
    assert (mandate.user, mandate.role, mandate.ends_at) == (
        nora,
        Role.AUDITOR,
        invitation.mandate_ends_at,
    )
    with pytest.raises(invitations.InvitationVoid):
        invitations.accept(invitation, by=nora)


def test_an_expired_invitation_is_not_revived_by_a_password_reset(anton):
    token = invite(anton)
    nora = person_with("nora@example.org")
    Invitation.objects.update(
        created_at=timezone.now() - dt.timedelta(days=9),
        expires_at=timezone.now() - dt.timedelta(days=2),
    )
    nora.set_password("eine ganz neue Wendung")
    nora.save()
    with pytest.raises(invitations.InvitationVoid):
        invitation_of(token)
    with pytest.raises(invitations.InvitationVoid):
        invitations.accept(Invitation.objects.get(), by=nora)
    assert not Mandate.objects.filter(user=nora).exists()


def test_withdrawn_invitations_and_those_of_former_administrators_are_void(anton):
    nils = make_user("Nils", Role.ADMINISTRATOR, factor=True)
    first, second = invite(anton), invite(nils, "nina@example.org")
    invitations.withdraw(invitation_of(first), by=anton, proof=proof_of(anton))
    mandates.revoke(Mandate.objects.get(user=nils), by=anton)
    for token in (first, second, "never made"):
        with pytest.raises(invitations.InvitationVoid):
            invitation_of(token)


def test_whoever_runs_the_portal_is_not_made_by_a_link(anton):
    for role in (Role.ADMINISTRATOR, Role.OFFICE):
        with pytest.raises(appointments.NotAppointable):
            invite(anton, office=Office(role))


def test_the_admin_is_for_administrators_with_a_second_factor(client, anton, otto, db):
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/konto/anmelden/?next=/admin/"
    client.force_login(anton, backend=backend)
    assert client.get("/admin/").status_code == 200
    other = Client()
    other.force_login(otto, backend=backend)
    assert other.get("/admin/login/").status_code == 403
    bare = Client()
    bare.force_login(make_user("Nora", Role.ADMINISTRATOR, is_staff=True), backend=backend)
    assert bare.get("/admin/login/").status_code == 403
    plain = Client()
    plain.force_login(make_user("Nils", is_staff=True), backend=backend)
    assert plain.get("/admin/login/").status_code == 403
