"""Addresses of signing and its evidence, below those of an agreement."""

from django.urls import path

from partnerships.views import ceremony, evidence, own_certificate, signing

A = "partnerschaften/<slug:slug>/abkommen/<agreement:number>/"

urlpatterns = [
    path(A + "ablehnen/", signing.agreement_decline, name="agreement_decline"),
    path(A + "unterschreiben/", signing.agreement_sign, name="agreement_sign"),
    path(A + "zeremonie/", ceremony.ceremony, name="ceremony"),
    path(A + "nachweise.pdf", evidence.agreement_protocol, name="agreement_protocol"),
    path(A + "nachweise/neu/", evidence.evidence_bring, name="evidence_bring"),
    path(A + "nachweise/<int:submission>/", evidence.evidence_compare, name="evidence_compare"),
    path(A + "nachweise/<int:submission>/datei/", evidence.evidence_file, name="evidence_file"),
    path(A + "aktenzeichen/", evidence.agreement_file_number, name="agreement_file_number"),
    path(
        A + "unterzeichnende/<int:signatory>/vertretung/",
        evidence.signatory_deputy,
        name="signatory_deputy",
    ),
    path(
        A + "unterzeichnende/<int:signatory>/vollmacht/",
        evidence.signatory_authority,
        name="signatory_authority",
    ),
    path(
        A + "unterzeichnende/<int:signatory>/zertifikat/",
        own_certificate.signature_upload,
        name="signature_upload",
    ),
    path(
        A + "unterzeichnende/<int:signatory>/zertifikat/vormerken/",
        own_certificate.signature_reserve,
        name="signature_reserve",
    ),
    path(
        A + "unterzeichnende/<int:signatory>/zertifikat/zurueckgeben/",
        own_certificate.signature_give_back,
        name="signature_give_back",
    ),
]
