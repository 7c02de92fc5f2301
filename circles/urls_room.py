"""Addresses of a circle's room: meetings, tasks, files, dates."""

from django.urls import path

from circles.views import (
    date_poll,
    gathering,
    gathering_minutes,
    gathering_steps,
    room,
    room_file,
    task,
)

R = "zirkel/<slug:slug>/raum/"
G = R + "treffen/"
M = G + "<int:year>-<int:ordinal>/"
T = M + "tagesordnung/<int:position>/"
P = M + "protokoll/"

urlpatterns = [
    path(R, room.room, name="room"),
    path(R + "mitteilungen/", room.announcement_list, name="announcement_list"),
    path(G, gathering.gathering_list, name="gathering_list"),
    path(G + "neu/", gathering.gathering_plan, name="gathering_plan"),
    path(M, gathering.gathering, name="gathering"),
    path(M + "verschieben/", gathering.gathering_move, name="gathering_move"),
    path(M + "mails/", gathering.gathering_letters, name="gathering_letters"),
    path(M + "termin.ics", gathering.gathering_calendar, name="gathering_calendar"),
    path(M + "absagen/", gathering_steps.gathering_cancel, name="gathering_cancel"),
    path(M + "einladen/", gathering_steps.gathering_invite, name="gathering_invite"),
    path(M + "eroeffnen/", gathering_steps.gathering_open, name="gathering_open"),
    path(M + "da/<int:pk>/", gathering_steps.gathering_arrive, name="gathering_arrive"),
    path(M + "weg/<int:pk>/", gathering_steps.gathering_leave, name="gathering_leave"),
    path(M + "schliessen/", gathering_steps.gathering_close, name="gathering_close"),
    path(T + "hoch/", gathering_steps.gathering_raise, name="gathering_raise"),
    path(T + "streichen/", gathering_steps.gathering_remove, name="gathering_remove"),
    path(T + "zulassen/", gathering_steps.gathering_admit, name="gathering_admit"),
    path(T, gathering_minutes.gathering_item, name="gathering_item"),
    path(T + "ergebnis/", gathering_minutes.gathering_result, name="gathering_result"),
    path(P, gathering_minutes.gathering_people, name="gathering_people"),
    path(P + "vorlegen/", gathering_minutes.gathering_submit, name="gathering_submit"),
    path(P + "zuruecknehmen/", gathering_minutes.gathering_take_back, name="gathering_take_back"),
    path(P + "genehmigen/", gathering_minutes.gathering_approve, name="gathering_approve"),
    path(P + "niederschrift.pdf", gathering_minutes.gathering_paper, name="gathering_paper"),
    path(R + "aufgaben/", task.task_list, name="task_list"),
    path(R + "aufgaben/<int:pk>/", task.task, name="task"),
    path(R + "aufgaben/<int:pk>/erledigt/", task.task_finish, name="task_finish"),
    path(R + "aufgaben/<int:pk>/entfaellt/", task.task_drop, name="task_drop"),
    path(R + "aufgaben/<int:pk>/wieder/", task.task_reopen, name="task_reopen"),
    path(R + "dateien/", room_file.room_file_list, name="room_file_list"),
    path(R + "dateien/<int:pk>/", room_file.room_file, name="room_file"),
    path(R + "dateien/<int:pk>/entfernen/", room_file.room_file_remove, name="room_file_remove"),
    path(R + "termine/neu/", date_poll.date_poll_ask, name="date_poll_ask"),
    path(R + "termine/<int:pk>/", date_poll.date_poll, name="date_poll"),
    path(R + "termine/<int:pk>/gilt/<int:n>/", date_poll.date_poll_settle, name="date_poll_settle"),
    path(R + "termine/<int:pk>/verwerfen/", date_poll.date_poll_drop, name="date_poll_drop"),
]
