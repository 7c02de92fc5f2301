"""Addresses around a person's account: in German, and only what is wanted of allauth's list."""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from foundation.accounts.views import own, passkeys, second_factor
from foundation.accounts.views.login import AskForCode, Login, SecondStep
from foundation.posting.once import once

urlpatterns = [
    path("", own.account, name="account"),
    path("anmelden/", Login.as_view(), name="account_login"),
    path("code/", once(AskForCode.as_view()), name="account_request_login_code"),
    path("code/eingeben/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("zweiter-faktor/", SecondStep.as_view(), name="mfa_authenticate"),
    path("abmelden/", allauth_views.logout, name="account_logout"),
    path("gesperrt/", allauth_views.account_inactive, name="account_inactive"),
    path("passwort/", own.change_password, name="change_password"),
    path(
        "passwort/vergessen/",
        once(allauth_views.password_reset),
        name="account_reset_password",
    ),
    path(
        "passwort/vergessen/gesendet/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/gesetzt/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sicherheit/", second_factor.second_factor, name="second_factor"),
    path("sicherheit/einrichten/", second_factor.enrol_factor, name="enrol_factor"),
    path("sicherheit/ersatzcodes/", second_factor.recovery_codes, name="recovery_codes"),
    path("sicherheit/entfernen/", second_factor.remove_factor, name="remove_factor"),
    path("sicherheit/passkeys/neu/", passkeys.passkey_new, name="passkey_new"),
    path("sicherheit/passkeys/<int:pk>/", passkeys.passkey_rename, name="passkey_rename"),
    path("sicherheit/passkeys/<int:pk>/entfernen/", passkeys.passkey_remove, name="passkey_remove"),
    path("bestaetigen/passkey/", passkeys.confirm_passkey, name="confirm_passkey"),
    path("bestaetigen/", second_factor.confirm_factor, name="confirm_factor"),
]
