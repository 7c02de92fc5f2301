"""Everything that the portal holds about a person through circles, for the person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from circles.deciding import own_words as deciding_data
from circles.gathering import own_data as room_data
from circles.models import Application, Nomination, Seat, SeatTerm
from circles.models.application import READERS
from circles.proposing import own_data as proposal_data
from formats.events import own_data as event_data
from formats.learning import own_data as learning_data
from foundation.accounts.models import Mandate, Role, User
from foundation.audit.models import Sighting
from foundation.audit.trail import subject_key


def of(user: User) -> dict[str, Any]:
    """Account, applications and who looked at them, nominations, seats, events, learning: JSON."""
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "since": _iso(user.date_joined),
        },
        "applications": [
            _application(application)
            for application in Application.objects.owned_by(user)
            .select_related("call__circle")
            .prefetch_related(
                "answers__criterion",
                "objections",
                "inquiries",
                "quota_answers__attribute",
                "quota_answers__value",
            )
        ],
        "nominations": [
            {
                "body": each.body,
                "reason": each.reason,
                "match": each.match,
                "state": each.state,
                "answer_by": _iso(each.answer_by),
                "conflict": each.conflict,
                "at": _iso(each.nominated_at),
            }
            for each in Nomination.objects.filter(person=user)
        ],
        "seats": [
            {"circle": str(seat.circle), "number": seat.number, "state": seat.state}
            for seat in Seat.objects.held_by(user).select_related("circle")
        ],
        "seat_terms": [
            {
                "circle": str(term.seat.circle),
                "number": term.seat.number,
                "from": _iso(term.began_at),
                "until": _iso(term.ended_at),
            }
            for term in _terms(user)
        ],
        "decisions": deciding_data.of(_terms(user)),
        "rooms": room_data.of(_terms(user)),
        "proposals": proposal_data.of(_terms(user)),
        "events": event_data.of(user),
        "learning": learning_data.of(user),
    }


def _application(application: Application) -> dict[str, Any]:
    subject_type, subject_id = subject_key(application)
    seen = Sighting.objects.filter(subject_type=subject_type, subject_id=subject_id)
    roles = _roles_of({each.viewer_id for each in seen})
    plain = (
        "reference", "state", "name", "email", "pending_email", "phone", "postal_address",
        "language", "way", "file_reference", "motivation", "support_needs", "nonce", "identity",
        "ticket",
    )  # fmt: skip
    return {name: getattr(application, name) for name in plain} | {
        "circle": str(application.call.circle.name),
        "draw": application.call.draw_id,
        "submitted_at": _iso(application.submitted_at),
        "confirmed_at": _iso(application.confirmed_at),
        "answers": {answer.criterion.code: answer.met for answer in application.answers.all()},
        "quota_answers": {
            str(answer.attribute.question): {
                "answer": str(answer.value.label),
                "consent": answer.consent_version,
                "at": _iso(answer.consented_at),
            }
            for answer in application.quota_answers.all()
        },
        "objections": [objection.text for objection in application.objections.all()],
        "questions": [
            {"question": each.question, "answer": each.answer}
            for each in application.inquiries.all()
        ],
        "looked_at": [
            {"at": _iso(each.at), "purpose": each.purpose, "as": roles.get(each.viewer_id, [])}
            for each in seen
        ],
    }


def _terms(user: User) -> QuerySet[SeatTerm]:
    """Where the person sat, and whoever is reached through their mailbox."""
    reached = User.objects.filter(applications__reached_by=user)
    terms = SeatTerm.objects.filter(Q(person=user) | Q(person__in=reached))
    return terms.select_related("seat__circle")


def _roles_of(viewers: set[int]) -> dict[int, list[str]]:
    """As what these people work here: function, not name."""
    found: dict[int, list[str]] = {}
    held = Mandate.objects.filter(user__in=viewers, role__in=READERS)
    for viewer, role in held.values_list("user", "role").distinct().order_by("user", "role"):
        found.setdefault(viewer, []).append(str(Role(role).label))
    return found


def _iso(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
