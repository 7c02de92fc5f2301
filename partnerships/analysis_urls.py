"""Addresses of candidate analyses; no stranger learns that they exist."""

from django.urls import path

from partnerships.views import analysis, candidate

N = "analyse/<slug:slug>/"
K = N + "kandidaten/<slug:city>/"

urlpatterns = [
    path("analyse/", analysis.analysis_list, name="analysis_list"),
    path("analyse/neu/", analysis.analysis_new, name="analysis_new"),
    path(N, analysis.analysis, name="analysis"),
    path(N + "kriterien/neu/", analysis.analysis_criterion_new, name="analysis_criterion_new"),
    path(N + "kriterien/<int:position>/", analysis.analysis_criterion, name="analysis_criterion"),
    path(N + "gewichte/", analysis.analysis_weigh, name="analysis_weigh"),
    path(N + "rangfolge/", analysis.analysis_rank, name="analysis_rank"),
    path(N + "entscheiden/", analysis.analysis_decide, name="analysis_decide"),
    path(N + "wieder-oeffnen/", analysis.analysis_reconsider, name="analysis_reconsider"),
    path(N + "partnerschaft/", analysis.analysis_open, name="analysis_open"),
    path(N + "kandidaten/neu/", candidate.candidate_new, name="candidate_new"),
    path(K, candidate.candidate, name="candidate"),
    path(K + "bewerten/", candidate.candidate_score, name="candidate_score"),
    path(K + "anknuepfung/", candidate.candidate_point, name="candidate_point"),
    path(
        K + "anknuepfung/<int:pk>/streichen/",
        candidate.candidate_point_drop,
        name="candidate_point_drop",
    ),
    path(K + "bedarf/", candidate.candidate_match, name="candidate_match"),
]
