"""Every page that a person can open, who opens it, and in which state it stands.

`path` is an address, or a function of the scene; names are URL names, with a word for the state.
"""

from __future__ import annotations

from django.urls import reverse

from circles.applying import applications
from circles.models import Application, Offer
from config.demo import people
from formats.models import Membership
from foundation.accounts.models import Invitation, Mandate
from partnerships.models import Actor
from tests.browser import areas
from tests.browser.places import MAIN_FORM, Place, at, by_link, of
from tests.browser.scene import STEPS, Scene


def public() -> list[Place]:
    evening, sensors = "abends-gut-nach-hause", "die-stadt-misst-alle-wissen"
    return [
        at("home"),
        at("search"),
        at("search:hits", query="?q=stadt"),
        at("search:second page of a kind", query="?q=stadt&art=actor&page=2"),
        at("search:nothing", query="?q=gibtesnicht"),
        at("search:near", query="?q=Bilefeld"),
        at("search:wrong", query="?q=x"),
        *(at(name) for name in ("imprint", "privacy", "accessibility", "easy_language", "help")),
        at("accessibility:wrong", sends=MAIN_FORM),
        at("barrier_reported", "B-0001"),
        at("verify"),
        at("verify:wrong", sends=MAIN_FORM),
        at("verify_number", "SB-2026-002"),
        at("verify_number:unknown", "SB-1999-001", status=404),
        at("partnership_list"),
        at("partnership", "bielefeld-tampere"),
        at("partnership:concluded", "lindenau-jaervikoski"),
        at("municipality", "bielefeld"),
        at("actor_list"),
        at("actor_list:nothing", query="?q=gibtesnicht"),
        at("topic", "demo-hochwasser"),
        Place("actor", lambda scene: reverse("actor", args=[_first_actor()])),
        at("div"),
        of("meeting", _session),
        of("meeting:held", lambda s: [s.drawn.meeting.year, s.drawn.meeting.ordinal]),
        of("vision", lambda s: [s.drawn.circle.work_order.vision.slug]),
        at("thread_list"),
        of("thread", lambda s: [s.drawn.circle.work_order.vision.thread]),
        at("thread:whole", 1),
        of("work_order", lambda s: [s.drawn.circle.work_order.number]),
        at("circle_list"),
        at("circle", sensors),
        at("circle:empty", evening),
        at("call", evening),
        at("call:drawn", sensors),
        at("apply", evening),
        at("apply:wrong", evening, sends=MAIN_FORM),
        of("application_code", lambda s: [_signed(s)]),
        of("application_code:wrong", lambda s: [_signed(s)], sends=MAIN_FORM),
        at("draw_list"),
        at("draw_page", "demo-offene-sensordaten"),
        at("draw_page:closed", "demo-declare"),
        at("draw_page:declared", "demo-dice"),
        at("draw_page:thrown", "demo-draw"),
        at("draw_page:all_admitted", "demo-all-admitted"),
        by_link("offer", "offer_enter"),
        by_link("nomination", "open_invitation"),
        by_link("accept_invitation", "open_invitation"),
        at("accept_invitation:void", status=409),
    ]


def account() -> list[Place]:
    return [
        at("account_login"),
        at("account_login:wrong", sends=MAIN_FORM),
        at("account_request_login_code"),
        at("account_request_login_code:wrong", sends=MAIN_FORM),
        Place(
            "account_confirm_login_code", reverse("account_request_login_code"), sends=MAIN_FORM,
            fills={"email": "gast@example.org"},
        ),
        Place(
            "mfa_authenticate", reverse("account_login"), sends=MAIN_FORM,
            fills={"login": "leo@example.org", "password": people.password()},
        ),
        at("account_inactive"),
        at("account_reset_password"),
        at("account_reset_password_done"),
        at("account_reset_password_from_key", "x", "y-z"),
        at("account_reset_password_from_key_done"),
        at("account", who="otto"),
        at("account:citizen", who="clara"),
        at("account_logout", who="clara"),
        at("change_password", who="otto"),
        at("change_password:wrong", who="otto", sends=MAIN_FORM),
        at("second_factor", who="otto"),
        at("second_factor:none", who="clara"),
        at("enrol_factor", who="clara"),
        at("enrol_factor:wrong", who="clara", sends=MAIN_FORM),
        at("recovery_codes", who="otto"),
        at("remove_factor", who="otto"),
        at("confirm_factor", who="otto"),
    ]  # fmt: skip


