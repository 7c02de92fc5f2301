"""Ideas of everybody: sent without an account, each one answered, joined with its likes by people.

An address is optional, confirmed by its owner, used for the answer and then forgotten.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from formats.models import ActionField, Idea, Vision
from formats.numbering import next_number
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox
from foundation.posting.limits import Limit

NUMBERING_LOCK = 0x1D
LINK_LASTS = dt.timedelta(hours=48)
DISCARDED_KEPT = dt.timedelta(days=30)
SETTLED_KEPT = dt.timedelta(days=180)
# Nobody needs an account: mails are limited by the address they go to, ideas altogether.
BY_ADDRESS = Limit("idea-address", at_most=5, per=dt.timedelta(hours=1))
FROM_EVERYBODY = Limit("idea-everybody", at_most=600, per=dt.timedelta(hours=1))
SIGNER = signing.Signer(salt="formats.idea", sep="~")


class LinkOver(DomainError):
    """Too old, used, or never made."""


class NotJoinable(DomainError):
    """These two ideas cannot be joined."""


class WordsMissing(DomainError):
    """An answer or a public wording is empty."""


def send(
    *,
    title: str,
    text: str,
    action_field: ActionField | None = None,
    email: str = "",
    language: str = "de",
) -> Idea:
    """Take an idea in; with an address its owner gets a link to confirm it. Raises TooOften."""
    FROM_EVERYBODY.use("everybody")
    email = email.strip().lower()
    token = secrets.token_urlsafe(32) if email else ""
    if email:
        BY_ADDRESS.use(email)
    with transaction.atomic():
        idea = Idea.objects.create(
            number=next_number(Idea, "ID", lock=NUMBERING_LOCK, digits=3),
            title=" ".join(title.split()),
            text=text,
            action_field=action_field,
            language=language,
            email=email,
            email_digest=_digest(token) if email else "",
        )
        trail.record("idea.received", idea, by=None)
        if email:
            _mail("idea_confirm", idea, token=token)
    return idea


def signed_handle(idea: Idea) -> str:
    """What stands in the link of whoever sent the idea."""
    return SIGNER.sign(idea.handle)


def find_by_signed_handle(signed: str) -> Idea | None:
    """The idea behind such a link."""
    try:
        handle = SIGNER.unsign(signed)
    except signing.BadSignature:
        return None
    return Idea.objects.filter(handle=handle).select_related("merged_into", "vision").first()


def waiting_for(token: str) -> Idea | None:
    """The idea whose address this link would confirm."""
    return Idea.objects.filter(
        ~Q(email=""), email_digest=_digest(token), received_at__gt=Now() - LINK_LASTS
    ).first()


def confirm_address(token: str) -> Idea:
    """The owner of the mailbox says yes: the answer will go there. Raises LinkOver."""
    with transaction.atomic():
        found = waiting_for(token)
        idea = found and Idea.objects.select_for_update().get(pk=found.pk)
        if idea is None or idea.email_digest != _digest(token):
            raise LinkOver(
                "link-over",
                _("This link is no longer valid. Your idea arrived all the same, and is read."),
            )
        Idea.objects.filter(pk=idea.pk).update(email_confirmed_at=Now(), email_digest="")
        idea.refresh_from_db()
        trail.record("idea.address-confirmed", idea, by=None)
        if idea.state in (Idea.State.ANSWERED, Idea.State.MERGED):
            _tell(idea)
    return idea


def answer(
    idea: Idea,
    words: LocalizedText,
    *,
    vision: Vision | None = None,
    public_title: LocalizedText | None = None,
    public_text: LocalizedText | None = None,
    by: User,
) -> None:
    """Answer the idea, and everybody whose idea was joined with it; with public words in public.

    Raises WordsMissing.
    """
    if not words:
        raise WordsMissing("answer-missing", _("Please write an answer."))
    shown = _in_public(public_title or LocalizedText(), public_text or LocalizedText())
    with transaction.atomic():
        states.advance(
            idea,
            Idea.State.ANSWERED,
            by=by,
            answer=words,
            vision=vision,
            settled_at=Now(),
            **shown,
        )
        idea.refresh_from_db()
        for each in [idea, *idea.duplicates.select_for_update()]:
            _tell(each)


def release(
    idea: Idea, public_title: LocalizedText, public_text: LocalizedText, *, by: User
) -> None:
    """Show an answered idea to everybody in these words; empty words take it from the page."""
    shown = _in_public(public_title, public_text)
    with transaction.atomic():
        found = Idea.objects.select_for_update().get(pk=idea.pk)
        if found.state != Idea.State.ANSWERED:
            raise WordsMissing("answer-missing", _("Answer the idea before you show it."))
        Idea.objects.filter(pk=idea.pk).update(**shown)
        trail.record("idea.released" if public_text else "idea.hidden", idea, by=by)


def join(idea: Idea, into: Idea, *, by: User) -> None:
    """Two people had the same idea: `idea` gets the answer of `into`. Raises NotJoinable."""
    with transaction.atomic():
        pair = {idea.pk, into.pk}
        locked = Idea.objects.select_for_update().in_bulk(sorted(pair))
        target = locked[into.pk]
        if len(pair) < 2 or target.state not in (Idea.State.RECEIVED, Idea.State.ANSWERED):
            raise NotJoinable(
                "not-joinable",
                _("Choose another idea that is in the inbox or answered, not a joined one."),
            )
        if idea.duplicates.exists():
            raise NotJoinable(
                "has-duplicates",
                _("Others were joined with this idea. Join the other one with it."),
            )
        states.advance(idea, Idea.State.MERGED, by=by, merged_into=target, settled_at=Now())
        idea.refresh_from_db()
        if target.state == Idea.State.ANSWERED:
            _tell(idea)


def discard(idea: Idea, *, by: User) -> None:
    """No idea at all: advertising or insults. It can be fetched back for thirty days."""
    states.advance(idea, Idea.State.DISCARDED, by=by, settled_at=Now())


def fetch_back(idea: Idea, *, by: User) -> None:
    """Put a joined or discarded idea back into the inbox."""
    states.advance(idea, Idea.State.RECEIVED, by=by, merged_into=None, settled_at=None)


def forget_overdue() -> int:
    """Erase what the privacy page says is erased by now; returns how many ideas lost words."""
    with transaction.atomic():
        Idea.objects.filter(
            ~Q(email=""), email_confirmed_at=None, received_at__lt=Now() - LINK_LASTS
        ).update(email="", email_digest="")
        old = Idea.objects.filter(erased_at=None).filter(
            Q(state=Idea.State.DISCARDED, settled_at__lt=Now() - DISCARDED_KEPT)
            | Q(
                state__in=[Idea.State.ANSWERED, Idea.State.MERGED],
                settled_at__lt=Now() - SETTLED_KEPT,
            )
        )
        forgotten = list(old.select_for_update())
        trail.record_all("idea.erased", forgotten, by=None)
        rows = Idea.objects.filter(pk__in=[idea.pk for idea in forgotten])
        return rows.update(
            title="", text="", email="", email_digest="", email_confirmed_at=None, erased_at=Now()
        )


def _in_public(title: LocalizedText, text: LocalizedText) -> dict[str, Any]:
    """What everybody reads instead of the sender's own words: title and text, or neither."""
    if bool(title) != bool(text):
        raise WordsMissing(
            "public-words-halved",
            _("Please write both a title and words for everybody, or neither of them."),
        )
    if not text:
        return {
            "public_title": LocalizedText(), "public_text": LocalizedText(), "released_at": None,
        }  # fmt: skip
    return {"public_title": title, "public_text": text, "released_at": Now()}


def _tell(idea: Idea) -> None:
    """Mail the answer to the confirmed address and forget the address."""
    if not idea.email or idea.email_confirmed_at is None:
        return
    answered = idea.merged_into or idea
    if answered.state != Idea.State.ANSWERED:
        return
    _mail("idea_answered", idea, answered=answered, vision=_public(answered.vision))
    Idea.objects.filter(pk=idea.pk).update(email="", email_confirmed_at=None)


def _public(vision: Vision | None) -> Vision | None:
    return vision if vision is not None and vision.adopted_in_id else None


def _mail(kind: str, idea: Idea, **context: object) -> None:
    outbox.queue(
        kind,
        key=f"{kind.replace('_', '-')}-{idea.pk}",
        to=idea.email,
        language=idea.language,
        subject=idea,
        context={"idea": idea, "signed": signed_handle(idea), **context},
        secret=True,
        hides_address=True,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
