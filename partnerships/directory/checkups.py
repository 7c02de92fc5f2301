"""The yearly question: is this entry still right?

Asked by mail at most once a year; the answer by link confirms, corrects, or asks to be removed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from partnerships.directory import directory
from partnerships.directory.directory import Listing
from partnerships.directory.forgetting import forget_expert
from partnerships.models import Actor, ActorCheckup, ActorContact
from partnerships.wording.wording import reworded

State = ActorCheckup.State
YEAR = dt.timedelta(days=365)
VALID_FOR = dt.timedelta(days=120)
LANGUAGE_OF = {"FI": "fi", "DE": "de", "AT": "de", "CH": "de"}


class NothingProposed(DomainError):
    """A correction that corrects nothing."""


def set_contact(actor: Actor, email: str, *, by: User | None) -> None:
    """Whom to ask about `actor` a year from now; without an address nobody is asked."""
    email = email.strip().lower()
    with transaction.atomic():
        contact = ActorContact.objects.filter(actor=actor).first()
        if (contact.email if contact else "") == email:
            return
        if not email:
            ActorContact.objects.filter(actor=actor).delete()
        else:
            country = actor.municipality.country if actor.municipality else "DE"
            ActorContact.objects.update_or_create(
                actor=actor,
                defaults={"email": email, "language": LANGUAGE_OF.get(country, "en")},
                create_defaults={
                    "email": email,
                    "language": LANGUAGE_OF.get(country, "en"),
                    "next_check_on": timezone.localdate() + YEAR,
                },
            )
        trail.record("actor.contact_set", actor, by=by, has_contact=bool(email))


def ask_all(*, at_most: int = 200) -> int:
    """Ask every contact whose day has come, once; returns how many were asked."""
    due = ActorContact.objects.filter(
        next_check_on__lte=timezone.localdate(), actor__merged_into=None, actor__is_published=True
    ).order_by("next_check_on", "pk")
    return sum(ask(contact_id) for contact_id in due.values_list("pk", flat=True)[:at_most])


def ask(contact_id: int) -> bool:
    """Ask one contact by mail unless that was done in the last year; whether it was asked now."""
    token, today = secrets.token_urlsafe(32), timezone.localdate()
    with transaction.atomic():
        contact = (
            ActorContact.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("actor")
            .filter(pk=contact_id, next_check_on__lte=today)
            .first()
        )
        if contact is None:
            return False
        for forgotten in ActorCheckup.objects.filter(actor=contact.actor, state=State.ASKED):
            states.advance(forgotten, State.LAPSED, by=None)
        checkup = ActorCheckup.objects.create(
            actor=contact.actor, due_on=contact.next_check_on, token_digest=digest_of(token)
        )
        ActorContact.objects.filter(pk=contact.pk).update(next_check_on=today + YEAR)
        trail.record("actor.asked", contact.actor, by=None, checkup=checkup.pk)
        outbox.queue(
            "actor_checkup",
            key=f"actor-checkup-{checkup.pk}",
            to=contact.email,
            language=contact.language,
            subject=checkup,
            context={"actor": contact.actor, "token": token},
            secret=True,
        )
    return True


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> ActorCheckup | None:
    """The question behind a link; links of earlier years lead nowhere."""
    found = ActorCheckup.objects.select_related("actor__municipality").exclude(state=State.LAPSED)
    return found.filter(token_digest=digest_of(token), asked_at__gt=Now() - VALID_FOR).first()


def confirm(checkup: ActorCheckup) -> None:
    """The contact says that all is right."""
    with transaction.atomic():
        states.advance(checkup, State.CONFIRMED, by=None, answered_at=timezone.now())
        Actor.objects.filter(pk=checkup.actor_id).update(confirmed_on=timezone.localdate())


def propose(checkup: ActorCheckup, proposal: Mapping[str, str]) -> None:
    """The contact says what is wrong; the office decides. Raises NothingProposed."""
    actor = checkup.actor
    now = {
        "name": actor.name,
        "website": actor.website,
        "description_de": actor.description.get("de"),
        "description_en": actor.description.get("en"),
        "note": "",
    }
    asked = {key: value.strip() for key, value in proposal.items() if value.strip() != now[key]}
    if not asked:
        raise NothingProposed(
            "nothing-proposed", _("You have changed nothing. Use the button above if all is right.")
        )
    states.advance(checkup, State.CORRECTED, by=None, answered_at=timezone.now(), proposal=asked)


def ask_for_removal(checkup: ActorCheckup) -> None:
    """The contact wants the entry to go; the office decides."""
    states.advance(checkup, State.REMOVAL, by=None, answered_at=timezone.now(), wants_removal=True)


def waiting() -> QuerySet[ActorCheckup]:
    """Answers on which the office has to decide, oldest first."""
    asked = ActorCheckup.objects.filter(state__in=(State.CORRECTED, State.REMOVAL))
    return asked.select_related("actor__municipality").order_by("answered_at", "pk")


def accept(checkup: ActorCheckup, *, by: User) -> None:
    """Do as the contact asked: correct the entry, or take it out; an expert is forgotten then."""
    with transaction.atomic():
        was_removal = checkup.state == State.REMOVAL
        states.advance(checkup, State.ACCEPTED, by=by)
        if was_removal:
            Actor.objects.filter(pk=checkup.actor_id).update(
                is_published=False, removed_on=timezone.localdate()
            )
            trail.record("actor.hidden", checkup.actor, by=by)
        else:
            directory.correct_actor(checkup.actor, _listing(checkup), by=by)
            Actor.objects.filter(pk=checkup.actor_id).update(confirmed_on=timezone.localdate())
        _tell(checkup)
        if was_removal:
            ActorContact.objects.filter(actor=checkup.actor_id).delete()
            if checkup.actor.kind == Actor.Kind.EXPERT:
                forget_expert(checkup.actor)


def decline(checkup: ActorCheckup, *, by: User) -> None:
    """Leave the entry as it is and tell the contact."""
    with transaction.atomic():
        states.advance(checkup, State.DECLINED, by=by)
        _tell(checkup)


def _listing(checkup: ActorCheckup) -> Listing:
    actor, asked = checkup.actor, checkup.proposal
    words = {
        language: asked.get(f"description_{language}", actor.description.get(language))
        for language in ("de", "en")
    }
    return Listing(
        name=asked.get("name") or actor.name,
        kind=actor.kind,
        sector=actor.sector,
        municipality=actor.municipality,
        description=reworded(actor.description, words),
        website=asked.get("website", actor.website),
        topics=list(actor.topics.all()),
        is_published=actor.is_published,
        is_fictional=actor.is_fictional,
    )


def _tell(checkup: ActorCheckup) -> None:
    contact = ActorContact.objects.filter(actor=checkup.actor_id).first()
    if contact is not None:
        outbox.queue(
            "actor_checkup_decided",
            key=f"actor-checkup-decided-{checkup.pk}",
            to=contact.email,
            language=contact.language,
            subject=checkup,
            context={"checkup": checkup, "actor": checkup.actor},
        )
