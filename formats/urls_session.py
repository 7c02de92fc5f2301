"""Addresses of a session: before it, while it goes on, after it."""

from django.urls import path

from formats.views import agenda, letters, meeting, minutes, session, session_calendar

S = "div/sitzungen/<int:year>-<int:ordinal>/"
T = S + "tagesordnung/<int:position>/"
P = S + "protokoll/"

urlpatterns = [
    path("div/sitzungen/neu/", meeting.meeting_create, name="meeting_create"),
    path(S, meeting.meeting, name="meeting"),
    path(S + "vorbereiten/", meeting.meeting_prepare, name="meeting_prepare"),
    path(S + "verschieben/", meeting.meeting_move, name="meeting_move"),
    path(S + "einladen/", meeting.meeting_invite, name="meeting_invite"),
    path(S + "mails/", letters.meeting_letters, name="meeting_letters"),
    path(S + "gehalten/", meeting.meeting_hold, name="meeting_hold"),
    path(S + "absagen/", meeting.meeting_cancel, name="meeting_cancel"),
    path(S + "termin.ics", session_calendar.meeting_calendar, name="meeting_calendar"),
    path(S + "mappe.pdf", minutes.session_pack, name="session_pack"),
    path(S + "tagesordnung/ueblich/", agenda.agenda_standard, name="agenda_standard"),
    path(T, agenda.agenda_edit, name="agenda_edit"),
    path(T + "hoch/", agenda.agenda_raise, name="agenda_raise"),
    path(T + "streichen/", agenda.agenda_remove, name="agenda_remove"),
    path(T + "zulassen/", agenda.agenda_admit, name="agenda_admit"),
    path(T + "unterlagen/neu/", agenda.paper_new, name="paper_new"),
    path(S + "unterlagen/<int:pk>.pdf", agenda.paper, name="paper"),
    path(S + "unterlagen/<int:pk>/zeigen/", agenda.paper_show, name="paper_show"),
    path(S + "unterlagen/<int:pk>/verbergen/", agenda.paper_hide, name="paper_hide"),
    path(S + "unterlagen/<int:pk>/herausnehmen/", agenda.paper_remove, name="paper_remove"),
    path(P, session.session_room, name="session_room"),
    path(P + "eroeffnen/", session.session_open, name="session_open"),
    path(P + "anwesend/<int:pk>/", session.session_arrive, name="session_arrive"),
    path(P + "gegangen/<int:pk>/", session.session_leave, name="session_leave"),
    path(P + "top/<int:position>/", session.session_item, name="session_item"),
    path(P + "top/<int:position>/ergebnis/", session.session_result, name="session_result"),
    path(P + "eintrag/<int:pk>/", session.entry_edit, name="entry_edit"),
    path(S + "niederschrift/", minutes.minutes_people, name="minutes_people"),
    path(S + "niederschrift/vorlegen/", minutes.minutes_submit, name="minutes_submit"),
    path(S + "niederschrift/zuruecknehmen/", minutes.minutes_take_back, name="minutes_take_back"),
    path(S + "niederschrift/genehmigen/", minutes.minutes_approve, name="minutes_approve"),
    path(S + "niederschrift.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(S + "niederschrift-intern.pdf", minutes.minutes_internal, name="minutes_internal"),
]
