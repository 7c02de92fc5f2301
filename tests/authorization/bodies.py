"""What each form would send if its sender were allowed to: good enough that a guard answers.

A body may depend on the object; a row may ask for the id of another partnership's city in it.
Every module in areas/ adds its own.
"""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from circles.models import Application, Call
from formats.models import ActionField, Meeting
from foundation.posting import human
from partnerships.course import phases
from partnerships.models import Agreement, Partnership
from partnerships.wording import drafts
from partnerships.wording.clauses import clause_of
from tests.authorization import areas, canaries
from tests.authorization.world import World
from tests.circles.factories import code_for
from tests.partnerships.factories import digests_of

Body = dict[str, object]
Place = dict[str, object]
NEW_PASSWORD = "ein ganz neuer Satz 7"


def day(days: int) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=days):%Y-%m-%d}"


def words(name: str, text: str = "Ein neuer Satz") -> Body:
    return {f"{name}_de": text, f"{name}_en": text}


PLAIN: dict[str, Body] = {
    "account": {"name": "Neu", "language": "en"},
    "account_login": {"login": "olaf@example.org", "password": "langes Passwort 1"},
    "account_request_login_code": {"email": "olaf@example.org"},
    "account_confirm_login_code": {"code": "ABCDEF"},
    "account_reset_password": {"email": "olaf@example.org"},
    "account_reset_password_from_key": {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "mfa_authenticate": {"code": "000000"},
    "change_password": {
        "current": "langes Passwort 1", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD,
    },
    "enrol_factor": {"code": "000000"},
    "confirm_factor": {"code": "000000"},
    "set_language": {"language": "en", "next": "/"},
    "accessibility": {"problem": "Ein Knopf fehlt", "page": "", "email": ""},
    "rewrite_mail": {"subject": "Neu", "body": "Neue Worte"},
    "note_call": {"note": "Kommt gern"},
    "grant_mandate": {"email": "neu@example.org", "name": "Neu", "role": "reviewer"},
    "grant_deputy": {"email": "neu@example.org", "name": "Neu"},
    "invite": {"email": "neu@example.org", "role": "reviewer"},
    "partnership_edit": {**words("lead"), **words("choice_reason"), **words("target_picture")},
    "goal_measure": {"value": "7", "on": "2026-06-30"},
    "focus_put": {"status": "dropped"},
    "exchange_format_new": {**words("name"), "mode": "learn"},
    "encounter_new": {**words("title"), "precision": "unknown", "state": "planned"},
    "agreement_term": {"notice_months": "3"},
    "agreement_reopen": {"reason": "Ein Fehler"},
    "agreement_withdraw": {"reason": "Ein Fehler"},
    "agreement_decline": {"reason": "Der Rat will nicht"},
    "municipality_new": {**words("name"), "slug": "oulu", "kind": "city", "country": "FI"},
    "actor_new": {"name": "Neue Werkstatt", "kind": "sme", "sector": "business"},
    "topic_new": {**words("name"), "slug": "wasser", "kind": "topic"},
    "div_setup": {"purpose_de": "Austausch"},
    "office_project_begin": {"title_de": "Das eigene Projekt"},
    "circle_found": {"name_de": "Neu am Tisch", "purpose_de": "Zweck"},
    "nomination_accept": {"conflict": "", "declared": "on"},
    "objection_record": {"text": "Das stimmt nicht"},
    "objection_decide": {"uphold": "no", "reason": "Es bleibt dabei"},
    "draw_freeze": {"all_typed": "on"},
    "draw_declare": {"method": "dice", "dice": "20"},
    "draw_dice": {"digits": canaries.DICE},
    "draw_beacon": {"signature": "0" * 96},
    "draw_record": {
        "chair": "Vera", "minute_taker": "Otto", "throwers": "Eins\nZwei\nDrei\nVier",
        "witnesses": "Ina\nUlf",
    },
    "offer_accept": {"name_is_public": "on"},
    "my_address": {"email": "ganz-neu@example.org"},
}  # fmt: skip


def body_for(world: World, route: str, state: str) -> Body:
    """The body of one row; empty for forms of one button."""
    build = DEPENDENT.get(route)
    place = world.places[state]
    if build:
        return build(world, place)
    for area in areas.every():
        if route in area.PLAIN:
            return area.PLAIN[route]
        if route in area.DEPENDENT:
            return area.DEPENDENT[route](world, place)
    return PLAIN.get(route, {})


def _party(world: World, place: Place) -> int:
    """A city of this partnership, or one of another where the row asks for that."""
    slug = place.get("body_slug", place["slug"])
    found = Partnership.objects.filter(slug=slug).first()
    return found.parties.get(position=1).pk if found else 1


def _upload(world: World, place: Place) -> Body:
    return {"document": SimpleUploadedFile("a.pdf", b"no document", "application/pdf")}


def _partnership(world: World, place: Place) -> Body:
    cities = world.cities
    return {
        **words("choice_reason"),
        "first": cities.turku.pk,
        "second": cities.tampere.pk,
        "relation": "innovation",
    }


def _focus(world: World, place: Place) -> Body:
    return {
        "topic": world.cities.spare.pk,
        "status": "longlist",
        "offered_by": [_party(world, place)],
    }


def _participation(world: World, place: Place) -> Body:
    return {"actor": world.cities.actor.pk, "party": _party(world, place)}


def _contact(world: World, place: Place) -> Body:
    return {**words("function"), "party": _party(world, place)}


def _goal(world: World, place: Place) -> Body:
    return {**words("title"), "lead": _party(world, place)}


def _agreement(place: Place) -> Agreement | None:
    return Agreement.objects.filter(number=place["number"]).first()


def _agree(world: World, place: Place) -> Body:
    found = _agreement(place)
    return {"digest": drafts.gather(found).digest() if found else "0" * 64}


def _sign(world: World, place: Place) -> Body:
    found = _agreement(place)
    if found is None or not found.is_fixed:
        return {"version_sha256": "0" * 64, "pdf_sha256": "0" * 64, "consent": "on"}
    return {**digests_of(found), "consent": "on"}


def _clause(world: World, place: Place) -> Body:
    found = _agreement(place)
    current = clause_of(found, str(place["clause"])) if found else None
    return {"de": "Neu", "en": "New", "based_on": current.revision.n if current else 1}


def _council(world: World, place: Place) -> Body:
    return {"party": _party(world, place), "is_reservation": "on"}


def _signatory(world: World, place: Place) -> Body:
    return {
        **words("function"),
        "party": _party(world, place),
        "name": "Neue Person",
        "email": "zeichnet@example.org",
        "language": "de",
    }


def _member(world: World, place: Place) -> Body:
    return {
        "name": "Neu", "email": "neu@example.org", "group": "department",
        "on_behalf_of": "Amt", "starts_on": day(0),
    }  # fmt: skip


def _meeting(world: World, place: Place) -> Body:
    return {
        "day": day(60), "starts": "17:30", "ends": "20:00", "place": "Saal", "is_public": "on",
        "over_maximum_reason": "Es eilt",
    }  # fmt: skip


def _vision(world: World, place: Place) -> Body:
    return {
        "title_de": "Neu", "text_de": "Neu", "everyday_need_de": "Neu", "global_trend_de": "Neu",
        "action_field": ActionField.objects.first().pk,
    }  # fmt: skip


def _adoption(world: World, place: Place) -> Body:
    return {"meeting": world.circles.vision.adopted_in_id}


def _order(world: World, place: Place) -> Body:
    return {
        "question_de": "Wie?", "expected_result_de": "So", "limits_de": "Keine",
        "addressee": "office", "contact": "Amt", "due_on": day(300),
    }  # fmt: skip


def _call(world: World, place: Place) -> Body:
    texts = ("question", "task", "effort", "not_needed", "allowance")
    ahead = Meeting.objects.filter(body__is_public=True, state="scheduled")
    return {f"{name}_de": "Neu" for name in texts} | {
        "meeting": ahead.latest("starts_at").pk,
        "opens_day": day(-1), "opens_time": "08:00", "closes_day": day(10), "closes_time": "23:59",
        "contact": "Amt", "draw_id": "iz-neu", "seats": 5, "reserve_kept": 20, "answer_days": 14,
        "objection_days": 7, "kept_days": 30,        "criterion_1_de": "Wohnen Sie hier?",
    }  # fmt: skip


def _answers(world: World, place: Place) -> Body:
    call = Call.objects.filter(circle__slug=place["slug"]).first() or world.circles.call
    return {f"criterion_{each.pk}": "yes" for each in call.criteria.all()}


def _application(world: World, place: Place) -> Body:
    return {
        **_answers(world, place),
        "name": "Neu",
        "email": "bewirbt-sich@example.org",
        "participation": "on",
        "stamp": human.new_stamp(age=60),
    }


def _paper(world: World, place: Place) -> Body:
    return {**_answers(world, place), "name": "Neu", "phone": "0521 1"}


def _code(world: World, place: Place) -> Body:
    found = Application.objects.filter(reference=place["reference"]).first()
    waits = found and (found.state == "unconfirmed" or found.pending_email)
    return {"code": code_for(found) if waits else "000000"}


def _nomination(world: World, place: Place) -> Body:
    return {
        "name": "Neu", "email": "benannt2@example.org", "body": "Rat", "nominated_on": day(-1),
        "reason": "Kennt das Thema",
    }  # fmt: skip


def _finding(world: World, place: Place) -> Body:
    return {f"met_{each.pk}": "yes" for each in world.circles.call.criteria.all()}


def _fingerprint(world: World, place: Place) -> Body:
    return {"fingerprint": place.get("fingerprint", "0" * 64)}


def _picture(world: World, place: Place) -> Body:
    found = Partnership.objects.filter(slug=place["slug"]).first()
    return {"digest": phases.picture_digest(found) if found else "0" * 64}


DEPENDENT = {
    "picture_approve": _picture,
    "verify": _upload,
    "partnership_new": _partnership,
    "goal_new": _goal,
    "goal_edit": _goal,
    "focus_new": _focus,
    "participation_new": _participation,
    "contact_new": _contact,
    "agreement_agree": _agree,
    "agreement_sign": _sign,
    "agreement_edit_clause": _clause,
    "agreement_council": _council,
    "agreement_signatory": _signatory,
    "member_create": _member,
    "meeting_create": _meeting,
    "vision_create": _vision,
    "vision_adopt": _adoption,
    "work_order_create": _order,
    "call_create": _call,
    "call_edit": _call,
    "apply": _application,
    "application_paper": _paper,
    "my_correction": _paper,
    "application_code": _code,
    "my_address_code": _code,
    "seat_nominate": _nomination,
    "application_review": _finding,
    "draw_confirm": _fingerprint,
}