def own() -> list[Place]:
    mine = ("my_application", "my_correction", "my_address", "my_withdrawal", "my_deletion")
    return [
        at("my", who="clara"),
        at("my:nothing", who="dora"),
        *(of(name, lambda s: [s.own.reference], who="clara") for name in mine),
        of("my_correction:wrong", lambda s: [s.own.reference], who="clara", sends=MAIN_FORM),
        of("my_address_code", lambda s: [s.moving.reference], who="gast"),
    ]


def office() -> list[Place]:
    evening = "abends-gut-nach-hause"
    return [
        at("desk", who="otto"),
        *(at(f"desk:{who}", who=who) for who in ("rita", "leo", "anton", "paula", "dora")),
        at("outbox", who="otto"),
        at("outbox:nothing", who="otto", query="?q=gibtesnicht"),
        *(of(f"outgoing_mail:{n}", lambda s, n=n: [s.mails[n].pk], who="otto") for n in MAILS),
        of("rewrite_mail", lambda s: [s.mails["held"].pk], who="otto"),
        of("letter", lambda s: [s.mails["letter"].pk], who="otto"),
        at("mandate_list", who="anton"),
        at("grant_mandate", who="anton"),
        at("grant_mandate:wrong", who="anton", sends=MAIN_FORM),
        of("grant_deputy", lambda s: [_mandate(s)], who="anton"),
        of("revoke_mandate", lambda s: [_mandate(s)], who="anton"),
        of("reset_factor", lambda s: [s.people["leo"].pk], who="anton"),
        at("invite", who="anton"),
        of("withdraw_invitation", lambda s: [_invitation()], who="anton"),
        at("div:office", who="otto"),
        at("div_setup", who="otto"),
        at("member_create", who="otto"),
        at("meeting_create", who="otto"),
        at("meeting_create:wrong", who="otto", sends=MAIN_FORM),
        of("meeting:office", _session, who="otto"),
        of("meeting_prepare", _session, who="otto"),
        at("vision_create", who="otto"),
        at("vision_create:wrong", who="otto", sends=MAIN_FORM),
        of("vision:draft", lambda s: [s.proposed.slug], who="otto"),
        of("vision_adopt", lambda s: [s.proposed.slug], who="otto"),
        of("work_order_create", lambda s: [s.ordered.vision.slug], who="otto"),
        of("office_project_begin", lambda s: [s.ordered.number], who="otto"),
        of("circle_found", lambda s: [s.ordered.number], who="otto"),
        at("circle:office", evening, who="otto"),
        at("seat_nominate", evening, 2, who="otto"),
        at("seat_nominate:wrong", evening, 2, who="otto", sends=MAIN_FORM),
        at("call_create", evening, who="otto"),
        of("call_edit", lambda s: [s.draft_call.pk], who="otto"),
        at("call:office", evening, who="otto"),
        of("application_list", lambda s: [s.open_call.pk], who="otto"),
        of("application_list:many", lambda s: [s.drawn.pk], who="rita"),
        of("application_list:nothing", lambda s: [s.draft_call.pk], who="otto"),
        of("application_paper", lambda s: [s.open_call.pk], who="otto"),
        of("application_paper:wrong", lambda s: [s.open_call.pk], who="otto", sends=MAIN_FORM),
        of("member_end", lambda s: [Membership.objects.first().pk], who="otto"),
        of("offer_note", _offered_on_paper, who="otto"),
        of("offer_note:wrong", _offered_on_paper, who="otto", sends=MAIN_FORM),
        of("application_withdraw", _on_paper, who="otto"),
        of("application_erase", _on_paper, who="otto"),
        of("application_erase:wrong", _on_paper, who="otto", sends=MAIN_FORM),
        of("application_review", lambda s: [s.open_call.pk, s.reviewed.reference], who="otto"),
        of("application_review:done", lambda s: [s.open_call.pk, s.reviewed.reference], who="rita"),
        of("application_review:objection", _objected, who="otto"),
    ]  # fmt: skip


