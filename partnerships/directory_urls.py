"""Addresses of the directory of actors."""

from django.urls import path

from partnerships.views import actor, actor_edit, actor_merge, checkup, expert, imports

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
    path("akteure/pruefliste/", checkup.checkup_list, name="checkup_list"),
    path("akteure/pruefliste/<int:pk>/annehmen/", checkup.checkup_accept, name="checkup_accept"),
    path("akteure/pruefliste/<int:pk>/ablehnen/", checkup.checkup_decline, name="checkup_decline"),
    path("akteure/angaben/", checkup.checkup, name="checkup"),
    path("akteure/angaben/bestaetigen/", checkup.checkup_confirm, name="checkup_confirm"),
    path("akteure/angaben/berichtigen/", checkup.checkup_correct, name="checkup_correct"),
    path("akteure/angaben/entfernen/", checkup.checkup_remove, name="checkup_remove"),
    path("akteure/angaben/<str:token>/", checkup.checkup_enter, name="checkup_enter"),
    path("akteure/anfrage/", expert.expert, name="expert"),
    path("akteure/anfrage/antworten/", expert.expert_answer, name="expert_answer"),
    path("akteure/anfrage/<str:token>/", expert.expert_enter, name="expert_enter"),
    path("akteure/<slug:slug>/", actor.actor, name="actor"),
    path("akteure/<slug:slug>/zusammenfuehren/", actor_merge.actor_merge, name="actor_merge"),
    path(
        "akteure/<slug:slug>/zusammenfuehren/<int:pk>/trennen/",
        actor_merge.actor_part,
        name="actor_part",
    ),
    path("akteure/<slug:slug>/einladen/", expert.actor_invite, name="actor_invite"),
    path(
        "akteure/<slug:slug>/einladen/<int:pk>/zurueckziehen/",
        expert.actor_invite_withdraw,
        name="actor_invite_withdraw",
    ),
    path("akteure/<slug:slug>/bearbeiten/", actor_edit.actor_edit, name="actor_edit"),
]
