"""Addresses of votes and prioritisations, ideas, walls, and the steps of work orders."""

from django.urls import path

from formats.views import (
    ballot,
    drafting,
    idea,
    idea_inbox,
    order_steps,
    priority,
    weighing,
)

SESSION = "div/sitzungen/<int:year>-<int:ordinal>/"
ROUND = "div/priorisierungen/<int:pk>/"
TOPIC = "div/themen/<int:pk>/"
WALL = "div/wand/<str:code>/"
INBOX = "ideen/posteingang/"
ORDER = "div/arbeitsauftraege/<str:number>/"

urlpatterns = [
    path("div/offen/", order_steps.loose_end_list, name="loose_end_list"),
    path(f"{ORDER}beginnen/", order_steps.work_order_start, name="work_order_start"),
    path(f"{ORDER}ergebnis/", order_steps.work_order_finalise, name="work_order_finalise"),
    path(f"{ORDER}vorgestellt/", order_steps.work_order_present, name="work_order_present"),
    path(f"{ORDER}beenden/", order_steps.work_order_close, name="work_order_close"),
    path(f"{ORDER}abgeben/", order_steps.work_order_hand_over, name="work_order_hand_over"),
    path(f"{SESSION}priorisierung/", priority.priority_create, name="priority_create"),
    path(ROUND, priority.priority, name="priority"),
    path(f"{ROUND}leiten/", priority.priority_run, name="priority_run"),
    path(f"{ROUND}oeffnen/", priority.priority_open, name="priority_open"),
    path(f"{ROUND}schliessen/", priority.priority_close, name="priority_close"),
    path(f"{ROUND}zurueckziehen/", priority.priority_withdraw, name="priority_withdraw"),
    path(f"{ROUND}links/", priority.priority_links, name="priority_links"),
    path(f"{ROUND}karten/", priority.priority_cards, name="priority_cards"),
    path(f"{ROUND}handzeichen/", priority.priority_hands, name="priority_hands"),
    path(f"{ROUND}stimmzettel/", ballot.priority_vote, name="priority_vote"),
    path(f"{TOPIC}gruende/", weighing.topic_explain, name="topic_explain"),
    path(f"{TOPIC}minderheit/", weighing.topic_dissent, name="topic_dissent"),
    path(f"{TOPIC}antwort/", weighing.topic_answer, name="topic_answer"),
    path("stimme/", ballot.vote_code, name="vote_code"),
    path("stimme/zettel/", ballot.vote, name="vote"),
    path("stimme/fertig/", ballot.vote_leave, name="vote_leave"),
    path("stimme/<str:token>/", ballot.vote_enter, name="vote_enter"),
    path(f"{SESSION}wand/", drafting.drafting_create, name="drafting_create"),
    path(WALL, drafting.drafting, name="drafting"),
    path(f"{WALL}beamer/", drafting.drafting_wall, name="drafting_wall"),
    path(f"{WALL}ordnen/", drafting.drafting_sort, name="drafting_sort"),
    path(f"{WALL}verbergen/", drafting.drafting_hide, name="drafting_hide"),
    path(f"{WALL}schliessen/", drafting.drafting_close, name="drafting_close"),
    path(f"{WALL}<int:pk>/", drafting.snippet_take_back, name="snippet_take_back"),
    path("ideen/", idea.idea_list, name="idea_list"),
    path("ideen/neu/", idea.idea_send, name="idea_send"),
    path("ideen/adresse/", idea.idea_confirm, name="idea_confirm"),
    path("ideen/adresse/<str:token>/", idea.idea_enter, name="idea_enter"),
    path("ideen/stand/<str:signed>/", idea.idea_status, name="idea_status"),
    path(INBOX, idea_inbox.idea_inbox, name="idea_inbox"),
    path(f"{INBOX}<int:pk>/", idea_inbox.idea_answer, name="idea_answer"),
    path(f"{INBOX}<int:pk>/zusammenlegen/", idea_inbox.idea_join, name="idea_join"),
    path(f"{INBOX}<int:pk>/verwerfen/", idea_inbox.idea_discard, name="idea_discard"),
    path(f"{INBOX}<int:pk>/zurueckholen/", idea_inbox.idea_fetch_back, name="idea_fetch_back"),
    path(f"{INBOX}<int:pk>/zeigen/", idea_inbox.idea_release, name="idea_release"),
    path("ideen/<str:number>/", idea.idea, name="idea"),
]
