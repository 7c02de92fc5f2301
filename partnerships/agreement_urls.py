"""Addresses of the text and the life of agreements; amendments are SB-2026-003/A1 here too."""

from __future__ import annotations

from django.urls import path

from partnerships.views import (
    agreement_amendments,
    agreement_languages,
    agreement_life,
    agreement_list,
    agreement_remarks,
    agreement_versions,
)

A = "partnerschaften/<slug:slug>/abkommen/<agreement:number>/"

C = A + "klausel/<slug:clause>/"
S = A + "vorschlaege/<int:suggestion>/"

urlpatterns = [
    path("abkommen/", agreement_list.agreement_list, name="agreement_list"),
    path(A + "aendern/", agreement_amendments.agreement_amend, name="agreement_amend"),
    path(
        A + "klausel/<slug:clause>/aufnehmen/",
        agreement_amendments.amendment_take_up,
        name="amendment_take_up",
    ),
    path(A + "neuester-stand/", agreement_amendments.amendment_build_on, name="amendment_build_on"),
    path(
        A + "lesefassung/",
        agreement_amendments.agreement_consolidated,
        name="agreement_consolidated",
    ),
    path(
        A + "lesefassung.pdf",
        agreement_amendments.agreement_reading_pdf,
        name="agreement_reading_pdf",
    ),
    path(
        A + "lesefassung/drucken/",
        agreement_amendments.agreement_reading_order,
        name="agreement_reading_order",
    ),
    path(A + "verlaengern/", agreement_life.agreement_renew, name="agreement_renew"),
    path(A + "verlaengerung/", agreement_life.agreement_renewal, name="agreement_renewal"),
    path(A + "kuendigen/", agreement_life.agreement_terminate, name="agreement_terminate"),
    path(A + "ueberpruefung/", agreement_life.agreement_review, name="agreement_review"),
    path(A + "fassungen/", agreement_versions.agreement_versions, name="agreement_versions"),
    path(C + "anmerkungen/", agreement_remarks.agreement_remarks, name="agreement_remarks"),
    path(C + "vorschlag/", agreement_remarks.agreement_suggest, name="agreement_suggest"),
    path(S + "annehmen/", agreement_remarks.agreement_accept, name="agreement_accept"),
    path(S + "ablehnen/", agreement_remarks.agreement_refuse, name="agreement_refuse"),
    path(S + "zuruecknehmen/", agreement_remarks.agreement_unsuggest, name="agreement_unsuggest"),
    path(
        A + "sprachen/finnisch/",
        agreement_languages.agreement_language_add,
        name="agreement_language_add",
    ),
    path(
        A + "sprachen/ohne-finnisch/",
        agreement_languages.agreement_language_drop,
        name="agreement_language_drop",
    ),
    path(
        A + "sprachen/<slug:language>/",
        agreement_languages.agreement_translate,
        name="agreement_translate",
    ),
    path(
        A + "sprachen/<slug:language>/freigeben/",
        agreement_languages.agreement_release,
        name="agreement_release",
    ),
]
