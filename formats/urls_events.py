"""Addresses of events, their programme and registration, forums and calendars."""

from django.urls import path

from formats.views import (
    event,
    event_calendar,
    event_office,
    forum,
    guests,
    invitations,
    invited,
    programme,
    registration,
    results,
)

EVENT = "termine/<slug:slug>/"

urlpatterns = [
    path("termine/", event.event_list, name="event_list"),
    path("termine/neu/", event_office.event_create, name="event_create"),
    path("termine/kalender.ics", event_calendar.event_calendar, name="event_calendar"),
    path("termine/thema-<slug:slug>.ics", event_calendar.topic_calendar, name="topic_calendar"),
    path("termine/mein-<str:token>.ics", event_calendar.own_calendar, name="own_calendar"),
    path("termine/mein-kalender/", event_calendar.my_calendar, name="my_calendar"),
    path("termine/mein-kalender/neu/", event_calendar.my_calendar_make, name="my_calendar_make"),
    path(
        "termine/mein-kalender/widerrufen/",
        event_calendar.my_calendar_revoke,
        name="my_calendar_revoke",
    ),
    path("feed/termine/", event_calendar.event_feed, name="event_feed"),
    path(
        "termine/anmeldung/<str:token>/", registration.registration_enter, name="registration_enter"
    ),
    path(
        "termine/einladung/<str:token>/",
        invited.event_invitation_enter,
        name="event_invitation_enter",
    ),
    path(EVENT, event.event, name="event"),
    path(f"{EVENT}termin.ics", event_calendar.event_ical, name="event_ical"),
    path(f"{EVENT}programm-<str:language>.pdf", event.event_programme, name="event_programme"),
    path(f"{EVENT}bearbeiten/", event_office.event_edit, name="event_edit"),
    path(f"{EVENT}ankuendigen/", event_office.event_publish, name="event_publish"),
    path(f"{EVENT}gehalten/", event_office.event_hold, name="event_hold"),
    path(f"{EVENT}absagen/", event_office.event_cancel, name="event_cancel"),
    path(f"{EVENT}anmelden/", registration.event_register, name="event_register"),
    path(f"{EVENT}anmelden/code/", registration.event_code, name="event_code"),
    path(f"{EVENT}anmelden/code/neu/", registration.event_new_code, name="event_new_code"),
    path(f"{EVENT}meine-anmeldung/", registration.my_registration, name="my_registration"),
    path(
        f"{EVENT}meine-anmeldung/annehmen/",
        registration.my_registration_accept,
        name="my_registration_accept",
    ),
    path(
        f"{EVENT}meine-anmeldung/absagen/",
        registration.my_registration_cancel,
        name="my_registration_cancel",
    ),
    path(f"{EVENT}meine-anmeldung/rueckmeldung/", registration.my_feedback, name="my_feedback"),
    path(
        f"{EVENT}meine-anmeldung/teilnahme.pdf", registration.my_certificate, name="my_certificate"
    ),
    path(f"{EVENT}einladung/", invited.event_invitation, name="event_invitation"),
    path(
        f"{EVENT}einladung/absagen/",
        invited.event_invitation_decline,
        name="event_invitation_decline",
    ),
    path(f"{EVENT}einladungen/", invitations.event_invitations, name="event_invitations"),
    path(
        f"{EVENT}einladungen/erinnern/",
        invitations.event_invitations_remind,
        name="event_invitations_remind",
    ),
    path(
        f"{EVENT}einladungen/<int:pk>/zurueckziehen/",
        invitations.event_invitation_revoke,
        name="event_invitation_revoke",
    ),
    path(f"{EVENT}anmeldungen/", guests.event_guests, name="event_guests"),
    path(f"{EVENT}anmeldungen/liste.csv", guests.event_guests_csv, name="event_guests_csv"),
    path(
        f"{EVENT}anmeldungen/bescheinigungen/", guests.event_certificates, name="event_certificates"
    ),
    path(
        f"{EVENT}anmeldungen/<int:pk>/absagen/",
        guests.registration_cancel,
        name="registration_cancel",
    ),
    path(f"{EVENT}programm/", programme.event_programme_edit, name="event_programme_edit"),
    path(f"{EVENT}programm/neu/", programme.session_create, name="session_create"),
    path(f"{EVENT}programm/<int:pk>/", programme.session_edit, name="session_edit"),
    path(f"{EVENT}programm/<int:pk>/vor/", programme.session_up, name="session_up"),
    path(f"{EVENT}programm/<int:pk>/streichen/", programme.session_drop, name="session_drop"),
    path(f"{EVENT}personen/neu/", programme.contributor_create, name="contributor_create"),
    path(
        f"{EVENT}personen/<int:pk>/streichen/",
        programme.contributor_release,
        name="contributor_release",
    ),
    path(f"{EVENT}dateien/neu/", programme.event_material_add, name="event_material_add"),
    path(f"{EVENT}dateien/<int:pk>.pdf", event.event_material, name="event_material"),
    path(
        f"{EVENT}dateien/<int:pk>/loeschen/",
        programme.event_material_remove,
        name="event_material_remove",
    ),
    path(f"{EVENT}ergebnisse/", results.event_results, name="event_results"),
    path(f"{EVENT}ergebnisse/neu/", results.outcome_raise, name="outcome_raise"),
    path(f"{EVENT}ergebnisse/<int:pk>/", results.outcome_make, name="outcome_make"),
    path(f"{EVENT}ergebnisse/<int:pk>/verwerfen/", results.outcome_drop, name="outcome_drop"),
    path(
        f"{EVENT}ergebnisse/<int:pk>/aufgreifen/", results.outcome_take_up, name="outcome_take_up"
    ),
    path(f"{EVENT}delegation/neu/", results.participant_create, name="participant_create"),
    path(f"{EVENT}kontakte/neu/", results.event_contact_create, name="event_contact_create"),
    path(
        f"{EVENT}kontakte/<int:pk>/erledigt/", results.event_contact_done, name="event_contact_done"
    ),
    path("foren/", forum.forum_list, name="forum_list"),
    path("foren/neu/", forum.forum_create, name="forum_create"),
    path("foren/<slug:slug>/", forum.forum, name="forum"),
    path("foren/<slug:slug>/bearbeiten/", forum.forum_edit, name="forum_edit"),
    path("foren/<slug:slug>/veroeffentlichen/", forum.forum_publish, name="forum_publish"),
    path("foren/<slug:slug>/beitraege/neu/", forum.contribution_create, name="contribution_create"),
    path(
        "foren/<slug:slug>/beitraege/<int:pk>/streichen/",
        forum.contribution_withdraw,
        name="contribution_withdraw",
    ),
    path("foren/<slug:slug>/personen/neu/", forum.forum_involve, name="forum_involve"),
]
