"""Addresses of cities, partnerships, agreements and the directory."""

from django.urls import path

from partnerships import (
    agreement_urls,
    analysis_urls,
    city_urls,
    deed_urls,
    directory_urls,
    signing_urls,
)
from partnerships.views import (
    agreement,
    agreement_text,
    partnership,
    parts,
    picture,
    standing,
)

P = "partnerschaften/<slug:slug>/"
A = P + "abkommen/<agreement:number>/"

urlpatterns = [
    path("partnerschaften/", partnership.partnership_list, name="partnership_list"),
    path("partnerschaften/neu/", partnership.partnership_new, name="partnership_new"),
    path(P, partnership.partnership, name="partnership"),
    path(P + "beschreiben/", partnership.partnership_edit, name="partnership_edit"),
    path(P + "weiter/", partnership.partnership_move, name="partnership_move"),
    path(P + "veroeffentlichen/", partnership.partnership_publish, name="partnership_publish"),
    path(P + "zielbild/", picture.picture, name="picture"),
    path(P + "zielbild/schreiben/", picture.picture_write, name="picture_write"),
    path(P + "zielbild/beitraege/neu/", picture.picture_contribute, name="picture_contribute"),
    path(P + "zielbild/beitraege/<int:pk>/", picture.picture_answer, name="picture_answer"),
    path(P + "zielbild/zustimmen/", partnership.picture_approve, name="picture_approve"),
    path(P + "stand/", standing.partnership_standing, name="partnership_standing"),
    path(P + "ruhen/", standing.partnership_suspend, name="partnership_suspend"),
    path(P + "wieder-aufnehmen/", standing.partnership_resume, name="partnership_resume"),
    path(P + "beenden/", standing.partnership_end, name="partnership_end"),
    path(P + "wieder-eroeffnen/", standing.partnership_reopen, name="partnership_reopen"),
    path(P + "erneuern/", standing.partnership_renew, name="partnership_renew"),
    path(P + "foermlichkeit/", standing.formality_note, name="formality_note"),
    path(P + "erkenntnisse/neu/", standing.lesson_new, name="lesson_new"),
    path(P + "staedte/neu/", standing.party_new, name="party_new"),
    path(P + "themen/neu/", parts.focus_new, name="focus_new"),
    path(P + "themen/<slug:topic>/", parts.focus_put, name="focus_put"),
    path(P + "formate/neu/", parts.exchange_format_new, name="exchange_format_new"),
    path(P + "akteure/neu/", parts.participation_new, name="participation_new"),
    path(P + "abkommen/neu/", agreement.agreement_new, name="agreement_new"),
    path(A, agreement.agreement, name="agreement"),
    path(
        A + "klausel/<slug:clause>/",
        agreement_text.agreement_edit_clause,
        name="agreement_edit_clause",
    ),
    path(A + "laufzeit/", agreement_text.agreement_term, name="agreement_term"),
    path(A + "gremien/", agreement_text.agreement_council, name="agreement_council"),
    path(
        A + "unterzeichnende/neu/", agreement_text.agreement_signatory, name="agreement_signatory"
    ),
    path(
        A + "unterzeichnende/<int:signatory>/entbinden/",
        agreement_text.agreement_signatory_release,
        name="agreement_signatory_release",
    ),
    path(A + "zustimmen/", agreement.agreement_agree, name="agreement_agree"),
    path(A + "einfrieren/", agreement.agreement_freeze, name="agreement_freeze"),
    path(A + "oeffnen/", agreement.agreement_reopen, name="agreement_reopen"),
    path(A + "zurueckziehen/", agreement.agreement_withdraw, name="agreement_withdraw"),
    path(A + "veroeffentlichen/", agreement.agreement_publish, name="agreement_publish"),
    path(A + "dokument.pdf", agreement.agreement_pdf, name="agreement_pdf"),
    *signing_urls.urlpatterns,
    *analysis_urls.urlpatterns,
    *city_urls.urlpatterns,
    *deed_urls.urlpatterns,
    *directory_urls.urlpatterns,
    *agreement_urls.urlpatterns,
]
