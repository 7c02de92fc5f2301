"""Addresses of a circle's proposal and of the feedback of its networks."""

from django.urls import path

from circles.views import (
    feedback,
    proposal,
    proposal_points,
    proposal_section,
    proposal_versions,
    reviewer,
)

ROOM = "zirkel/<slug:slug>/raum/vorschlag/"
SECTION = ROOM + "abschnitt/<slug:section>/"
VERSION = ROOM + "fassungen/<int:n>/"
ROUND = ROOM + "rueckmeldungen/<int:pk>/"

urlpatterns = [
    path(ROOM, proposal.proposal, name="proposal"),
    path(ROOM + "beginnen/", proposal.proposal_begin, name="proposal_begin"),
    path(ROOM + "titel/", proposal.proposal_title, name="proposal_title"),
    path(ROOM + "abschnitte/neu/", proposal_section.section_add, name="section_add"),
    path(SECTION, proposal_section.section, name="section"),
    path(SECTION + "schreiben/", proposal_section.section_write, name="section_write"),
    path(SECTION + "umbenennen/", proposal_section.section_rename, name="section_rename"),
    path(SECTION + "platz/", proposal_section.section_place, name="section_place"),
    path(ROOM + "punkte/neu/", proposal_points.point_raise, name="point_raise"),
    path(ROOM + "punkte/<int:pk>/", proposal_points.point, name="point"),
    path(ROOM + "punkte/<int:pk>/oeffnen/", proposal_points.point_reopen, name="point_reopen"),
    path(ROOM + "quellen/neu/", proposal_points.source_add, name="source_add"),
    path(ROOM + "quellen/<int:pk>/entfernen/", proposal_points.source_remove, name="source_remove"),
    path(ROOM + "fassungen/", proposal_versions.proposal_versions, name="proposal_versions"),
    path(ROOM + "fassungen/festhalten/", proposal_versions.version_keep, name="version_keep"),
    path(VERSION, proposal_versions.proposal_version, name="proposal_version"),
    path(VERSION + "freigeben/", proposal_versions.version_release, name="version_release"),
    path(VERSION + "rueckmeldung/", feedback.round_open, name="round_open"),
    path(ROUND, feedback.feedback_round, name="feedback_round"),
    path(ROUND + "links/", feedback.feedback_links, name="feedback_links"),
    path(ROUND + "links/<int:link>/zuruecknehmen/", feedback.link_revoke, name="link_revoke"),
    path(ROUND + "beitraege/<int:said>/", feedback.contribution_answer, name="contribution_answer"),
    path(ROUND + "abschliessen/", feedback.round_close, name="round_close"),
    path(
        "zirkel/<slug:slug>/vorschlag/<int:n>/",
        proposal_versions.released_version,
        name="released_version",
    ),
    path("rueckmeldung/", reviewer.feedback, name="feedback"),
    path("rueckmeldung/abschnitt/<int:position>/", reviewer.feedback_write, name="feedback_write"),
    path(
        "rueckmeldung/beitrag/<int:pk>/zuruecknehmen/",
        reviewer.feedback_withdraw,
        name="feedback_withdraw",
    ),
    path("rueckmeldung/<str:token>/", reviewer.feedback_enter, name="feedback_enter"),
]
