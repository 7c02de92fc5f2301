"""Addresses of the draw: public under /auslosung/, the office's under its call."""

from django.urls import path

from circles.views import (
    departure,
    draw_audit,
    draw_check,
    draw_correct,
    draw_desk,
    draw_live,
    draw_motion,
    draw_page,
    draw_ready,
    draw_steps,
    draw_trial,
    offer,
    offer_note,
)

urlpatterns = [
    path("auslosung/", draw_page.draw_list, name="draw_list"),
    path("auslosung/pruefen/", draw_check.lottery_check, name="lottery_check"),
    path(
        "auslosung/pruefen/los1-pruefen.html",
        draw_check.lottery_check_copy,
        name="lottery_check_copy",
    ),
    path("auslosung/<slug:draw_id>/", draw_page.draw_page, name="draw_page"),
    path("auslosung/<slug:draw_id>/pruefen/", draw_check.draw_check, name="draw_check"),
    path(
        "auslosung/<slug:draw_id>/so-pruefen-sie-selbst/",
        draw_check.draw_guide,
        name="draw_guide",
    ),
    path("auslosung/<slug:draw_id>/live/", draw_live.draw_live, name="draw_live"),
    path("auslosung/<slug:draw_id>/losprotokoll.pdf", draw_page.draw_minutes, name="draw_minutes"),
    path("auslosung/<slug:draw_id>/<str:name>", draw_page.draw_file, name="draw_file"),
    path("ausschreibungen/<int:call_id>/auslosung/", draw_desk.draw_desk, name="draw_desk"),
    path(
        "ausschreibungen/<int:call_id>/auslosung/losprotokoll-intern.pdf",
        draw_desk.draw_minutes_internal,
        name="draw_minutes_internal",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/schliessen/",
        draw_steps.draw_freeze,
        name="draw_freeze",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/antrag/",
        draw_motion.draw_motion,
        name="draw_motion",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/aufheben/",
        draw_motion.draw_annul,
        name="draw_annul",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/antrag/bestaetigen/",
        draw_motion.draw_motion_carry,
        name="draw_motion_carry",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/antrag/zuruecknehmen/",
        draw_motion.draw_motion_take_back,
        name="draw_motion_take_back",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/berichtigen/",
        draw_correct.draw_correct,
        name="draw_correct",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/berichtigen/bestaetigen/",
        draw_correct.draw_correct_confirm,
        name="draw_correct_confirm",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/berichtigen/zuruecknehmen/",
        draw_correct.draw_correct_take_back,
        name="draw_correct_take_back",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/erklaeren/",
        draw_steps.draw_declare,
        name="draw_declare",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/bestaetigen/",
        draw_steps.draw_confirm,
        name="draw_confirm",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/zuruecknehmen/",
        draw_steps.draw_take_back,
        name="draw_take_back",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/raum/", draw_steps.draw_record, name="draw_record"
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/wuerfel/", draw_steps.draw_dice, name="draw_dice"
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/zufallszahl/",
        draw_steps.draw_beacon,
        name="draw_beacon",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/zufallszahl/holen/",
        draw_steps.draw_fetch,
        name="draw_fetch",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/zufallszahl/aufgeben/",
        draw_steps.draw_give_up,
        name="draw_give_up",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/ersatz/",
        draw_steps.draw_fallback,
        name="draw_fallback",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/bereit/", draw_ready.draw_ready, name="draw_ready"
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/ablauf/",
        draw_ready.draw_script,
        name="draw_script",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/probe/", draw_trial.draw_trial, name="draw_trial"
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/probe/<int:number>.zip",
        draw_trial.draw_trial_file,
        name="draw_trial_file",
    ),
    path("ausschreibungen/<int:call_id>/auslosung/ziehen/", draw_steps.draw_run, name="draw_run"),
    path(
        "ausschreibungen/<int:call_id>/auslosung/absagen/<int:pk>/nachgefragt/",
        departure.departure_tell,
        name="departure_tell",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/absagen/<int:pk>/nachruecken/",
        departure.departure_confirm,
        name="departure_confirm",
    ),
    path(
        "ausschreibungen/<int:call_id>/auslosung/angebote/<int:pk>/antwort/",
        offer_note.offer_note,
        name="offer_note",
    ),
    path("ausschreibungen/<int:call_id>/auslosung/uhr/", draw_steps.draw_clock, name="draw_clock"),
    path("revision/", draw_audit.draw_audit, name="draw_audit"),
    path(
        "revision/auslosung/<slug:draw_id>/akte.zip",
        draw_audit.draw_audit_file,
        name="draw_audit_file",
    ),
    path(
        "revision/auslosung/<slug:draw_id>/stichproben/",
        draw_audit.draw_samples,
        name="draw_samples",
    ),
    path(
        "revision/auslosung/<slug:draw_id>/stichproben/<int:number>/",
        draw_audit.draw_sample,
        name="draw_sample",
    ),
    path("platz/", offer.offer, name="offer"),
    path("platz/annehmen/", offer.offer_accept, name="offer_accept"),
    path("platz/doch/", offer.offer_object, name="offer_object"),
    path("platz/zurueckgeben/", offer.offer_decline, name="offer_decline"),
    path("platz/<str:token>/", offer.offer_enter, name="offer_enter"),
]
