"""Addresses of cities, topics, shared challenges, first contacts and the team of the office."""

from django.urls import path

from partnerships.views import challenge, city, directory, focus, office_contact, opening, topic

P = "partnerschaften/<slug:slug>/"

urlpatterns = [
    path(P + "themen/", focus.focus_list, name="focus_list"),
    path(P + "themen/<slug:topic>/seiten/", focus.focus_edit, name="focus_edit"),
    path(P + "anknuepfung/neu/", focus.connection_new, name="connection_new"),
    path("anbahnungen/", opening.opening_list, name="opening_list"),
    path("anbahnungen/neu/", opening.opening_new, name="opening_new"),
    path("anbahnungen/<int:pk>/aufgreifen/", opening.opening_take_up, name="opening_take_up"),
    path("anbahnungen/<int:pk>/ablegen/", opening.opening_let_go, name="opening_let_go"),
    path("herausforderungen/", challenge.challenge_list, name="challenge_list"),
    path("herausforderungen/neu/", challenge.challenge_new, name="challenge_new"),
    path("herausforderungen/<slug:slug>/", challenge.challenge, name="challenge"),
    path("herausforderungen/<slug:slug>/aendern/", challenge.challenge_edit, name="challenge_edit"),
    path("herausforderungen/<slug:slug>/staedte/", challenge.challenge_city, name="challenge_city"),
    path("staedte/", city.municipality_list, name="municipality_list"),
    path("staedte/neu/", directory.municipality_new, name="municipality_new"),
    path("staedte/<slug:slug>/", city.municipality, name="municipality"),
    path("staedte/<slug:slug>/aendern/", city.municipality_edit, name="municipality_edit"),
    path("staedte/<slug:slug>/staerken/", city.strength_list, name="strength_list"),
    path("staedte/<slug:slug>/staerken/streichen/", city.strength_drop, name="strength_drop"),
    path("kontakt/", office_contact.contact, name="contact"),
    path("kontakt/schreiben/", office_contact.office_write, name="office_write"),
    path("kontakt/neu/", office_contact.office_contact_new, name="office_contact_new"),
    path("kontakt/<int:pk>/", office_contact.office_contact_edit, name="office_contact_edit"),
    path("kontakt/<int:pk>/hoch/", office_contact.office_contact_up, name="office_contact_up"),
    path("themen/", topic.topic_list, name="topic_list"),
    path("themen/neu/", directory.topic_new, name="topic_new"),
    path("themen/<slug:slug>/", topic.topic, name="topic"),
]
