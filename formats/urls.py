"""Addresses of this app."""

from django.urls import include, path

from formats.views import div, meeting, vision, work_order

urlpatterns = [
    path("", include("formats.urls_events")),
    path("", include("formats.urls_learning")),
    path("div/", div.div, name="div"),
    path("div/einrichten/", div.div_setup, name="div_setup"),
    path("div/mitglieder/neu/", div.member_create, name="member_create"),
    path("div/mitglieder/<int:pk>/beenden/", div.member_end, name="member_end"),
    path("div/sitzungen/neu/", meeting.meeting_create, name="meeting_create"),
    path("div/sitzungen/<int:year>-<int:ordinal>/", meeting.meeting, name="meeting"),
    path(
        "div/sitzungen/<int:year>-<int:ordinal>/vorbereiten/",
        meeting.meeting_prepare,
        name="meeting_prepare",
    ),
    path(
        "div/sitzungen/<int:year>-<int:ordinal>/einladen/",
        meeting.meeting_invite,
        name="meeting_invite",
    ),
    path(
        "div/sitzungen/<int:year>-<int:ordinal>/gehalten/",
        meeting.meeting_hold,
        name="meeting_hold",
    ),
    path(
        "div/sitzungen/<int:year>-<int:ordinal>/absagen/",
        meeting.meeting_cancel,
        name="meeting_cancel",
    ),
    path("div/visionen/neu/", vision.vision_create, name="vision_create"),
    path("div/visionen/<slug:slug>/", vision.vision, name="vision"),
    path("div/visionen/<slug:slug>/beschliessen/", vision.vision_adopt, name="vision_adopt"),
    path(
        "div/visionen/<slug:slug>/zurueckstellen/",
        vision.vision_set_aside,
        name="vision_set_aside",
    ),
    path("div/visionen/<slug:slug>/aufgreifen/", vision.vision_take_up, name="vision_take_up"),
    path(
        "div/visionen/<slug:slug>/arbeitsauftrag/",
        work_order.work_order_create,
        name="work_order_create",
    ),
    path("div/arbeitsauftraege/<str:number>/", work_order.work_order, name="work_order"),
    path(
        "div/arbeitsauftraege/<str:number>/projekt/",
        work_order.office_project_begin,
        name="office_project_begin",
    ),
]
