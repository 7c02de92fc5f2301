"""Addresses of learning networks, cohorts and their rooms, consultations, recommendations."""

from django.urls import path

from formats.views.learning import cohort, consultation, groups, knowledge, network, room
from formats.views.learning import recommendation as paper

NETWORK = "lernnetzwerk/<slug:slug>/"
COHORT = f"{NETWORK}<int:year>/"
ROOM = f"{COHORT}raum/"
TALK = f"{COHORT}beratung/"
PAPER = f"{NETWORK}empfehlungen/<int:ordinal>/"

urlpatterns = [
    path("lernnetzwerk/", network.learning_network_list, name="learning_network_list"),
    path("feed/lernnetzwerk/", network.learning_feed, name="learning_feed"),
    path("lernnetzwerk/neu/", network.learning_network_create, name="learning_network_create"),
    path(NETWORK, network.learning_network, name="learning_network"),
    path(f"{NETWORK}bearbeiten/", network.learning_network_edit, name="learning_network_edit"),
    path(
        f"{NETWORK}veroeffentlichen/",
        network.learning_network_publish,
        name="learning_network_publish",
    ),
    path(f"{NETWORK}jahrgang/neu/", network.cohort_create, name="cohort_create"),
    path(COHORT, cohort.cohort, name="cohort"),
    path(f"{COHORT}programm-<str:language>.pdf", cohort.cohort_programme, name="cohort_programme"),
    path(f"{COHORT}bearbeiten/", cohort.cohort_edit, name="cohort_edit"),
    path(f"{COHORT}beginnen/", cohort.cohort_start, name="cohort_start"),
    path(f"{COHORT}archivieren/", cohort.cohort_archive, name="cohort_archive"),
    path(f"{COHORT}teilnehmende/", cohort.cohort_members, name="cohort_members"),
    path(f"{COHORT}teilnehmende/neu/", cohort.cohort_invite, name="cohort_invite"),
    path(
        f"{COHORT}teilnehmende/<int:pk>/beenden/",
        cohort.cohort_member_end,
        name="cohort_member_end",
    ),
    path(f"{COHORT}wissen/neu/", cohort.cohort_giver_create, name="cohort_giver_create"),
    path(
        f"{COHORT}wissen/<int:pk>/ohne-namen/",
        cohort.cohort_giver_unname,
        name="cohort_giver_unname",
    ),
    path(
        f"{COHORT}wissen/<int:pk>/beitrag/", cohort.cohort_input_create, name="cohort_input_create"
    ),
    path(f"{COHORT}treffen/neu/", cohort.learning_session_create, name="learning_session_create"),
    path(f"{COHORT}treffen/<int:pk>/", cohort.learning_session_edit, name="learning_session_edit"),
    path(f"{COHORT}gruppen/", groups.cohort_groups, name="cohort_groups"),
    path(f"{COHORT}gruppen/bilden/", groups.cohort_groups_make, name="cohort_groups_make"),
    path(f"{COHORT}beitreten/", room.cohort_join, name="cohort_join"),
    path(f"{COHORT}profil/", room.cohort_profile, name="cohort_profile"),
    path(f"{COHORT}verlassen/", room.cohort_leave, name="cohort_leave"),
    path(ROOM, room.cohort_room, name="cohort_room"),
    path(f"{ROOM}export.json", room.cohort_export, name="cohort_export"),
    path(f"{ROOM}neu/", knowledge.knowledge_create, name="knowledge_create"),
    path(f"{ROOM}<int:pk>/", knowledge.knowledge_item, name="knowledge_item"),
    path(f"{ROOM}<int:pk>/bearbeiten/", knowledge.knowledge_edit, name="knowledge_edit"),
    path(f"{ROOM}<int:pk>/zurueckziehen/", knowledge.knowledge_withdraw, name="knowledge_withdraw"),
    path(f"{ROOM}<int:pk>/antworten/", knowledge.knowledge_reply, name="knowledge_reply"),
    path(f"{ROOM}<int:pk>/weiterdenken/", knowledge.knowledge_derive, name="knowledge_derive"),
    path(f"{TALK}neu/", consultation.consultation_create, name="consultation_create"),
    path(f"{TALK}<int:pk>/", consultation.consultation, name="consultation"),
    path(f"{TALK}<int:pk>/rollen/", consultation.consultation_cast, name="consultation_cast"),
    path(f"{TALK}<int:pk>/weiter/", consultation.consultation_next, name="consultation_next"),
    path(f"{TALK}<int:pk>/schreiben/", consultation.consultation_write, name="consultation_write"),
    path(
        f"{TALK}<int:pk>/freigeben/",
        consultation.consultation_release,
        name="consultation_release",
    ),
    path(f"{COHORT}empfehlungen/neu/", paper.recommendation_create, name="recommendation_create"),
    path(PAPER, paper.recommendation, name="recommendation"),
    path(f"{PAPER}papier.pdf", paper.recommendation_paper, name="recommendation_paper"),
    path(f"{PAPER}bearbeiten/", paper.recommendation_edit, name="recommendation_edit"),
    path(f"{PAPER}veroeffentlichen/", paper.recommendation_publish, name="recommendation_publish"),
    path(f"{PAPER}antwort/", paper.recommendation_answer, name="recommendation_answer"),
]
