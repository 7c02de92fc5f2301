"""Addresses of pages that mix apps."""

from django.urls import URLPattern, path

from config.pages import (
    health,
    home,
    invitations,
    language,
    leaving,
    legal,
    mandates,
    outbox,
    subscriptions,
    verify,
)
from config.pages.desk import page as desk
from config.pages.search import page as search
from config.pages.thread import page as thread
from config.pages.transparency import page as transparency

S = "benachrichtigungen/"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("schreibtisch/", desk.desk, name="desk"),
    path("schreibtisch/erneut/<int:pk>/", desk.revive_effect, name="revive_effect"),
    path("gesund/", health.health, name="health"),
    path("postausgang/", outbox.outbox, name="outbox"),
    path("postausgang/<int:pk>/", outbox.outgoing_mail, name="outgoing_mail"),
    path("postausgang/<int:pk>/aendern/", outbox.rewrite_mail, name="rewrite_mail"),
    path("postausgang/<int:pk>/anhalten/", outbox.hold_mail, name="hold_mail"),
    path("postausgang/<int:pk>/freigeben/", outbox.release_mail, name="release_mail"),
    path("postausgang/<int:pk>/verwerfen/", outbox.cancel_mail, name="cancel_mail"),
    path("postausgang/<int:pk>/erneut/", outbox.retry_mail, name="retry_mail"),
    path("postausgang/<int:pk>/anruf/", outbox.note_call, name="note_call"),
    path("postausgang/<int:pk>/brief/", outbox.letter, name="letter"),
    path("postausgang/<int:pk>/brief/verschickt/", outbox.note_letter, name="note_letter"),
    path("pruefen/", verify.verify, name="verify"),
    path("pruefen/<path:number>/", verify.verify_number, name="verify_number"),
    path("verwaltung/rollen/", mandates.mandate_list, name="mandate_list"),
    path("verwaltung/rollen/vergeben/", mandates.grant_mandate, name="grant_mandate"),
    path("verwaltung/rollen/<int:pk>/vertretung/", mandates.grant_deputy, name="grant_deputy"),
    path("verwaltung/rollen/<int:pk>/entziehen/", mandates.revoke_mandate, name="revoke_mandate"),
    path("verwaltung/personen/<int:pk>/faktor/", mandates.reset_factor, name="reset_factor"),
    path("verwaltung/einladen/", mandates.invite, name="invite"),
    path(
        "verwaltung/einladungen/<int:pk>/zurueckziehen/",
        mandates.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("einladung/", invitations.accept_invitation, name="accept_invitation"),
    path("einladung/bestaetigen/", invitations.confirm_invited, name="confirm_invited"),
    path("einladung/<str:token>/", invitations.open_invitation, name="open_invitation"),
    path("konto/loeschen/", leaving.account_delete, name="account_delete"),
    path("konto/loeschen/code/", leaving.account_delete_code, name="account_delete_code"),
    path("konto/geloescht/", leaving.account_deleted, name="account_deleted"),
    path("suche/", search.search, name="search"),
    path("sprache/", language.set_language, name="set_language"),
    path("faden/", thread.thread_list, name="thread_list"),
    path("faden/<int:number>/", thread.thread, name="thread"),
    path("faden/<int:number>-<str:language>.pdf", thread.thread_sheet, name="thread_sheet"),
    path("transparenz/", transparency.transparency, name="transparency"),
    path("transparenz/<str:name>.csv", transparency.transparency_csv, name="transparency_csv"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path(
        "barrierefreiheit/gemeldet/<str:number>/",
        legal.barrier_reported,
        name="barrier_reported",
    ),
    path("leichte-sprache/", legal.easy_language, name="easy_language"),
    path("hilfe/", legal.help_page, name="help"),
    path(S, subscriptions.subscribe, name="subscribe"),
    path(S + "unterwegs/", subscriptions.subscription_asked, name="subscription_asked"),
    path(S + "bestaetigen/", subscriptions.subscription_confirm, name="subscription_confirm"),
    path(
        S + "bestaetigen/<str:token>/", subscriptions.subscription_enter, name="subscription_enter"
    ),
    path(S + "meine/", subscriptions.subscription, name="subscription"),
    path(S + "meine/beenden/", subscriptions.subscription_end, name="subscription_end"),
    path(S + "meine/<str:token>/", subscriptions.subscription_open, name="subscription_open"),
    path(S + "beendet/", subscriptions.subscription_ended, name="subscription_ended"),
    path(S + "abmelden/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path(
        "verwaltung/benachrichtigungen/",
        subscriptions.subscriber_numbers,
        name="subscriber_numbers",
    ),
    path(
        "akteure/<slug:slug>/benachrichtigungen/",
        subscriptions.actor_subscribe,
        name="actor_subscribe",
    ),
    path("robots.txt", legal.robots, name="robots"),
]
