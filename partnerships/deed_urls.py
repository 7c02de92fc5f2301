"""Addresses of what comes of a partnership: goals, steps, projects, labs, voices, news."""

from django.urls import path

from partnerships.views import (
    actions,
    goals,
    labs,
    monitoring,
    news,
    paper,
    parts,
    photos,
    projects,
    voices,
)

P = "partnerschaften/<slug:slug>/"
J = P + "projekte/<slug:project>/"
L = P + "citylabs/<slug:lab>/"

urlpatterns = [
    path("partnerschaften/feed.xml", paper.partnerships_feed, name="partnerships_feed"),
    path(P + "feed.xml", paper.partnership_feed, name="partnership_feed"),
    path(P + "flyer/", paper.flyer, name="flyer"),
    path(P + "flyer/<slug:language>/", paper.flyer_order, name="flyer_order"),
    path(P + "flyer/<slug:language>.pdf", paper.flyer_pdf, name="flyer_pdf"),
    path(P + "ziele/neu/", goals.goal_new, name="goal_new"),
    path(P + "ziele/<int:position>/", goals.goal_edit, name="goal_edit"),
    path(P + "ziele/<int:position>/messen/", goals.goal_measure, name="goal_measure"),
    path(P + "ansprechstellen/neu/", voices.contact_new, name="contact_new"),
    path(P + "treffen/neu/", parts.encounter_new, name="encounter_new"),
    path(P + "ziele/<int:position>/werte/", goals.goal_history, name="goal_history"),
    path(P + "ziele/<int:position>/werte/<int:pk>/", goals.goal_correct, name="goal_correct"),
    path(P + "ansprechstellen/<int:pk>/", voices.contact_edit, name="contact_edit"),
    path(P + "ansprechstellen/<int:pk>/schreiben/", voices.contact_write, name="contact_write"),
    path(P + "treffen/<int:pk>/", parts.encounter_settle, name="encounter_settle"),
    path(P + "schritte/", actions.action_list, name="action_list"),
    path(P + "schritte/neu/", actions.action_new, name="action_new"),
    path(P + "schritte/<int:pk>/", actions.action_edit, name="action_edit"),
    path(P + "schritte/<int:pk>/stand/", actions.action_put, name="action_put"),
    path(P + "projekte/neu/", projects.project_new, name="project_new"),
    path(J, projects.project, name="project"),
    path(J + "beschreiben/", projects.project_edit, name="project_edit"),
    path(J + "stufe/", projects.project_put, name="project_put"),
    path(J + "akteure/neu/", projects.project_join, name="project_join"),
    path(J + "veroeffentlichen/", projects.project_publish, name="project_publish"),
    path(P + "citylabs/neu/", labs.lab_new, name="lab_new"),
    path(L, labs.lab, name="lab"),
    path(L + "beschreiben/", labs.lab_edit, name="lab_edit"),
    path(L + "orte/neu/", labs.lab_site, name="lab_site"),
    path(L + "stand/", labs.lab_put, name="lab_put"),
    path(L + "veroeffentlichen/", labs.lab_publish, name="lab_publish"),
    path(P + "meilensteine/neu/", labs.milestone_new, name="milestone_new"),
    path(P + "meilensteine/<int:pk>/", labs.milestone_edit, name="milestone_edit"),
    path(P + "botschafter/neu/", voices.ambassador_new, name="ambassador_new"),
    path(
        P + "botschafter/<int:pk>/entlassen/", voices.ambassador_release, name="ambassador_release"
    ),
    path(P + "botschafter/<int:pk>/kontakte/", voices.introduction_new, name="introduction_new"),
    path(P + "stimmen/neu/", voices.statement_new, name="statement_new"),
    path(P + "meldungen/neu/", news.news_new, name="news_new"),
    path(P + "meldungen/<slug:item>/", news.news_edit, name="news_edit"),
    path(P + "meldungen/<slug:item>/veroeffentlichen/", news.news_publish, name="news_publish"),
    path(P + "fotos/", photos.photo_list, name="photo_list"),
    path(P + "fotos/neu/", photos.photo_new, name="photo_new"),
    path(P + "fotos/<int:pk>.jpg", photos.photo, name="photo"),
    path(P + "fotos/<int:pk>/", photos.photo_edit, name="photo_edit"),
    path(P + "fotos/<int:pk>/stand/", photos.photo_put, name="photo_put"),
    path("aktuelles/", news.news_list, name="news_list"),
    path("aktuelles/<slug:item>/", news.news_item, name="news_item"),
    path(P + "monitoring/", monitoring.monitoring, name="monitoring"),
    path(P + "monitoring.csv", monitoring.monitoring_csv, name="monitoring_csv"),
]
