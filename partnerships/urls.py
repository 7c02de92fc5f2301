"""Addresses of cities, partnerships, agreements and the directory."""

from django.urls import path

from partnerships.views import agreement, signing

P = "partnerschaften/<slug:slug>/"
A = P + "abkommen/<slug:number>/"

urlpatterns = [
    path(P + "abkommen/neu/", agreement.agreement_new, name="agreement_new"),
    path(A, agreement.agreement, name="agreement"),
    path(A + "zustimmen/", agreement.agreement_agree, name="agreement_agree"),
    path(A + "einfrieren/", agreement.agreement_freeze, name="agreement_freeze"),
    path(A + "oeffnen/", agreement.agreement_reopen, name="agreement_reopen"),
    path(A + "zurueckziehen/", agreement.agreement_withdraw, name="agreement_withdraw"),
    path(A + "veroeffentlichen/", agreement.agreement_publish, name="agreement_publish"),
    path(A + "dokument.pdf", agreement.agreement_pdf, name="agreement_pdf"),
    path(A + "unterschreiben/", signing.agreement_sign, name="agreement_sign"),
    path(A + "ablehnen/", signing.agreement_decline, name="agreement_decline"),
]
