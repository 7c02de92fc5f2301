"""Addresses of results, measures, and what became of them."""

from django.urls import path

from circles.views import measure, result, result_office

RESULT = "ergebnisse/<str:number>/"
MEASURE = f"{RESULT}massnahmen/<int:n>/"

urlpatterns = [
    path("ergebnisse/", result.result_list, name="result_list"),
    path("feed/ergebnisse.xml", result.result_feed, name="result_feed"),
    path("ergebnisse/jahr/<int:year>.pdf", result.result_year, name="result_year"),
    path(RESULT, result.result, name="result"),
    path(f"{RESULT}dokument.pdf", result.result_document, name="result_document"),
    path("zirkel/<slug:slug>/abschliessen/", result_office.circle_finalise, name="circle_finalise"),
    path(f"{RESULT}vorbereiten/", result_office.result_prepare, name="result_prepare"),
    path(f"{RESULT}veroeffentlichen/", result_office.result_publish, name="result_publish"),
    path(f"{RESULT}zurueckhalten/", result_office.result_withhold, name="result_withhold"),
    path(f"{RESULT}zurueckgeben/", result_office.result_send_back, name="result_send_back"),
    path(f"{RESULT}aufnehmen/", result_office.result_take_up, name="result_take_up"),
    path(f"{RESULT}antwort/", result_office.result_answer, name="result_answer"),
    path(f"{RESULT}massnahmen/neu/", measure.measure_new, name="measure_new"),
    path(f"{MEASURE}aendern/", measure.measure_edit, name="measure_edit"),
    path(f"{MEASURE}entfernen/", measure.measure_remove, name="measure_remove"),
    path(f"{MEASURE}stand/", measure.measure_move, name="measure_move"),
]
