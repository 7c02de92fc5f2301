"""Addresses of this app."""

from django.urls import include, path

from formats.views import div, vision, work_order

urlpatterns = [
    path("", include("formats.urls_events")),
    path("", include("formats.urls_learning")),
    path("div/", div.div, name="div"),
    path("div/einrichten/", div.div_setup, name="div_setup"),
    path("div/mitglieder/neu/", div.member_create, name="member_create"),
    path("div/mitglieder/<int:pk>/beenden/", div.member_end, name="member_end"),
    path("div/mitglieder/<int:pk>/amtszeit/", div.member_term, name="member_term"),
    path("", include("formats.urls_session")),
    path("", include("formats.urls_resolution")),
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
    path("", include("formats.urls_weighing")),
]