def draw_desk() -> list[Place]:
    """Each step as the person sees it who does it, and one as somebody who only looks on."""
    doers = {"confirm": "vera", "second": "vera"}
    return [
        of("draw_desk:drawn", lambda s: [s.drawn.pk], who="leo"),
        of("draw_desk:own_proposal", lambda s: [s.steps["confirm"].pk], who="leo"),
        of("draw_desk:onlooker", lambda s: [s.steps["dice"].pk], who="otto"),
        *(
            of(f"draw_desk:{step}", lambda s, step=step: [s.steps[step].pk], doers.get(step, "leo"))
            for step in STEPS
        ),
    ]


def agreements() -> list[Place]:
    pair = "bielefeld-tampere"
    parts = ("goal_new", "focus_new", "exchange_format_new", "participation_new", "contact_new")
    tampere = [pair, "SB-2026-001"]
    return [
        at("partnership_new", who="otto"),
        at("partnership_new:wrong", who="otto", sends=MAIN_FORM),
        at("partnership:office", pair, who="otto"),
        at("partnership_edit", pair, who="otto"),
        *(at(name, pair, who="otto") for name in (*parts, "encounter_new")),
        at("goal_new:wrong", pair, who="otto", sends=MAIN_FORM),
        at("goal_edit", "lindenau-jaervikoski", 1, who="otto"),
        at("goal_measure", "lindenau-jaervikoski", 1, who="otto"),
        *(at(name, who="otto") for name in ("municipality_new", "actor_new", "topic_new")),
        at("agreement", *tampere, who="otto"),
        at("agreement_edit_clause", *tampere, "preamble", who="otto"),
        *(
            at(f"agreement_{part}", *tampere, who="otto")
            for part in ("term", "council", "signatory")
        ),
        at("agreement_withdraw", *tampere, who="otto"),
        of("agreement:signing", _signing, who="otto"),
        of("agreement:partner", _signing, who="berta"),
        of("agreement:concluded", lambda s: ["lindenau-jaervikoski", "SB-2026-002"], who="berta"),
        of("agreement_sign", _signing, who="paula"),
        of("agreement_decline", _signing, who="paula"),
        of("agreement_reopen", _signing, who="otto"),
    ]


def mistakes() -> list[Place]:
    return [
        Place("404", "/gibt-es-nicht/", status=404),
        Place("403", "/postausgang/", who="clara", status=403),
    ]


MAILS = ("held", "letter", "dead")


def every_place() -> list[Place]:
    here = [*public(), *account(), *own(), *office(), *draw_desk(), *agreements(), *mistakes()]
    return [*here, *(place for area in areas.every() for place in area.places())]


def _signing(scene: Scene) -> list[str]:
    return [scene.signing.partnership.slug, scene.signing.number]


def _session(scene: Scene) -> list[int]:
    return [scene.open_call.meeting.year, scene.open_call.meeting.ordinal]


def _on_paper(scene):
    return [scene.drawn.pk, scene.drawn.applications.last().reference]


def _offered_on_paper(scene: Scene) -> list:
    offer = Offer.objects.filter(draw__call=scene.drawn).latest("pk")
    Application.objects.filter(offers=offer).update(identity=f"ref:{offer.application.reference}")
    return [scene.drawn.pk, offer.pk]


def _objected(scene: Scene) -> list:
    return [scene.open_call.pk, scene.objected.reference]


def _signed(scene: Scene) -> str:
    return applications.signed_id(scene.unconfirmed)


def _first_actor() -> str:
    return Actor.objects.order_by("pk").values_list("slug", flat=True)[0]


def _mandate(scene: Scene) -> int:
    return Mandate.objects.filter(user=scene.people["leo"]).values_list("pk", flat=True)[0]


def _invitation() -> int:
    return Invitation.objects.values_list("pk", flat=True)[0]
