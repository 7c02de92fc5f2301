"""Addresses of the directory of actors."""

from django.urls import path

from partnerships.views import actor, actor_edit, imports

urlpatterns = [
    path("akteure/", actor.actor_list, name="actor_list"),
    path("akteure/tabelle.csv", actor.actor_csv, name="actor_csv"),
    path("akteure/aehnlich/", actor.actor_similar, name="actor_similar"),
    path("akteure/neu/", actor_edit.actor_new, name="actor_new"),
    path("akteure/import/", imports.directory_import, name="directory_import"),
    path(
        "akteure/import/<int:pk>/",
        imports.directory_import_preview,
        name="directory_import_preview",
    ),
    path(
        "akteure/import/<int:pk>/ausfuehren/",
        imports.directory_import_confirm,
        name="directory_import_confirm",
    ),
    path(
        "akteure/import/<int:pk>/verwerfen/",
        imports.directory_import_discard,
        name="directory_import_discard",
    ),
    path(
        "akteure/import/<int:pk>/zuruecknehmen/",
        imports.directory_import_undo,
        name="directory_import_undo",
    ),
    path("akteure/<slug:slug>/", actor.actor, name="actor"),
    path("akteure/<slug:slug>/bearbeiten/", actor_edit.actor_edit, name="actor_edit"),
]
