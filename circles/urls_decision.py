"""Addresses of what a circle decides."""

from django.urls import path

from circles.views import decision, decision_vote

ROOM = "zirkel/<slug:slug>/raum/entscheidungen/"
ONE = ROOM + "<int:n>/"

urlpatterns = [
    path(ROOM, decision.decision_list, name="decision_list"),
    path(ROOM + "regeln/", decision.decision_rules, name="decision_rules"),
    path(ROOM + "neu/", decision.decision_new, name="decision_new"),
    path(ONE, decision.decision, name="decision"),
    path(ONE + "weiter/", decision.decision_move_on, name="decision_move_on"),
    path(ONE + "beitrag/", decision.decision_say, name="decision_say"),
    path(ONE + "stimme/", decision.decision_voice, name="decision_voice"),
    path(ONE + "stimme/notieren/", decision.decision_note, name="decision_note"),
    path(ONE + "auswerten/", decision.decision_close, name="decision_close"),
    path(ONE + "einarbeiten/", decision.decision_integrate, name="decision_integrate"),
    path(ONE + "zurueckziehen/", decision.decision_withdraw, name="decision_withdraw"),
    path(ONE + "abstimmung/", decision_vote.vote_move, name="vote_move"),
    path(ONE + "abstimmung/geheim/", decision_vote.vote_secret, name="vote_secret"),
    path(ONE + "abstimmung/oeffnen/", decision_vote.vote_open, name="vote_open"),
    path(ONE + "abstimmung/fallenlassen/", decision_vote.vote_drop, name="vote_drop"),
    path(ONE + "abstimmung/stimmzettel/", decision_vote.vote_ballot, name="vote_ballot"),
    path(ONE + "abstimmung/auszaehlen/", decision_vote.vote_close, name="vote_close"),
    path(ONE + "minderheit/", decision_vote.vote_statement, name="vote_statement"),
    path(
        "zirkel/<slug:slug>/entscheidungen/<int:n>/",
        decision.decision_public,
        name="decision_public",
    ),
]
