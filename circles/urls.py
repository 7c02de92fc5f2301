"""Addresses of this app: circles, calls, applications, seats; the draw has its own list."""

from django.urls import include, path

from circles.views import (
    application,
    call,
    circle,
    inquiry,
    membership,
    my,
    naming,
    nomination,
    notices,
    paper,
    quota,
    review,
    seat,
)

urlpatterns = [
    path("zirkel/", circle.circle_list, name="circle_list"),
    path("zirkel/gruenden/<str:number>/", circle.circle_found, name="circle_found"),
    path(
        "zirkel/bewerbung/<str:signed>/code/", application.application_code, name="application_code"
    ),
    path(
        "zirkel/bewerbung/<str:signed>/code/neu/",
        application.application_new_code,
        name="application_new_code",
    ),
    path("zirkel/<slug:slug>/", circle.circle, name="circle"),
    path("zirkel/<slug:slug>/beginnen/", circle.circle_begin, name="circle_begin"),
    path("zirkel/<slug:slug>/ausschreibung/", call.call, name="call"),
    path("zirkel/<slug:slug>/ausschreibung/neu/", call.call_create, name="call_create"),
    path("zirkel/<slug:slug>/ausschreibung/bewerben/", application.apply, name="apply"),
    path(
        "zirkel/<slug:slug>/plaetze/<int:number>/benennen/",
        seat.seat_nominate,
        name="seat_nominate",
    ),
    path(
        "zirkel/<slug:slug>/plaetze/<int:number>/zuruecknehmen/",
        seat.seat_take_back,
        name="seat_take_back",
    ),
    path("zirkel/<slug:slug>/plaetze/<int:number>/fragen/", seat.seat_ask, name="seat_ask"),
    path(
        "zirkel/<slug:slug>/plaetze/<int:number>/nicht-fragen/",
        seat.seat_ask_withdraw,
        name="seat_ask_withdraw",
    ),
    path("benennung/", naming.naming, name="naming"),
    path("benennung/absagen/", naming.naming_decline, name="naming_decline"),
    path("benennung/<str:token>/", naming.naming_enter, name="naming_enter"),
    # Its door is open_invitation: one kind of link for everybody who is invited.
    path("einladung/platz/antwort/", nomination.nomination, name="nomination"),
    path("einladung/platz/annehmen/", nomination.nomination_accept, name="nomination_accept"),
    path("einladung/platz/ablehnen/", nomination.nomination_decline, name="nomination_decline"),
    path("ausschreibungen/<int:call_id>/bearbeiten/", call.call_edit, name="call_edit"),
    path("ausschreibungen/<int:call_id>/oeffnen/", call.call_open, name="call_open"),
    path("ausschreibungen/<int:call_id>/zurueckziehen/", call.call_withdraw, name="call_withdraw"),
    path("ausschreibungen/<int:call_id>/verlaengern/", call.call_extend, name="call_extend"),
    path("ausschreibungen/<int:call_id>/quoten/", quota.call_quotas, name="call_quotas"),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/",
        review.application_list,
        name="application_list",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/papier/",
        review.application_paper,
        name="application_paper",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/mitteilungen/",
        notices.application_notices,
        name="application_notices",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/",
        review.application_review,
        name="application_review",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/einspruch/",
        review.objection_record,
        name="objection_record",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/entscheidung/",
        review.objection_decide,
        name="objection_decide",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/zuruecknehmen/",
        paper.application_withdraw,
        name="application_withdraw",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/loeschen/",
        paper.application_erase,
        name="application_erase",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/frage/",
        inquiry.application_ask,
        name="application_ask",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/antwort/",
        inquiry.application_answer,
        name="application_answer",
    ),
    path(
        "ausschreibungen/<int:call_id>/bewerbungen/<str:reference>/befangen/",
        inquiry.application_recuse,
        name="application_recuse",
    ),
    path("mein/", my.my, name="my"),
    path("mein/platz/<int:pk>/", membership.my_seat, name="my_seat"),
    path("mein/platz/<int:pk>/name/", membership.my_seat_name, name="my_seat_name"),
    path("mein/platz/<int:pk>/zurueckgeben/", membership.my_seat_return, name="my_seat_return"),
    path("mein/daten.json", my.my_data, name="my_data"),
    path("mein/bewerbungen/<str:reference>/", my.my_application, name="my_application"),
    path("mein/bewerbungen/<str:reference>/aendern/", my.my_correction, name="my_correction"),
    path("mein/bewerbungen/<str:reference>/antworten/", inquiry.my_answer, name="my_answer"),
    path("mein/bewerbungen/<str:reference>/adresse/", my.my_address, name="my_address"),
    path(
        "mein/bewerbungen/<str:reference>/adresse/code/",
        my.my_address_code,
        name="my_address_code",
    ),
    path("mein/bewerbungen/<str:reference>/zurueckziehen/", my.my_withdrawal, name="my_withdrawal"),
    path("mein/bewerbungen/<str:reference>/bestaetigung.pdf", my.my_receipt, name="my_receipt"),
    path("mein/bewerbungen/<str:reference>/loeschen/", my.my_deletion, name="my_deletion"),
    path("", include("circles.urls_draw")),
]
