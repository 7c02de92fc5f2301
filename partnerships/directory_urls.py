"""Addresses of the directory of actors."""

from django.urls import path

from partnerships.views import actor, actor_edit

urlpatterns = [
    path("akteure/", actor.actor_list, name="actor_list"),
    path("akteure/tabelle.csv", actor.actor_csv, name="actor_csv"),
    path("akteure/aehnlich/", actor.actor_similar, name="actor_similar"),
    path("akteure/neu/", actor_edit.actor_new, name="actor_new"),
    path("akteure/<slug:slug>/", actor.actor, name="actor"),
    path("akteure/<slug:slug>/bearbeiten/", actor_edit.actor_edit, name="actor_edit"),
]
